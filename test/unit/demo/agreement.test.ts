import { describe, expect, it } from '@jest/globals';
import { generatePopulation, truthsOf } from '../../../demo/index.ts';
import { dayOf } from '../../../demo/model/calendar.ts';
import type { Document } from '../../../demo/model/documents.ts';
import type { Stay } from '../../../demo/model/stays.ts';
import type { Person } from '../../../demo/model/types.ts';

const CHOICES = { seed: 1, patients: 400, anchorDate: '2026-11-01', throughDate: '2026-11-20' };
const population = generatePopulation(CHOICES);
const people = [...population.people()];
const resources = [...truthsOf(population)]
  .flatMap(({ persons }) => persons)
  .flatMap((person) => person.resources)
  .map(({ native, resource }) => ({ native, resource }));

interface Meta {
  readonly security?: readonly { readonly code: string }[];
}

function labelsOf(type: string, table: string, key: string): readonly string[] | undefined {
  const found = resources.find(
    ({ native, resource }) => resource.resourceType === type && native.table === table && native.key.join() === key,
  );
  return found && ((found.resource['meta'] as Meta | undefined)?.security ?? []).map(({ code }) => code);
}

/** The notes of stays, each with its stay and what its truths are labelled. */
const notes = people.flatMap((person) =>
  person.documents.flatMap((document): readonly (readonly [Document, Stay, Person])[] => {
    const stay = person.stays.find(({ number }) => number === document.stay);
    return stay === undefined || document.superseded || document.status === 'X' ? [] : [[document, stay, person]];
  }),
);

describe('who may see what tells the same', () => {
  it('labels the notes of a sensitive stay and their printed forms as the stay', () => {
    const sensitive = notes.filter(([, { sensitivity, deleted }]) => sensitivity === 'PSY' && !deleted);
    const labels = sensitive.flatMap(([{ number }]) => labelsOf('DocumentReference', 'DOCHDR', number) ?? []);
    expect(new Set(labels)).toEqual(new Set(['R', 'PSY']));
    const printed = sensitive.filter(([{ isPrinted }]) => isPrinted);
    const ofPrints = printed.flatMap(([{ number }]) => labelsOf('Binary', 'DOCPDF', number) ?? []);
    expect(new Set(ofPrints)).toEqual(new Set(['R', 'PSY']));
  });

  it('restricts the notes of a stay that is deleted, and no others', () => {
    const ofDeleted = notes.filter(([, { deleted }]) => deleted);
    const open = notes.filter(([, { deleted, sensitivity }]) => !deleted && sensitivity === null);
    const labels = (of: typeof notes): readonly (readonly string[])[] =>
      of.flatMap(([{ number }]) => [labelsOf('DocumentReference', 'DOCHDR', number) ?? []]);
    expect(ofDeleted.length).toBeGreaterThan(0);
    expect(labels(ofDeleted).filter((of) => of.join() !== 'R' && of.length > 0)).toEqual([]);
    expect(labels(ofDeleted).flat().length).toBeGreaterThan(0);
    expect(labels(open).flat()).toEqual([]);
  });

  it('labels the report of an order as the results that it names', () => {
    const labelsOfTests = (test: string): readonly string[] =>
      people
        .flatMap(({ orders }) => orders)
        .filter(({ results }) => results.length > 0 && results.every(({ testCode }) => testCode === test))
        .flatMap(({ number }) => labelsOf('DiagnosticReport', 'LABORD', number) ?? []);
    expect(new Set(labelsOfTests('HIVS'))).toEqual(new Set(['R', 'HIV']));
    expect(new Set(labelsOfTests('UOPI'))).toEqual(new Set(['R', 'SUD']));
    expect(new Set(labelsOfTests('ZXR1'))).toEqual(new Set(['R']));
    expect(labelsOfTests('TSH')).toEqual([]);
  });

  it('restricts what the catalogues do not know', () => {
    const unknown = people.flatMap(({ treatments }) => treatments.filter(({ code }) => code === 'ZXP9'));
    const labels = unknown.flatMap(({ number }) => [labelsOf('Procedure', 'PROCLOG', number) ?? ['R']]);
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.filter(([first]) => first !== 'R')).toEqual([]);
  });

  it('labels what was ordered, asked for, given and done in a stay of psychiatry as the stay', () => {
    const inPsychiatry = ({ stays }: Person, number: string | null): boolean =>
      stays.some((stay) => stay.number === number && stay.sensitivity === 'PSY' && !stay.deleted);
    const labels = people.flatMap((person) => [
      ...person.medicationOrders.flatMap((order) =>
        inPsychiatry(person, order.stay)
          ? [
              labelsOf('MedicationRequest', 'MEDORD', order.number),
              ...order.administrations.map(({ number }) => labelsOf('MedicationAdministration', 'MEDADM', number)),
            ]
          : [],
      ),
      ...person.treatments.flatMap(({ stay, number }) =>
        inPsychiatry(person, stay) ? [labelsOf('Procedure', 'PROCLOG', number)] : [],
      ),
      ...person.referrals.flatMap(({ stay, number }) =>
        inPsychiatry(person, stay) ? [labelsOf('ServiceRequest', 'REFREQ', number)] : [],
      ),
    ]);
    const written = labels.filter((one) => one !== undefined);
    expect(written.length).toBeGreaterThan(50);
    expect(written.filter((one) => !one.includes('R') || !one.includes('PSY'))).toEqual([]);
    // A procedure that its catalogue calls sensitive for the same reason tells it once.
    expect(written.filter((one) => new Set(one).size !== one.length)).toEqual([]);
  });
});

