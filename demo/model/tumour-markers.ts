import type { Day } from './calendar.ts';
import { PANELS, type Panel } from './lab-catalogue.ts';
import { diagnosedOn, firstScan, tumourOn } from './oncology.ts';
import type { Traits } from './traits.ts';
import { lastDayOf, within, type Span, type Visit } from './visits.ts';

const FIRST_VISIT = 1000;
const VISITS_MAX = 150;
const GAP_DAYS = 42;

/** What a marker reads without a tumour, and what each millimetre of one adds. */
const LEVELS: ReadonlyMap<string, readonly [base: number, perMillimetre: number]> = new Map([
  ['CEA', [1.4, 0.52]],
  // The other method reads the same blood higher, so that values of both make no trend.
  ['CEAI', [1.9, 0.71]],
  ['NSE', [9, 0.24]],
]);

/** The visits of a person with cancer at which blood is drawn for markers, beginning with the first scan. */
export function* markerVisitsOf(traits: Traits, span: Span): Generator<Visit> {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined) return;
  const last = lastDayOf(traits, span);
  for (let visit = 0; visit < VISITS_MAX; visit += 1) {
    const day = firstScan(diagnosed) + GAP_DAYS * visit;
    if (day > last) return;
    if (within(span, day)) yield { index: FIRST_VISIT + visit, day, kind: 'ordinary' };
  }
}

/** Every fourth sample goes to the reference laboratory, which measures by another method and in another unit. */
export function markerPanelOf({ index }: Visit): { readonly panel: Panel; readonly foreign: boolean } {
  const foreign = index % 4 === 3;
  return { panel: foreign ? PANELS.markersElsewhere : PANELS.markers, foreign };
}

/** What a marker reads around on a day; undefined: not one of them, or no cancer. */
export function markerLevel(traits: Traits, day: Day, code: string): number | undefined {
  const level = LEVELS.get(code);
  const diameter = level === undefined ? undefined : tumourOn(traits, day);
  if (level === undefined || diameter === undefined) return undefined;
  const [base, perMillimetre] = level;
  return base + perMillimetre * diameter;
}
