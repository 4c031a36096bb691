import { civilOf, type Day } from '../model/calendar.ts';
import type { PackedCode } from '../model/problem-catalogue.ts';
import type { Problem } from '../model/problems.ts';
import type { Person } from '../model/types.ts';
import {
  ALERT,
  ALLERGY_CATEGORY,
  ALLERGY_STATUS,
  ALLERGY_VERIFICATION,
  CLINICAL_STATUS,
  CRITICALITY,
  NO_ALLERGY,
  PACKED_SYSTEM,
  REACTION,
  SEVERITY,
  VERIFICATION,
} from './codes-problems.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { codingIn, localConcept } from './local-codes.ts';
import { concept, known, labelled, listOf, plain, referenceTo, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { sensitivityLabels } from './sensitivity.ts';
import { stayRef } from './stays.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

function nativeOf({ number }: Problem): Native {
  return { table: 'PRBLST', key: [number] };
}

function civil(day: Day | undefined): string | undefined {
  return day === undefined ? undefined : civilOf(day);
}

/** What was entered in error has no clinical status. */
function clinicalStatus(
  { clinical, verification }: Problem,
  system: string,
  codes: Readonly<Record<string, string>>,
): TruthValue | undefined {
  const code = verification === 'E' ? undefined : codes[clinical ?? ''];
  return code === undefined ? undefined : concept([{ system, code }]);
}

function verificationStatus(
  { verification }: Problem,
  system: string,
  codes: Readonly<Record<string, string>>,
): TruthValue | undefined {
  return concept([{ system, code: codes[verification ?? ''] ?? '' }]);
}

/** The codes of a packed text in their order; labels without a meaning are left out. */
export function packedCodings(codes: readonly PackedCode[]): readonly TruthValue[] {
  return codes.flatMap((entry): readonly TruthValue[] => {
    const [label = '', code = ''] = entry.split(':');
    const system = PACKED_SYSTEM[label];
    return system === undefined ? [] : [{ system, code }];
  });
}

function conditionOf(problem: Problem, person: Person): TruthResource {
  return labelled(
    sensitivityLabels(problem.sensitivity),
    usCore(nativeOf(problem), 'Condition', 'us-core-condition-problems-health-concerns', {
      clinicalStatus: clinicalStatus(problem, SYSTEMS.conditionClinical, CLINICAL_STATUS),
      verificationStatus: verificationStatus(problem, SYSTEMS.conditionVerification, VERIFICATION),
      category: [
        concept([{ system: SYSTEMS.conditionCategory, code: 'problem-list-item', display: 'Problem List Item' }]) ?? '',
      ],
      code: concept(packedCodings(problem.codes), problem.text ?? undefined),
      subject: referenceTo('Patient', registrationOf({ key: problem.patient })),
      encounter: stayRef(problem.stay, person),
      onsetDateTime: civil(problem.onset),
      abatementDateTime: civil(problem.abated),
      recordedDate: civil(problem.recorded),
      recorder: referenceTo('Practitioner', providerRef(problem.recorder)),
    }),
  );
}

function reactionOf({ reaction, severity }: Problem): TruthValue | undefined {
  const snomed = { system: SYSTEMS.snomed, meanings: REACTION };
  const manifestation = localConcept(reaction, SYSTEMS.localReaction, snomed);
  if (manifestation === undefined) return undefined;
  return known({ manifestation: [manifestation], severity: SEVERITY[severity ?? ''] });
}

function allergyOf(problem: Problem, person: Person): TruthResource {
  const noneKnown = problem.kind === 'NK';
  const category = noneKnown ? undefined : ALLERGY_CATEGORY[problem.category ?? ''];
  const resource = usCore(nativeOf(problem), 'AllergyIntolerance', 'us-core-allergyintolerance', {
    clinicalStatus: clinicalStatus(problem, SYSTEMS.allergyClinical, ALLERGY_STATUS),
    verificationStatus: verificationStatus(problem, SYSTEMS.allergyVerification, ALLERGY_VERIFICATION),
    category: listOf(category),
    criticality: CRITICALITY[problem.criticality ?? ''],
    code: noneKnown
      ? concept([codingIn(SYSTEMS.snomed, NO_ALLERGY, problem.category ?? '')])
      : concept(packedCodings(problem.codes), problem.text ?? undefined),
    patient: referenceTo('Patient', registrationOf({ key: problem.patient })),
    encounter: stayRef(problem.stay, person),
    recordedDate: civil(problem.recorded),
    recorder: referenceTo('Practitioner', providerRef(problem.recorder)),
    reaction: listOf(reactionOf(problem)),
  });
  return labelled(sensitivityLabels(problem.sensitivity), resource);
}

function flagOf(problem: Problem, person: Person): TruthResource {
  const status = problem.verification === 'E' ? 'entered-in-error' : problem.clinical === 'A' ? 'active' : 'inactive';
  const start = civil(problem.onset);
  const end = civil(problem.abated);
  return labelled(
    sensitivityLabels(problem.sensitivity),
    plain(nativeOf(problem), 'Flag', {
      status,
      category: [concept([{ system: SYSTEMS.flagCategory, code: 'safety', display: 'Safety' }]) ?? ''],
      code:
        concept(
          [
            codingIn(SYSTEMS.snomed, ALERT, problem.alert),
            problem.alert === null ? undefined : { system: SYSTEMS.localAlert, code: problem.alert },
          ],
          problem.text ?? undefined,
        ) ?? '',
      subject: referenceTo('Patient', registrationOf({ key: problem.patient })),
      period: start === undefined && end === undefined ? undefined : known({ start, end }),
      encounter: stayRef(problem.stay, person),
      author: referenceTo('Practitioner', providerRef(problem.recorder)),
    }),
  );
}

const RESOURCE_OF = { PR: conditionOf, AL: allergyOf, NK: allergyOf, AT: flagOf } as const;

/** The problem that is on the list, or nothing. */
export function problemRef(number: string | null, { problems }: Person): ReturnType<typeof referenceTo> {
  const found = problems.find((one) => one.number === number && one.kind === 'PR' && one.voided === undefined);
  return referenceTo('Condition', found && nativeOf(found));
}

export function problemRows(person: Person): readonly TruthRow[] {
  return person.problems.map((problem) => {
    const { kind } = problem;
    return {
      native: nativeOf(problem),
      about: { registration: problem.patient },
      damage: problem.damage,
      hidden: problem.voided !== undefined ? 'deleted' : kind === 'RM' ? 'of-another-kind' : undefined,
      resource: () => RESOURCE_OF[kind === 'RM' ? 'PR' : kind](problem, person),
    };
  });
}
