import type { Encounter, Patient, PatientLink } from '@medplum/fhirtypes';
import { renderEncounter, type EncounterParts } from './encounter.ts';
import { renderPatient, type PatientParts } from './patient.ts';
import { keyText, type State, type Thing, type ThingKey } from './state.ts';

/** What a thing is as a resource. */
export interface Rendered {
  readonly key: ThingKey;
  readonly resource: Patient | Encounter;
}

/**
 * The resources of what is known, in the order of their keys. In: the reference (`Patient/…`) under which a thing is served, and the feed's zone. A reference to a patient who was merged
 * away is written with the one that stayed.
 */
export function renderState(
  state: State,
  referenceTo: (key: ThingKey) => string,
  timeZone: string,
): readonly Rendered[] {
  const things = [...state.values()].sort((left, right) => (keyText(left.key) < keyText(right.key) ? -1 : 1));
  const survivors = new Map(
    things.flatMap(({ key }) => (key.type === 'Patient' ? [[keyText(key), survivorOf(state, key)] as const] : [])),
  );
  const prior = Map.groupBy(
    things.filter(({ key }) => key.type === 'Patient' && survivors.get(keyText(key)) !== key),
    ({ key }) => keyText(survivors.get(keyText(key)) ?? key),
  );
  return things.map((thing): Rendered => {
    const { key } = thing;
    if (key.type === 'Encounter')
      return {
        key,
        resource: renderEncounter(
          partsOf<EncounterParts>(thing),
          (patient) => referenceTo(survivors.get(keyText(patient)) ?? patient),
          timeZone,
        ),
      };
    const survivor = survivors.get(keyText(key)) ?? key;
    return {
      key,
      resource: renderPatient(
        partsOf<PatientParts>(thing),
        linksOf(key, survivor, prior.get(keyText(key)) ?? [], referenceTo),
      ),
    };
  });
}

function linksOf(
  key: ThingKey,
  survivor: ThingKey,
  replaced: readonly Thing[],
  referenceTo: (key: ThingKey) => string,
): Pick<Patient, 'active' | 'link'> {
  if (survivor !== key) return { active: false, link: [linkTo(survivor, 'replaced-by', referenceTo)] };
  return replaced.length === 0 ? {} : { link: replaced.map((one) => linkTo(one.key, 'replaces', referenceTo)) };
}

function linkTo(key: ThingKey, type: PatientLink['type'], referenceTo: (key: ThingKey) => string): PatientLink {
  return { other: { reference: referenceTo(key) }, type };
}

/** The patient who stayed, over any number of merges. Of a ring, which is a contradiction, each is its own. */
function survivorOf(state: State, key: ThingKey): ThingKey {
  let current = key;
  const seen = new Set<string>();
  for (;;) {
    const name = keyText(current);
    if (seen.has(name)) return key;
    seen.add(name);
    const next = state.get(name)?.parts['mergedInto']?.value as ThingKey | null | undefined;
    if (next === null || next === undefined) return state.get(name)?.key ?? current;
    current = next;
  }
}

/** The parts that are known and not deleted, as the readers of their type wrote them. */
function partsOf<P>({ parts }: Thing): Partial<P> {
  const known = Object.entries(parts).filter(([, { value }]) => value !== null);
  return Object.fromEntries(known.map(([part, { value }]) => [part, value])) as Partial<P>;
}
