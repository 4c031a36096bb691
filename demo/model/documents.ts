import { minutesAfter } from './admissions.ts';
import type { Day } from './calendar.ts';
import { damagedDocumentsOf } from './damaged-documents.ts';
import {
  CONSULT,
  consultText,
  dischargeText,
  echoText,
  EKG,
  IMAGING,
  linesOf,
  MEMO,
  type DocumentText,
} from './document-texts.ts';
import { documentNumber, documentSerial } from './keys.ts';
import { oncologyOf, type OncologyEvent } from './oncology.ts';
import { keyOn } from './key-on.ts';
import type { DamageKind } from './damage-kinds.ts';
import { pdfOf } from './pdf.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import { consultsOf, type Consult } from './referrals.ts';
import { MISSING_DEPARTMENT, MISSING_PROVIDER, providerNumber } from './staff.ts';
import { staysOf, type Stay } from './stays.ts';
import type { Traits } from './traits.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { lastDayOf, visitsOf, within, type Span, type Visit } from './visits.ts';

/** A row of DOCHDR with its lines: one version of a report or note. */
export interface Document {
  readonly number: string;
  /** The same for all versions. */
  readonly accession: string;
  readonly version: number;
  readonly patient: PatientKey;
  readonly stay: string | null;
  /** `NOT` is a note, everything else a department's report. */
  readonly section: string;
  readonly exam: string;
  readonly text: DocumentText;
  readonly status: string;
  /** The day under which catch-up adds the row. */
  readonly day: Day;
  /** As written; absent in one of three ways, which `unknownAs` says. */
  readonly performed: LocalTime | undefined;
  readonly unknownAs: string | null;
  readonly signed: LocalTime | undefined;
  readonly author: string | null;
  readonly signer: string | null;
  readonly department: string | null;
  readonly lines: readonly (string | null)[];
  /** There is a PDF of it. */
  readonly isPrinted: boolean;
  /** A later version of it is there. */
  readonly superseded: boolean;
  readonly damage?: DamageKind;
}

/** What one document is about, before its rows are drawn. */
interface Draft {
  /** Counts the person's documents; part of the keys. */
  readonly index: number;
  readonly day: Day;
  readonly seconds: number;
  readonly patient: PatientKey;
  readonly stay: string | null;
  readonly section: string;
  readonly exam: string;
  readonly text: DocumentText;
  readonly departments: readonly (string | null)[];
}

const ECHOES = 2_500;
/** The first of the documents of a cancer: the number of the event is added. */
export const ONCOLOGY = 5_000;
const DISCHARGES = 6_000;
const CONSULTS = 7_000;
/** Departments that print their reports. */
const PRINTED = ['RAD', 'PAT', 'GEN'];
/** Notes that are printed to go with the patient. */
const PRINTED_NOTES = ['DSUM'];
/** Reports that a treatment rests on: they may be corrected, but stand. */
const STANDING = ['PAT', 'GEN'];
const UNKNOWN_TIMES = [null, '', '000000000000'];
const DEPARTMENTS: Readonly<Record<string, readonly (string | null)[]>> = {
  RAD: ['MGMED', 'MGMED', null],
  CAR: ['MGMED', MISSING_DEPARTMENT],
  PAT: ['MGCHEM'],
  GEN: ['MGSEND'],
};

/** Reports and notes of the wanted days. They hang on visits, stays and the course of a cancer, so that a later end only adds. */
export function documentsOf(traits: Traits, span: Span): readonly Document[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const drafts = [
    ...visitDrafts(traits, span),
    ...oncologyDrafts(traits, span),
    ...dischargeDrafts(traits, span),
    ...consultDrafts(traits, span),
  ];
  const damaged = damagedDocumentsOf(traits).filter(({ day }) => within(span, day));
  return [...drafts.flatMap((draft) => versionsOf(traits, draft)), ...damaged];
}

function* visitDrafts(traits: Traits, span: Span): Generator<Draft> {
  for (const visit of visitsOf(traits, span)) {
    const random = randomOf(traits.seed, STREAMS.documents, traits.person, visit.index);
    if (random.chance(0.09)) {
      const [exam, text] = random.pick(IMAGING);
      yield draft(traits, visit, { section: 'RAD', exam, text }, random);
    }
    if (traits.course === 'chronic' && visit.index % 5 === 2)
      yield draft(traits, { ...visit, index: ECHOES + visit.index }, heartOf(random), random);
  }
}

function heartOf(random: Random): Pick<Draft, 'section' | 'exam' | 'text'> {
  const draw = random.next();
  if (draw < 0.65) return { section: 'CAR', exam: 'ECHO', text: echoText(random) };
  if (draw < 0.85) return { section: 'CAR', exam: 'EKG', text: EKG };
  return draw < 0.95 ? { section: 'NOT', exam: 'CONS', text: CONSULT } : { section: 'NOT', exam: 'MEMO', text: MEMO };
}

function* oncologyDrafts(traits: Traits, span: Span): Generator<Draft> {
  for (const event of oncologyOf(traits, lastDayOf(traits, span))) {
    if (!within(span, event.day)) continue;
    const index = ONCOLOGY + event.index;
    yield draft(traits, { ...event, index }, event, randomOf(traits.seed, STREAMS.documents, traits.person, index));
  }
}

function examinedAt(random: Random): number {
  return 60 * random.int(8 * 60, 15 * 60);
}