describe('what agrees in the model', () => {
  it('gives whoever died in a stay no follow-up', () => {
    const ends = notes.filter(([{ exam }]) => exam === 'DSUM');
    const [dead, living] = [true, false].map((died) =>
      ends.filter(([, { discharge }]) => (discharge?.disposition === 'EXP') === died),
    );
    const isSent = ([{ text }]: (typeof notes)[number]): boolean => text.paragraphs.join().includes('FOLLOW-UP');
    expect(dead!.length).toBeGreaterThan(0);
    expect(dead!.filter(isSent)).toEqual([]);
    expect(living!.every(isSent)).toBe(true);
  });

  it('asks nothing more of whoever died in a stay', () => {
    for (const { stays, referrals, orders, documents, treatments, consents } of people) {
      const death = stays.find(({ discharge }) => discharge?.disposition === 'EXP')?.discharge?.at.day;
      if (death === undefined) continue;
      const days = [
        ...referrals.flatMap(({ day, events, damage }) => (damage ? [] : [day, ...events.map((one) => one.day)])),
        ...orders.flatMap(({ day, damage, results }) =>
          damage !== undefined || results.some((one) => one.damage !== undefined) ? [] : [day],
        ),
        ...documents.flatMap(({ day, damage }) => (damage ? [] : [day])),
        ...treatments.flatMap(({ begun, damage }) => (begun && !damage ? [begun.day] : [])),
        ...consents.flatMap(({ signed, damage }) => (signed && !damage ? [signed.day] : [])),
      ];
      expect(days.filter((day) => day > death)).toEqual([]);
    }
  });

  it('has an answer of cardiology to the ward for each consult that was answered, while the patient is there', () => {
    const texts = new Set<string>();
    for (const [{ exam, day, performed, text }, { arrived, discharge, moves }, { referrals }] of notes) {
      if (exam !== 'CONS') continue;
      texts.add(text.paragraphs.join());
      expect(referrals.some(({ kind, events }) => kind === 'CO' && events.some((one) => one.day === day))).toBe(true);
      const begun = arrived.day * 86_400 + arrived.seconds;
      const left = discharge?.at ?? moves.at(-1)?.at;
      const at = performed && performed.day * 86_400 + performed.seconds;
      if (at === undefined || left === undefined || moves.at(-1)?.kind !== 'D') continue;
      expect([at >= begun, at <= left.day * 86_400 + left.seconds]).toEqual([true, true]);
    }
    expect(texts.size).toBeGreaterThan(4);
    const answered = people.flatMap(({ referrals }) =>
      referrals.filter(({ kind, removal, damage, events }) => {
        return kind === 'CO' && removal === null && !damage && events.some(({ code }) => code === 'AN');
      }),
    );
    const written = new Set(
      people.flatMap(({ documents }) => documents.map(({ stay, exam }) => `${exam} ${stay ?? ''}`)),
    );
    expect(answered.filter(({ stay }) => !written.has(`CONS ${stay ?? ''}`))).toEqual([]);
  });

  it('keeps nobody on the roster of a partner for longer than they consented', () => {
    const anchor = dayOf(CHOICES.anchorDate);
    const shared = new Set(population.rosters.filter(({ kind }) => kind === 'S').map(({ number }) => number));
    const entries = people.flatMap(({ rosterEntries, consents }) =>
      rosterEntries
        .filter(({ roster }) => shared.has(roster))
        .map(({ to }) => {
          const open = consents.filter(({ type, status, decision }) => [type, status, decision].join() === 'SH,A,Y');
          return { to, consented: open[0]?.to };
        }),
    );
    const limited = entries.filter(({ consented }) => consented !== undefined);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited.filter(({ to, consented }) => to === undefined || to > (consented ?? 0))).toEqual([]);
    expect(limited.filter(({ consented }) => (consented ?? 0) < anchor)).toEqual([]);
    const over = people.filter(({ consents }) => consents.some(({ type, to }) => type === 'SH' && to && to < anchor));
    expect(over.length).toBeGreaterThan(0);
  });
});
