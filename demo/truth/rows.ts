import { radiologyRows } from './radiology.ts';
import { answerRows } from './answers.ts';
import { consentRows } from './consents.ts';
import { documentRows } from './documents.ts';
import type { DamageKind } from '../model/damage-kinds.ts';
import type { PatientKey, Person } from '../model/types.ts';
import { administrationRows } from './administrations.ts';
import { affiliationRows } from './affiliations.ts';
import { labReportRows } from './lab-reports.ts';
import { homeLineRows } from './home-lists.ts';
import { medicationOrderRows } from './medications.ts';
import { problemRows } from './problems.ts';
import { treatmentRows } from './treatments.ts';
import { carePlanRows } from './care-plans.ts';
import { careTeamRows } from './care-teams.ts';
import { implantRows } from './implants.ts';
import { specimenRows } from './specimens.ts';
import { referralRows } from './referrals.ts';
import { stayRows } from './stays.ts';
import { studyRows } from './studies.ts';
import { vitalsRows } from './vitals.ts';
import type { Native, TruthAbsence, TruthResource } from './types.ts';

/** A row about somebody: damaged, hidden, or a resource of the person, where there is one who may be shown. */
export interface TruthRow {
  readonly native: Native;
  /** The registration, the customer or the patient of radiology that the row names. */
  readonly about:
    { readonly registration: PatientKey } | { readonly customer: string } | { readonly radiology: string };
  readonly damage?: DamageKind | undefined;
  readonly hidden?: TruthAbsence['reason'] | undefined;
  readonly resource: () => TruthResource;
}

/** The rows of each table that is served whole, for one member of the population. */
export const TRUTH_ROWS: readonly ((person: Person) => readonly TruthRow[])[] = [
  ...[stayRows, problemRows, treatmentRows, affiliationRows, consentRows, vitalsRows, answerRows, radiologyRows],
  labReportRows,
  referralRows,
  medicationOrderRows,
  documentRows,
  administrationRows,
  ...[careTeamRows, carePlanRows, implantRows, specimenRows, studyRows],
  homeLineRows,
];
