import type { Address, CodeableConcept, ContactPoint, HumanName, Identifier, Patient } from '@medplum/fhirtypes';
import {
  componentText,
  fieldText,
  isDeleted,
  type Hl7Repetition,
  type Hl7Segment,
  type FeedReading,
  jsonOf,
  type Assertion,
  type ThingKey,
} from '../../contracts/index.ts';
import { addressOf } from './datatypes/address.ts';
import { conceptOf } from './datatypes/concept.ts';
import { contactPointOf } from './datatypes/contact-point.ts';
import { dateOf, dateTimeOf, parseDtm } from './datatypes/dtm.ts';
import { humanNameOf } from './datatypes/human-name.ts';
import { identifierOf, typed } from './datatypes/identifier.ts';
import { languageOf } from './datatypes/language.ts';
import { GENDERS } from './datatypes/tables.ts';

const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

/** What PID-3 (and PID-2, PID-4 before version 2.3.1) says that the patient is called by. */
export function identifiersOf(pid: Hl7Segment, context: FeedReading): readonly Identifier[] {
  return [3, 2, 4].flatMap((field) => pid.field(field).flatMap((cx) => identifierOf(cx, context) ?? []));
}

/**
 * Which patient is meant: by the system that the feed names, else by the identifier that says that it is a medical record number, else by the first. Undefined:
 * none has a system, and a number alone may be anybody's.
 */
export function patientKeyOf(identifiers: readonly Identifier[], { patientSystem }: FeedReading): ThingKey | undefined {
  const known = identifiers.filter(({ system }) => system !== undefined);
  const isRecord = ({ type }: Identifier): boolean => type?.coding?.[0]?.code === 'MR';
  const chosen = known.find(({ system }) => system === patientSystem) ?? known.find(isRecord) ?? known[0];
  if (chosen?.system === undefined || chosen.value === undefined) return undefined;
  return { type: 'Patient', system: chosen.system, value: chosen.value };
}

/** What a PID says, part by part. */
interface PidParts {
  readonly name: readonly HumanName[];
  readonly birth: { readonly date: string; readonly time?: string };
  readonly gender: NonNullable<Patient['gender']>;
  readonly alias: readonly HumanName[];
  readonly address: readonly Address[];
  readonly homePhone: readonly ContactPoint[];
  readonly workPhone: readonly ContactPoint[];
  readonly language: CodeableConcept;
  readonly maritalStatus: CodeableConcept;
  readonly socialSecurity: string;
}

/** The parts of a patient. */
export interface PatientParts extends PidParts {
  /** When, where it is said; else whether. */
  readonly deceased: string | boolean;
  readonly identifier: readonly Identifier[];
  readonly mergedInto: ThingKey;
}

/** The field of a part, and how it becomes the part's value; undefined: what it holds cannot be used, and is left out. */
type Readers = {
  readonly [P in keyof PidParts]: readonly [number, (field: readonly Hl7Repetition[]) => PidParts[P] | undefined];
};

/**
 * What a PID says of its patient. A field that is not sent says nothing; `""` says that there is none.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-segment-pid-to-patient.html
 */
export function patientAssertions(pid: Hl7Segment, key: ThingKey, context: FeedReading): readonly Assertion[] {
  const said = Object.entries(readersOf(context)).flatMap(([part, [number, read]]): Assertion[] => {
    const field = pid.field(number);
    if (field.length === 0) return [];
    const value = isDeleted(field) ? null : read(field);
    return value === undefined || value === '' ? [] : [{ key, part, value: jsonOf(value) }];
  });
  const deceased = deceasedOf(pid, context);
  return [
    { key, part: 'identifier', value: jsonOf(identifiersOf(pid, context)) },
    ...said,
    ...(deceased === undefined ? [] : [{ key, part: 'deceased', value: deceased }]),
  ];
}