/** When a scan is made, and the accession of its report: radiology's own study of it has the same. */
export function scanOf({ seed, person }: Traits, event: OncologyEvent): { accession: string; seconds: number } {
  const index = ONCOLOGY + event.index;
  const seconds = examinedAt(randomOf(seed, STREAMS.documents, person, index));
  return { accession: accessionOf(documentSerial(person, index)), seconds };
}

function accessionOf(serial: number): string {
  return `D${String(serial)}`;
}

function draft(
  traits: Traits,
  { index, day }: Pick<Visit, 'index' | 'day'>,
  { section, exam, text }: Pick<Draft, 'section' | 'exam' | 'text'>,
  random: Random,
): Draft {
  const departments = DEPARTMENTS[section] ?? [null];
  const seconds = examinedAt(random);
  return { index, day, seconds, patient: keyOn(traits, day), stay: null, section, exam, text, departments };
}

function* dischargeDrafts(traits: Traits, span: Span): Generator<Draft> {
  for (const stay of staysOf(traits, span)) {
    const { discharge } = stay;
    if (discharge === undefined || stay.classCode !== 'I' || stay.damage !== undefined) continue;
    yield dischargeDraft(stay, discharge.at);
  }
}

function dischargeDraft(stay: Stay, { day, seconds }: LocalTime): Draft {
  return {
    index: DISCHARGES + (Number(stay.number) % 1000),
    ...{ day, seconds: seconds - (seconds % 60), patient: stay.patient, stay: stay.number },
    ...{
      section: 'NOT',
      exam: 'DSUM',
      text: dischargeText(stay.reason, day - stay.arrived.day, stay.discharge?.disposition === 'EXP'),
    },
    departments: [stay.department],
  };
}

/** An answered consult of the ward has its note, written before the patient leaves. */
function* consultDrafts(traits: Traits, span: Span): Generator<Draft> {
  const last = lastDayOf(traits, span);
  for (const consult of consultsOf(traits, last)) {
    const { stay, referral } = consult;
    const answered = referral.events.find(({ code }) => code === 'AN')?.day;
    if (answered === undefined || referral.removal !== null) continue;
    if (answered > last || !within(span, answered)) continue;
    const index = CONSULTS + (Number(stay.number) % 1000);
    const random = randomOf(traits.seed, STREAMS.documents, traits.person, index);
    yield {
      ...{ index, day: answered, seconds: seenAt(consult, answered, random), patient: stay.patient },
      ...{ stay: stay.number, section: 'NOT', exam: 'CONS', text: consultText(referral.reason, random) },
      departments: [referral.department],
    };
  }
}

/** To the minute, while the patient is there. */
function seenAt({ stay: { arrived }, left }: Consult, day: Day, random: Random): number {
  const earliest = day === arrived.day ? Math.ceil(arrived.seconds / 60) : 8 * 60;
  const latest = day === left.day ? Math.floor(left.seconds / 60) : 18 * 60;
  return 60 * random.int(earliest, Math.max(earliest, latest));
}

function isPrinted({ seed, person }: Traits, index: number): boolean {
  return randomOf(seed, STREAMS.documents, person, index, 2).chance(0.6);
}

/** The PDF: title, number and text. */
export function printOf({ text, accession, version, lines }: Document): Buffer {
  return pdfOf([text.title ?? 'Report', `${accession} / ${String(version)}`, '', ...lines.map((line) => line ?? '')]);
}

/** A document, and in some cases the correction that replaced it on the same day, or took it back. */
function versionsOf(traits: Traits, { index, day, seconds, text, departments, ...rest }: Draft): readonly Document[] {
  const random = randomOf(traits.seed, STREAMS.documents, traits.person, index, 1);
  const serial = documentSerial(traits.person, index);
  const isCorrected = random.chance(0.08);
  const isPreliminary = !isCorrected && random.chance(0.05);
  const stands = STANDING.includes(rest.section);
  const author = random.chance(0.05)
    ? MISSING_PROVIDER
    : random.chance(0.05)
      ? null
      : providerNumber(random.int(0, 59));
  const first: Document = {
    ...rest,
    ...{ number: documentNumber(serial, 1), accession: accessionOf(serial), version: 1, text, day },
    status: isPreliminary ? 'P' : random.chance(0.03) && !stands ? 'E' : 'F',
    performed: random.chance(0.03) ? undefined : { day, seconds },
    unknownAs: random.pick(UNKNOWN_TIMES),
    signed: isPreliminary ? undefined : minutesAfter({ day, seconds }, random.int(10, 200)),
    author,
    signer: isPreliminary ? null : random.chance(0.6) ? author : providerNumber(random.int(0, 59)),
    department: random.pick(departments),
    lines: linesOf(text.paragraphs).map((line) => (line === '' ? random.pick([null, '', '  ']) : line)),
    isPrinted:
      (PRINTED.includes(rest.section) || PRINTED_NOTES.includes(rest.exam)) &&
      !isPreliminary &&
      isPrinted(traits, index),
    superseded: isCorrected,
  };
  if (!isCorrected) return [first];
  const second: Document = {
    ...first,
    ...{ number: documentNumber(serial, 2), version: 2, superseded: false },
    status: random.pick(['C', 'C', 'A', stands ? 'A' : 'X']),
    signed: minutesAfter({ day, seconds }, 270),
    lines: [...first.lines, null, 'ADDENDUM: Corrected after review.   '],
  };
  return [first, second];
}
