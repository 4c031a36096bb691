import type { Answer } from './answers.ts';
import type { Insurance, Relative } from './affiliations.ts';
import type { Consent } from './consents.ts';
import type { Document } from './documents.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Day, WallSeconds } from './calendar.ts';
import type { HomeList } from './home-lists.ts';
import type { MedicationOrder } from './medication-orders.ts';
import type { Problem } from './problems.ts';
import type { CarePlan } from './care-plans.ts';
import type { Implant } from './implants.ts';
import type { CareTeam } from './care-teams.ts';
import type { Referral } from './referrals.ts';
import type { RosterEntry } from './rosters.ts';
import type { Specimen } from './specimens.ts';
import type { Stay } from './stays.ts';
import type { RadiologyStudy } from './studies.ts';
import type { Treatment, Vaccination } from './treatments.ts';
import type { VitalSigns } from './vitals.ts';

/** What the hospital and the pharmacy know of one human being. A pure function of (seed, number, anchor); later days only add orders and dispenses. */
export interface Person {
  readonly number: number;
  /** The sentence for the landing page, if this is one of the three patients with a story. */
  readonly story?: string;
  /** Registrations in the EHR; the first is the current one. Empty for people whom only the pharmacy knows. */
  readonly records: readonly PatientRecord[];
  readonly orders: readonly LabOrder[];
  readonly stays: readonly Stay[];
  readonly vitals: readonly VitalSigns[];
  readonly problems: readonly Problem[];
  readonly answers: readonly Answer[];
  readonly vaccinations: readonly Vaccination[];
  readonly treatments: readonly Treatment[];
  readonly medicationOrders: readonly MedicationOrder[];
  readonly homeLists: readonly HomeList[];
  readonly relatives: readonly Relative[];
  readonly insurances: readonly Insurance[];
  readonly consents: readonly Consent[];
  readonly referrals: readonly Referral[];
  readonly rosterEntries: readonly RosterEntry[];
  readonly documents: readonly Document[];
  readonly careTeams: readonly CareTeam[];
  readonly carePlans: readonly CarePlan[];
  readonly implants: readonly Implant[];
  readonly specimens: readonly Specimen[];
  readonly customers: readonly Customer[];
  readonly dispenses: readonly Dispense[];
  /** What radiology's last extract says of the person; absent: nothing. */
  readonly radiology?: RadiologyRecord;
}

export interface PatientKey {
  readonly facility: Facility;
  /** Ten digits, zero-padded; unique within the facility only. */
  readonly number: string;
}

export type Facility = 'MG' | 'MW';

export interface PersonName {
  readonly family: string;
  readonly given: readonly string[];
}

/** `value` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `unknown` says how the clerk wrote that it is not known. */
export type VagueDate = { readonly value: string } | { readonly unknown: 'zero' | 'nines' | 'null' };

export interface LocalTime {
  readonly day: Day;
  readonly seconds: WallSeconds;
}

export interface Address {
  readonly type: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly from?: Day;
  readonly to?: Day;
}

/** One registration. Coded fields hold the hospital's local codes; `truth/codes.ts` says what they mean. */
export interface PatientRecord {
  readonly key: PatientKey;
  readonly name: PersonName | undefined;
  readonly sexCode: string | null;
  readonly birth: VagueDate;
  readonly death: VagueDate;
  readonly maritalCode: string | null;
  readonly languageCode: string | null;
  readonly homePhone: string | null;
  readonly cellPhone: string | null;
  readonly email: string | null;
  /** A provider number; it may lead nowhere. */
  readonly primaryCare: string | null;
  readonly addresses: readonly Address[];
  readonly updatedAt: LocalTime | undefined;
  /** As stored: only `Y` means deleted. */
  readonly deleteFlag: 'Y' | 'N' | ' ' | null;
  readonly mergedInto?: PatientKey;
  readonly damage?: DamageKind;
}

export type LabValue =
  | { readonly is: 'number'; readonly number: string; readonly comparator?: '<' | '<=' | '>=' | '>' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'absent'; readonly written: string | null };

/** How a number was typed: the same number, another habit. */
export type NumberHabit = 'plain' | 'comma' | 'blank' | 'zero' | 'plus';