function readersOf(context: FeedReading): Readers {
  const { timeZone } = context;
  const phones = (use: ContactPoint['use']) => each((xtn) => contactPointOf(xtn, use));
  return {
    name: [5, each((xpn) => humanNameOf(xpn, timeZone))],
    birth: [7, first((ts) => birthOf(textOf(ts), timeZone))],
    gender: [8, first((code) => genderOf(textOf(code)))],
    alias: [9, each((xpn) => aliasOf(xpn, timeZone))],
    address: [11, each((xad) => addressOf(xad, timeZone))],
    homePhone: [13, phones('home')],
    workPhone: [14, phones('work')],
    language: [15, first(languageOf)],
    maritalStatus: [16, first((cwe) => conceptOf(cwe, context, '0002'))],
    socialSecurity: [19, first(textOf)],
  };
}

/** Table 0136. */
const YES_NO: Readonly<Record<string, boolean>> = { Y: true, N: false };

/** PID-29 and PID-30 together: of whom it is said that they live, no time holds that was said before. Null: it is deleted. */
function deceasedOf(pid: Hl7Segment, { timeZone }: FeedReading): string | boolean | null | undefined {
  const is = YES_NO[fieldText(pid, 30).trim().toUpperCase()];
  const at = dateTimeOf(fieldText(pid, 29), timeZone);
  if (is === false) return false;
  return at ?? is ?? (isDeleted(pid.field(29)) || isDeleted(pid.field(30)) ? null : undefined);
}

function first<T>(read: (repetition: Hl7Repetition) => T | undefined) {
  return (field: readonly Hl7Repetition[]): T | undefined => field[0] && read(field[0]);
}

function each<T>(read: (repetition: Hl7Repetition) => T | undefined) {
  return (field: readonly Hl7Repetition[]): readonly T[] | undefined => {
    const values = field.map(read).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values;
  };
}

function textOf(repetition: Hl7Repetition): string {
  return componentText(repetition, 1).trim();
}

function birthOf(text: string, timeZone: string): PidParts['birth'] | undefined {
  const date = dateOf(text);
  if (date === undefined) return undefined;
  const time = parseDtm(text)?.civil.includes('T') === true ? dateTimeOf(text, timeZone) : undefined;
  return { date, ...(time === undefined ? {} : { time }) };
}

/** A code that the table does not have is no gender: it is known that one was told, and not which. */
function genderOf(code: string): PidParts['gender'] | undefined {
  return code === '' ? undefined : (GENDERS[code.toUpperCase()] ?? 'unknown');
}

function aliasOf(xpn: Hl7Repetition, timeZone: string): HumanName | undefined {
  const name = humanNameOf(xpn, timeZone);
  return name === undefined ? undefined : { use: 'nickname', ...name };
}

/** What a patient's parts are as a Patient. */
export function renderPatient(parts: Partial<PatientParts>, links: Pick<Patient, 'active' | 'link'>): Patient {
  const { birth, socialSecurity, gender, address, language, maritalStatus, deceased } = parts;
  // A message does not say of which country a social security number is.
  const ssn = socialSecurity === undefined ? [] : [typed({ value: socialSecurity }, 'SS')];
  const identifier = [...(parts.identifier ?? []), ...ssn];
  const name = [...(parts.name ?? []), ...(parts.alias ?? [])];
  const telecom = [...(parts.homePhone ?? []), ...(parts.workPhone ?? [])];
  return {
    resourceType: 'Patient',
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(links.active === undefined ? {} : { active: links.active }),
    ...(name.length === 0 ? {} : { name }),
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(gender === undefined ? {} : { gender }),
    ...(birth === undefined ? {} : { birthDate: birth.date }),
    ...(birth?.time === undefined
      ? {}
      : { _birthDate: { extension: [{ url: BIRTH_TIME, valueDateTime: birth.time }] } }),
    ...(typeof deceased === 'string' ? { deceasedDateTime: deceased } : {}),
    ...(typeof deceased === 'boolean' ? { deceasedBoolean: deceased } : {}),
    ...(address === undefined ? {} : { address: [...address] }),
    ...(maritalStatus === undefined ? {} : { maritalStatus }),
    ...(language === undefined ? {} : { communication: [{ language }] }),
    ...(links.link === undefined ? {} : { link: links.link }),
  };
}

/** Which patient a segment that names one in a CX means, such as MRG-1. */
export function keyOfField(segment: Hl7Segment, field: number, context: FeedReading): ThingKey | undefined {
  return patientKeyOf(
    segment.field(field).flatMap((cx) => identifierOf(cx, context) ?? []),
    context,
  );
}
