import { civilOf, type Day } from './calendar.ts';
import type { DocumentText } from './document-texts.ts';
import { hasLungCancer, type Traits } from './traits.ts';

/** What happens to a person with lung cancer; the first scan and the biopsy come before treatment. */
export interface OncologyEvent {
  /** Counts the person's events; part of the keys. */
  readonly index: number;
  readonly day: Day;
  readonly section: 'RAD' | 'PAT' | 'GEN';
  readonly exam: string;
  readonly text: DocumentText;
}

const SHORTEST_COURSE = 60;
const SCAN_GAP_DAYS = 84;
const SCANS_MAX = 60;
const VISITORS = ['pharmacy-only', 'customer-inactive', 'deleted', 'link-to-deleted'];

/** The day of the diagnosis, of one person in 25; undefined: no cancer. */
export function diagnosedOn({ person, anchor, died, quirk, story }: Traits): Day | undefined {
  if (!hasLungCancer(person) || story !== undefined || VISITORS.includes(quirk ?? '')) return undefined;
  const day = anchor - 500 - (person % 80);
  return died !== undefined && died < day + SHORTEST_COURSE ? undefined : day;
}

/** The tumour's longest diameter in mm, so many scans after the first one: it shrinks for four scans, and then grows again. */
function diameterAfter(person: number, scans: number): number {
  const first = 48 + (person % 30);
  const smallest = first * 0.72 ** Math.min(scans, 4);
  return smallest * 1.13 ** Math.max(0, scans - 4);
}

function diameterOf(person: number, scan: number): number {
  return Math.round(diameterAfter(person, scan));
}

/** The tumour's longest diameter in mm on a day, between two scans too; undefined: no cancer is known yet. */
export function tumourOn(traits: Traits, day: Day): number | undefined {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined || day < diagnosed) return undefined;
  return diameterAfter(traits.person, Math.max(0, day - firstScan(diagnosed)) / SCAN_GAP_DAYS);
}

/** The last scan up to a day, by its number; undefined: none yet, or no cancer. */
export function scanBefore(
  traits: Traits,
  day: Day,
): { readonly index: number; readonly daysSince: number } | undefined {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined || day < firstScan(diagnosed)) return undefined;
  const days = day - firstScan(diagnosed);
  return { index: Math.floor(days / SCAN_GAP_DAYS), daysSince: days % SCAN_GAP_DAYS };
}

/** The day of the first scan of a person whose cancer was diagnosed on a day. */
export function firstScan(diagnosed: Day): Day {
  return diagnosed + 1;
}

/** Scans, the biopsy's pathology and its genomics up to a day. A later day only adds scans. */
export function* oncologyOf(traits: Traits, through: Day): Generator<OncologyEvent> {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined) return;
  yield { index: 0, day: diagnosed + 3, section: 'PAT', exam: 'PATH', text: PATHOLOGY };
  yield { index: 1, day: diagnosed + 24, section: 'GEN', exam: 'NGS', text: GENOMICS };
  for (let scan = 0; scan < SCANS_MAX; scan += 1) {
    const day = firstScan(diagnosed) + SCAN_GAP_DAYS * scan;
    if (day > through) return;
    yield { index: 2 + scan, day, section: 'RAD', exam: 'CTCAP', text: scanText(traits.person, scan, day) };
  }
}

function scanText(person: number, scan: number, day: Day): DocumentText {
  const now = String(diameterOf(person, scan));
  const title = 'CT chest, abdomen and pelvis with contrast';
  if (scan === 0) {
    return {
      title,
      conclusion: `Mass of ${now} mm in the right upper lobe, suspicious for malignancy.`,
      paragraphs: [
        'HISTORY: Weight loss, cough.',
        'COMPARISON: None.',
        `FINDINGS: Mass in the right upper lobe, longest diameter ${now} mm. Enlarged lymph nodes at the right hilum. Liver and adrenals are unremarkable.`,
      ],
    };
  }
  const before = String(diameterOf(person, scan - 1));
  return {
    title,
    conclusion: `Mass in the right upper lobe ${now} mm, previously ${before} mm. No new lesion.`,
    paragraphs: [
      'HISTORY: Adenocarcinoma of the right lung under treatment.',
      `COMPARISON: ${civilOf(day - SCAN_GAP_DAYS)}.`,
      `FINDINGS: Mass in the right upper lobe, longest diameter ${now} mm, previously ${before} mm. Lymph nodes at the right hilum are unchanged. No new lesion in the chest, abdomen or pelvis.`,
    ],
  };
}

const PATHOLOGY: DocumentText = {
  title: 'Surgical pathology',
  conclusion: 'Adenocarcinoma of the lung.',
  paragraphs: [
    'SPECIMEN: Right upper lobe, core needle biopsy.',
    'GROSS: Three cores of tan tissue, up to 14 mm long.',
    'MICROSCOPY: Infiltrating glands with nuclear atypia. TTF-1 positive, p40 negative. PD-L1 tumour proportion score 60 %.',
    'DIAGNOSIS: Adenocarcinoma of the lung.',
  ],
};

const GENOMICS: DocumentText = {
  title: 'Next-generation sequencing, 52 genes',
  conclusion: 'EGFR p.(Leu858Arg), pathogenic. No other variant of significance.',
  paragraphs: [
    'SPECIMEN: Right upper lobe, core needle biopsy; tumour content 40 %.',
    'EGFR NM_005228.5:c.2573T>G p.(Leu858Arg), variant allele fraction 31 %, pathogenic.',
    'ALK, ROS1, RET, MET, KRAS, BRAF: no variant found.',
  ],
};
