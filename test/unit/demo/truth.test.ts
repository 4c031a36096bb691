import { describe, expect, it } from '@jest/globals';
import {
  DAMAGE_KINDS,
  generatePopulation,
  organizationTruths,
  practitionerTruths,
  SHARED_DAMAGE_KINDS,
  sharedTruth,
  STORIES,
  truthsOf,
  type Native,
  type Truth,
  type TruthPerson,
} from '../../../demo/index.ts';
import { quirkOf, type Quirk } from '../../../demo/model/quirks.ts';
import { keyOf, rowsOf } from './rows.ts';

const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-01', throughDate: '2026-11-20' };
const population = generatePopulation(CHOICES);
const truths = [...truthsOf(population)];
const persons = truths.flatMap((truth) => truth.persons);
const shared = sharedTruth(population);
const others = [shared, ...truths].flatMap(({ damaged, notServed }) => [
  ...damaged,
  // A line that no load takes is no row.
  ...notServed.filter(({ reason }) => reason !== 'line-rejected'),
]);
const resources = [...shared.resources, ...persons.flatMap((person) => person.resources)];
const rows = rowsOf(CHOICES);

function withQuirk(quirk: Quirk): Truth {
  return truths.find(({ number }) => number > 3 && quirkOf(number) === quirk)!;
}

function served(table: string): string[] {
  const all = persons.flatMap((person) => [
    person.native,
    ...person.secondaries.map(({ native }) => native),
    ...person.labs.map(({ native }) => native),
    ...person.dispenses.map(({ native }) => native),
  ]);
  return [...all, ...resources.map(({ native }) => native)]
    .filter((native) => native.table === table)
    .map(({ key }) => key.join('|'));
}

/** Tables whose rows are resources of their own, each exactly once. */
const WHOLE_TABLES = [
  'PATMAST',
  'LABORD',
  'DOCPDF',
  'LABRSLT',
  'LOCMST',
  'STAY',
  'PRBLST',
  'QSTANS',
  'IMMHST',
  'PROCLOG',
  'PATREL',
  'PATINS',
  'PROVROLE',
  'PAYER',
  'PARTNER',
  'CONSNT',
  'SVCMST',
  'REFREQ',
  'MEDORD',
  'ROSTER',
  'MEDADM',
  'CARTEAM',
  'CARPLN',
  'CARLIN',
  'HOMELN',
  'IMPLNT',
  'SPECMN',
  'appointment',
  'study',
  'customer',
  'dispense',
];