interface Measured {
  readonly testCode: string;
  readonly value: LabValue;
  readonly habit: NumberHabit;
  /** As stored, without trailing blanks; null or blank where none was sent. */
  readonly unit: string | null;
  /** A number, or a word such as `NEG`. */
  readonly low: string | null;
  readonly high: string | null;
  /** The number of a specimen; it may lead nowhere. */
  readonly specimen: string | null;
  readonly damage?: DamageKind;
}

/** A row of LABRSLT. */
export interface LabResult extends Measured {
  readonly sequence: string;
  readonly statusCode: string | null;
  readonly flag: string | null;
  /** Absent: the day is not known. */
  readonly day?: Day;
  /** Absent: only the day is known. */
  readonly seconds?: WallSeconds;
  readonly superseded: boolean;
  readonly corrects?: string;
  readonly department: string | null;
  readonly verifier: string | null;
  readonly loadedAt: LocalTime | undefined;
  /** Set where the row names another patient than its order (orphans). */
  readonly patient?: PatientKey;
}

/** A group of rows of LABEAV. */
export interface PointOfCareResult extends Measured {
  readonly sequence: number;
  readonly status: string | null;
  readonly at?: LocalTime;
  /** A device comment: a group without a TEST row, which is no result. */
  readonly comment?: string;
}

export interface LabOrder {
  readonly number: string;
  readonly patient: PatientKey;
  /** The day on which the order and its specimens were written. */
  readonly day: Day;
  /** The day on which the results were written, which may be a later one. */
  readonly resultsOn: Day;
  readonly orderedAt: WallSeconds;
  readonly collectedAt: WallSeconds | undefined;
  readonly provider: string | null;
  readonly department: string;
  readonly panelCode: string | null;
  readonly statusCode: string;
  readonly results: readonly LabResult[];
  readonly pointOfCare: readonly PointOfCareResult[];
  readonly specimens: readonly Specimen[];
  /** False: only the results are there. The order was written on an earlier day than those that are wanted, or it was lost (orphans). */
  readonly recorded: boolean;
  readonly damage?: DamageKind;
}

export interface CrossReference {
  readonly id: string;
  readonly facility: Facility;
  /** As typed at the counter. */
  readonly typed: string;
  /** Ten digits, by the pharmacy's nightly job; null where it could not read the typed number. */
  readonly normalised: string | null;
  readonly status: 'C' | 'P' | 'R';
}

export interface Customer {
  readonly number: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly birth: string | null;
  readonly gender: string | null;
  readonly phone: string | null;
  readonly postcode: string | null;
  readonly active: boolean;
  /** UTC */
  readonly createdAt: LocalTime;
  readonly references: readonly CrossReference[];
}

export interface Dispense {
  readonly id: string;
  readonly customer: string;
  readonly day: Day;
  readonly ndc: string | null;
  readonly rxnorm: string | null;
  readonly drug: string;
  /** Three decimals, as numeric(10,3) writes it. */
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly daysSupply: number | null;
  readonly statusCode: string;
  /** UTC seconds of `day`. */
  readonly preparedAt: WallSeconds | undefined;
  readonly handedOverAt: WallSeconds | undefined;
  readonly sig: string | null;
  readonly store: number;
  readonly prescriber: number | null;
  readonly voided: boolean;
  readonly damage?: DamageKind;
}

/** A line of radiology's file of patients, and the person's lines of its other files. */
export interface RadiologyRecord {
  /** The department's own number. */
  readonly number: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly birth: Day;
  readonly sexCode: 'M' | 'F' | 'U';
  /** As the wristband says; absent: nobody copied it. */
  readonly hospital?: PatientKey;
  /** The day before which the night of the extract lies. */
  readonly extract: Day;
  readonly appointments: readonly RadiologyAppointment[];
  readonly studies: readonly RadiologyStudy[];
}

export interface RadiologyAppointment {
  readonly id: string;
  readonly examCode: string;
  /** As stored at the time of the extract. */
  readonly statusCode: string;
  readonly day: Day;
  readonly seconds: WallSeconds;
  readonly minutes: number;
  readonly room: string;
  readonly remark: string | null;
  readonly bookedOn: Day;
  readonly damage?: DamageKind;
  /** The line says a day that the calendar lacks, so that no load takes it. */
  readonly isImpossible: boolean;
}
