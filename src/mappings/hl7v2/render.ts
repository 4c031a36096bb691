import type { Patient, PatientLink, Resource } from '@medplum/fhirtypes';
import { keyText, type State, type Thing, type ThingKey } from '../../contracts/index.ts';
import { renderAppointment, type AppointmentParts } from './appointment.ts';
import { renderEncounter, type EncounterParts } from './encounter.ts';
import { renderMedicationOrder, type MedicationOrderParts } from './medication-order.ts';
import { renderPatient, type PatientParts } from './patient.ts';
import { renderObservation, renderReport, type ObservationParts, type ReportParts } from './render-results.ts';

/** What a thing is as a resource. */
export interface Rendered {
  readonly key: ThingKey;
  readonly resource: Resource;
}

/** What is known of one thing, as a resource: of a patient who was merged away, that it is, and into whom by that merge alone. */
export function renderThing(thing: Thing, referenceTo: (key: ThingKey) => string, timeZone: string): Resource {
  switch (thing.key.type) {
    case 'Appointment':
      return renderAppointment(partsOf<AppointmentParts>(thing), referenceTo);
    case 'Encounter':
      return renderEncounter(partsOf<EncounterParts>(thing), referenceTo, timeZone);
    case 'DiagnosticReport':
      return renderReport(partsOf<ReportParts>(thing), referenceTo);
    case 'MedicationRequest':
      return renderMedicationOrder(partsOf<MedicationOrderParts>(thing), referenceTo);
    case 'Observation':
      return renderObservation(partsOf<ObservationParts>(thing), referenceTo);
    default: {
      const parts = partsOf<PatientParts>(thing);
      return renderPatient(parts, linksOf(thing.key, parts.mergedInto ?? thing.key, [], referenceTo));
    }
  }
}

/**
 * The resources of what is known, in the order of their keys. In: the reference (`Patient/…`) under which a thing is served, and the feed's zone. A reference to a
 * patient who was merged away is written with the one that stayed.
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
  const survivorFor = (key: ThingKey): ThingKey => survivors.get(keyText(key)) ?? key;
  const isReplaced = ({ key }: Thing): boolean => key.type === 'Patient' && survivorFor(key) !== key;
  const replaced = Map.groupBy(things.filter(isReplaced), ({ key }) => keyText(survivorFor(key)));
  return things.map((thing): Rendered => {
    const { key } = thing;
    if (key.type !== 'Patient')
      return { key, resource: renderThing(thing, (other) => referenceTo(survivorFor(other)), timeZone) };
    const links = linksOf(key, survivorFor(key), replaced.get(keyText(key)) ?? [], referenceTo);
    return { key, resource: renderPatient(partsOf<PatientParts>(thing), links) };
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