describe('the truth', () => {
  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify([shared, truths]))).toEqual([shared, truths]);
  });

  it.each(WHOLE_TABLES)('accounts for every row of %s exactly once', (table) => {
    const accounted = [
      ...served(table),
      ...others.filter(({ native }) => native.table === table).map(({ native }) => native.key.join('|')),
    ];
    const keys = rows.get(table)!.map((row) => keyOf(table, row));
    expect(accounted.sort()).toEqual(keys.sort());
  });

  it('accounts for every group of LABEAV exactly once', () => {
    const accounted = [
      ...served('LABEAV'),
      ...others.filter(({ native }) => native.table === 'LABEAV').map(({ native }) => native.key.join('|')),
    ];
    const groups = new Set(rows.get('LABEAV')!.map((row) => `${row['ORD_NO']!}|${row['SEQ']!}`));
    expect(accounted.sort()).toEqual([...groups].sort());
  });

  it('accounts for every row of VITALS: a row with several signs is several resources', () => {
    const of = (natives: readonly { readonly native: Native }[]): string[] =>
      natives.filter(({ native }) => native.table === 'VITALS').map(({ native }) => native.key.join('|'));
    const [signs, none] = [served('VITALS'), of(others)];
    const keys = rows.get('VITALS')!.map((row) => keyOf('VITALS', row));
    expect([...new Set(signs), ...new Set(none)].sort()).toEqual(keys.sort());
    expect(signs.length).toBeGreaterThan(2 * keys.length);
  });

  it('accounts for every row of DOCHDR: each is a document, and some are reports, too', () => {
    const of = (natives: readonly { readonly native: Native }[]): string[] =>
      natives.filter(({ native }) => native.table === 'DOCHDR').map(({ native }) => native.key.join('|'));
    const documents = of(resources.filter(({ resource }) => resource.resourceType === 'DocumentReference'));
    const none = of(others).filter((key) => !documents.includes(key));
    const keys = rows.get('DOCHDR')!.map((row) => keyOf('DOCHDR', row));
    expect([...documents, ...new Set(none)].sort()).toEqual(keys.sort());
    const reports = of(resources.filter(({ resource }) => resource.resourceType === 'DiagnosticReport'));
    expect(reports.length).toBeGreaterThan(100);
    expect(reports.length).toBeLessThan(documents.length);
  });

  it('has one Medication for each drug code that means something', () => {
    const valid = rows.get('DRUGMST')!.filter((row) => row['WDR_FLG'] !== 'Y');
    expect(served('DRUGMST').sort()).toEqual([...new Set(valid.map((row) => row['DRUG_CD']!))].sort());
    expect(valid.length).toBeGreaterThan(served('DRUGMST').length);
  });

  it('knows the practitioners and organizations of both systems', () => {
    const count = (...tables: string[]): number => tables.reduce((sum, table) => sum + rows.get(table)!.length, 0);
    expect(practitionerTruths(population)).toHaveLength(count('PROVMST', 'prescriber'));
    expect(organizationTruths(population)).toHaveLength(count('DEPT', 'store'));
    expect(organizationTruths(population).find(({ name }) => name === 'Mobile Unit')).not.toHaveProperty('partOf');
  });

  it('has a few damaged rows of each kind, and none when they are switched off', () => {
    const kinds = truths.flatMap(({ damaged }) => damaged.map(({ kind }) => kind));
    for (const kind of Object.keys(DAMAGE_KINDS))
      expect([kind, kinds.filter((one) => one === kind).length]).toEqual([kind, 3]);
    expect(shared.damaged.map(({ kind }) => kind).sort()).toEqual(Object.keys(SHARED_DAMAGE_KINDS).sort());
    const clean = generatePopulation({ ...CHOICES, damage: false });
    expect([sharedTruth(clean), ...truthsOf(clean)].flatMap(({ damaged }) => damaged)).toEqual([]);
  });

  it('names no reference that leads nowhere', () => {
    const exists = new Set([...rows].flatMap(([table, list]) => list.map((row) => `${table}|${keyOf(table, row)}`)));
    for (const row of rows.get('LABEAV')!) exists.add(`LABEAV|${row['ORD_NO']!}|${row['SEQ']!}`);
    // The versions of a drug are one resource.
    for (const row of rows.get('DRUGMST')!) exists.add(`DRUGMST|${row['DRUG_CD']!}`);
    const references = persons.flatMap((person) => [
      ...[person.generalPractitioner, person.managingOrganization].filter((native) => native !== undefined),
      ...person.labs.flatMap((lab) => [lab.registration, ...lab.performers]),
      ...person.dispenses.map(({ performer }) => performer),
    ]);
    references.push(...rowsNamedIn(resources));
    expect(references.length).toBeGreaterThan(10_000);
    expect(references.filter(({ table, key }) => !exists.has(`${table}|${key.join('|')}`))).toEqual([]);
  });

  it('gives results only to their own person', () => {
    for (const person of persons) {
      const own = new Set([person, ...person.secondaries].map(({ native }) => native.key.join('|')));
      for (const lab of person.labs)
        if (!own.has(lab.registration.key.join('|'))) throw new Error(`a result of ${lab.registration.key.join('-')}`);
    }
  });
});

/** The rows that stand-ins of references name. */
function rowsNamedIn(value: unknown): Native[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'rowOf' in value ? [value.rowOf as Native] : Object.values(value).flatMap(rowsNamedIn);
}

describe('who is who', () => {
  it('makes one person of a chain of merges', () => {
    const truth = withQuirk('merged-chain');
    expect(truth.persons).toHaveLength(1);
    const hospital = truth.persons[0]!.secondaries.filter(({ native }) => native.table === 'PATMAST');
    expect(hospital).toHaveLength(2);
    expect(new Set(truth.persons[0]!.labs.map(({ registration }) => registration.key.join('|'))).size).toBe(3);
  });

  it('makes one person of a merged patient and the customer who names the old number', () => {
    const [person] = withQuirk('link-to-merged').persons;
    expect(person!.identifiers.map(({ system }) => system.split('/').at(-1))).toEqual(['mrn', 'mrn', 'customer']);
  });

  it('makes one person of two customers of one patient', () => {
    const truth = withQuirk('two-customers');
    const systems = truth.persons.map(({ identifiers }) => identifiers.map(({ system }) => system.split('/').at(-1)));
    expect(systems).toEqual([['mrn', 'customer', 'customer', 'radiology-patient']]);
  });

  it.each(['link-rejected', 'lookalike', 'link-dangling', 'link-unreadable'] as const)(
    'keeps two people apart: %s',
    (quirk) => {
      const truth = withQuirk(quirk);
      expect(truth.persons.map(({ native, candidates }) => [native.table, candidates.length])).toEqual([
        ['PATMAST', 0],
        ['customer', 0],
      ]);
    },
  );

  it('shows a possible link on both sides', () => {
    const [patient, customer] = withQuirk('link-possible').persons;
    expect(patient!.candidates.map(({ identifier }) => identifier)).toEqual([customer!.identifier]);
    expect(customer!.candidates.map(({ identifier }) => identifier)).toEqual([patient!.identifier]);
  });

  it('keeps two registrations that nobody merged', () => {
    expect(withQuirk('unlinked-duplicate').persons.filter(({ native }) => native.table === 'PATMAST')).toHaveLength(2);
  });

  it('serves nothing of a deleted patient, and the customer on their own', () => {
    const truth = withQuirk('link-to-deleted');
    expect(truth.persons.map(({ native }) => native.table)).toEqual(['customer']);
    const deleted = withQuirk('deleted');
    expect(deleted.persons.flatMap(({ labs }) => labs)).toEqual([]);
    expect(deleted.notServed.some(({ reason }) => reason === 'patient-deleted')).toBe(true);
  });

  it('serves people whom only the pharmacy knows', () => {
    expect(
      withQuirk('pharmacy-only')
        .persons.map(({ native, active }) => [native.table, active])
        .flat(),
    ).toContain('customer');
    expect(withQuirk('customer-inactive').persons[0]!.active).toBe(false);
  });
});

describe('the stories', () => {
  const found = STORIES.map(({ identifier }) => {
    const [system, value] = identifier.split('|');
    return persons.find((person) => person.identifiers.some((one) => one.system === system && one.value === value))!;
  }) as [TruthPerson, TruthPerson, TruthPerson];

  it('has one person of three registrations and a customer', () => {
    const [eleanor] = found;
    expect(eleanor.identifiers.map(({ system }) => system.split('/').at(-1))).toEqual([
      'mrn',
      'mrn',
      'mrn',
      'customer',
    ]);
    expect(new Set(eleanor.labs.map(({ registration }) => registration.key.join())).size).toBe(3);
    expect(eleanor.dispenses.length).toBeGreaterThan(5);
  });

  it('has an HbA1c that falls, in four units', () => {
    const results = found[1].labs
      .filter(
        ({ codings, value, effective }) =>
          codings.some(({ code }) => code === '4548-4' || code === '59261-8') &&
          value.is === 'quantity' &&
          effective !== undefined,
      )
      .sort((a, b) => (a.effective! < b.effective! ? -1 : 1))
      .map(({ value }) => (value.is === 'quantity' ? value.quantity : undefined)!);
    const percent = results.map(({ number, ucum }) =>
      ucum === 'mmol/mol' ? Number(number) / 10.929 + 2.15 : Number(number),
    );
    expect(percent[0]).toBeGreaterThan(8.4);
    expect(percent.at(-1)).toBeLessThan(7.3);
    expect(new Set(results.map(({ unit }) => unit)).size).toBeGreaterThanOrEqual(4);
  });

  it('has a person of unknown sex and age with results of devices', () => {
    const arrived = found[2];
    expect([arrived.gender, arrived.birthDate, arrived.family, arrived.given]).toEqual([
      'unknown',
      undefined,
      '欧阳',
      ['秀英'],
    ]);
    expect(arrived.labs.some(({ native }) => native.table === 'LABEAV')).toBe(true);
  });
});
