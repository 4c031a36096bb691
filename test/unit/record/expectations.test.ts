import { describe, expect, it } from '@jest/globals';
import type { Branch, KindName, LiveTable, MappingModule, SqlSystem, Table } from '../../../src/contracts/index.ts';
import {
  alias,
  code,
  codeableConcept,
  coding,
  constant,
  constantString,
  contactPoint,
  date,
  defineBranch,
  defineModule,
  equals,
  expr,
  integer,
  isFlag,
  join,
  many,
  not,
  optional,
  orAbsent,
  reference,
  string,
  civilDate,
  table,
  text,
  type Folding,
} from '../../../src/mappings/kit/index.ts';
import { adaptBranch, type Adapted } from '../../../src/record/expectations/adapt.ts';
import { buildCatalogue, compareTables, lostBy, tablesOf, type Catalogue } from '../../../src/record/index.ts';

const searchForm: Folding = { by: 'column', column: 'FOLDED', letters: 'upper', fold: (value) => value.toUpperCase() };

const PERSON = table('PERSON', {
  ID: integer(),
  NAME: text({ folding: searchForm }),
  FOLDED: text(),
  MAIL: optional(text()),
  PHONE: text(),
  BORN: optional(date()),
  SEX: text(),
  GONE: text(),
  DOCTOR: optional(integer()),
  NOTE: text(),
});
const PLACE = table('PLACE', { PERSON: optional(integer()), SEQ: integer(), CITY: text(), USE: optional(text()) });
const DOCTOR = table('DOCTOR', { NO: integer() });

const p = alias('p', PERSON, { live: (row) => not(isFlag(row.GONE)) });
const a = alias('a', PLACE);
const d = alias('d', DOCTOR);

const patient = defineBranch('Patient', {
  prefix: 'pa',
  from: p,
  joins: [join(d, [[d.NO, p.DOCTOR]])],
  key: [p.ID],
  elements: {
    name: [{ family: string(p.NAME) }],
    telecom: [contactPoint({ system: 'phone', value: p.PHONE }), contactPoint({ system: 'email', value: p.MAIL })],
    birthDate: civilDate(p.BORN),
    gender: code(p.SEX, { M: 'male' }, { unmapped: 'omit', system: 'http://hl7.org/fhir/administrative-gender' }),
    address: many({
      from: a,
      on: [[a.PERSON, p.ID]],
      order: [a.SEQ],
      element: { country: constantString('US'), city: string(a.CITY), state: string(a.USE) },
    }),
    generalPractitioner: [reference('Practitioner', 'dr', [d.NO])],
  },
});
const practitioner = defineBranch('Practitioner', { prefix: 'dr', from: d, key: [d.NO], elements: {} });

const text_: readonly KindName[] = ['text', 'char'];
const kinds: Readonly<Record<string, readonly KindName[]>> = {
  text: text_,
  integer: ['integer', 'decimal'],
  date: ['date'],
};

/** A live table that is as declared, with changes: another kind, or undefined for a column that is not there. */
function live(of: Table, changes: Readonly<Record<string, string | undefined>> = {}): LiveTable {
  const columns = Object.entries(of.columns).map(
    ([name, { kind }]) => [name, name in changes ? changes[name] : kind] as const,
  );
  return new Map(
    columns.flatMap(([name, kind]) => (kind === undefined ? [] : [[name, { type: kind, kinds: kinds[kind] ?? [] }]])),
  );
}

describe('comparing declared tables with live ones', () => {
  it('finds nothing where all is there, whatever else the system has', () => {
    const more = new Map([...live(PERSON), ['EXTRA', { type: 'xml', kinds: [] }]]);
    expect(compareTables([PERSON, PLACE], [more, live(PLACE)])).toEqual([]);
  });

  it('finds missing tables, missing columns and other kinds', () => {
    const found = compareTables(
      [PERSON, PLACE],
      [live(PERSON, { MAIL: undefined, SEX: 'integer', NOTE: undefined }), undefined],
    );
    expect(found).toEqual([
      { is: 'no-column', table: PERSON, column: 'MAIL', optional: true },
      { is: 'other-kind', table: PERSON, column: 'SEX', optional: false, declared: 'text', live: 'integer' },
      { is: 'no-column', table: PERSON, column: 'NOTE', optional: false },
      { is: 'no-table', table: PLACE },
    ]);
  });

  it('asks about every table that a module names', () => {
    expect(new Set(tablesOf([patient, practitioner]))).toEqual(new Set([PERSON, PLACE, DOCTOR]));
  });
});

describe('a branch whose columns are lost', () => {
  const without = (
    changes: Readonly<Record<string, string | undefined>>,
    of: Table = PERSON,
    branch: Branch = patient,
  ): Adapted => adaptBranch(branch, lostBy(compareTables([of], [live(of, changes)])));

  it('is as declared where nothing that it uses is lost', () => {
    const adapted = without({ NOTE: undefined });
    expect({ same: adapted.branch === patient, closed: adapted.closed, without: adapted.without }).toEqual({
      same: true,
      closed: false,
      without: [],
    });
  });

  it.each(['ID', 'GONE', 'NAME', 'FOLDED', 'SEX', 'PHONE'])('is closed without the required column %s', (column) => {
    expect(without({ [column]: undefined }).closed).toBe(true);
  });

  it('is closed where a required column has another kind', () => {
    expect(without({ SEX: 'integer' }).closed).toBe(true);
  });

  it('is closed without its table, although some columns are optional', () => {
    expect(adaptBranch(patient, lostBy([{ is: 'no-table', table: PERSON }])).closed).toBe(true);
  });

  it('leaves out what an optional column gave, and the parameters that would find a part', () => {
    const { branch, params, closed, without: left } = without({ MAIL: undefined });
    expect({ closed, left }).toEqual({ closed: false, left: ['Patient.telecom'] });
    expect(branch.elements['telecom']).toHaveLength(1);
    expect(['telecom', 'email'].map((param) => params.get(param))).toEqual([undefined, undefined]);
    expect(params.get('phone')?.hits).toHaveLength(1);
    expect(params.get('family')?.hits).toHaveLength(1);
  });

  it('leaves out an optional column of another kind alike', () => {
    expect(without({ BORN: 'text' })).toMatchObject({ closed: false, without: ['Patient.birthDate'] });
    expect(without({ BORN: 'text' }).branch.elements).not.toHaveProperty('birthDate');
  });

  it('leaves out what is joined by an optional column', () => {
    const { branch, without: left } = without({ DOCTOR: undefined });
    expect(left).toEqual(['Patient.generalPractitioner']);
    expect(branch.joins).toEqual([]);
  });

  it('leaves out children that are tied by an optional column, or what they gave', () => {
    expect(without({ PERSON: undefined }, PLACE)).toMatchObject({ closed: false, without: ['Patient.address'] });
    const partly = without({ USE: undefined }, PLACE);
    expect(partly.without).toEqual(['Patient.address.state']);
    expect(Object.keys((partly.branch.elements['address'] as { element: object }).element)).toEqual([
      'country',
      'city',
    ]);
    expect(without({ CITY: undefined }, PLACE).closed).toBe(true);
  });

  it('leaves out an object of which only constants are left', () => {
    const of = table('T', { ID: integer(), SYSTEM: optional(text()) });
    const t = alias('t', of);
    const branch = defineBranch('Organization', {
      prefix: 'o',
      from: t,
      key: [t.ID],
      elements: { address: [{ country: constantString('US'), city: string(t.SYSTEM) }] },
    });
    expect(without({ SYSTEM: undefined }, of, branch).branch.elements).toEqual({});
  });

  it('is closed without a column that labels its rows: unlabelled, a protected row would be open', () => {
    const of = table('T', { ID: integer(), NAME: text(), LABEL: optional(text()) });
    const t = alias('t', of);
    const security = [coding({ system: 'https://e.example/label', code: t.LABEL })];
    const elements = { name: string(t.NAME) };
    const branch = defineBranch('Organization', { prefix: 'o', from: t, key: [t.ID], elements, labels: { security } });
    expect(without({ LABEL: undefined }, of, branch).closed).toBe(true);
  });

  it('claims no profile without an optional column that the profile needs', () => {
    const of = table('T', { ID: integer(), NAME: optional(text()) });
    const t = alias('t', of);
    const [profiles, profileNeeds] = [['urn:profile'], [string(t.NAME)]];
    const branch = defineBranch('Organization', {
      ...{ prefix: 'o', from: t, key: [t.ID], elements: { name: string(t.NAME) } },
      ...{ profiles, profileNeeds },
    });
    expect(without({}, of, branch).branch).toBe(branch);
    const adapted = without({ NAME: undefined }, of, branch);
    expect([adapted.closed, adapted.branch.profiles, adapted.branch.profileNeeds]).toEqual([false, [], undefined]);
  });

  it('leaves out an element of which a required part would go, and is closed where that one is required', () => {
    const of = table('T', {
      ...{ ID: integer(), WHO: integer(), STATUS: text(), NOTE: optional(text()), AT: date(), PART: optional(text()) },
      CITY: text(),
    });
    const t = alias('t', of);
    const status = code(
      t.STATUS,
      { A: 'booked' },
      { unmapped: 'damaged', system: 'http://hl7.org/fhir/appointmentstatus' },
    );
    const observation = defineBranch('Observation', {
      ...{ prefix: 'o', from: t, key: [t.ID] },
      elements: {
        status: constant('final'),
        code: constant({ text: 'A finding' }),
        subject: reference('Patient', 'pa', [t.WHO]),
        note: [{ text: string(t.NOTE), authorString: string(t.CITY) }],
        component: [{ code: codeableConcept({ coding: [], text: string(t.PART) }), valueString: string(t.CITY) }],
      },
    });
    const found = without({ NOTE: undefined, PART: undefined }, of, observation);
    expect(found).toMatchObject({
      closed: false,
      without: ['Observation.component.code', 'Observation.note.text'],
    });
    expect(Object.keys(found.branch.elements)).toEqual(['status', 'code', 'subject']);
    const appointment = defineBranch('Appointment', {
      ...{ prefix: 'a', from: t, key: [t.ID] },
      elements: {
        status,
        participant: [
          {
            actor: reference('Patient', 'pa', [t.WHO]),
            status: code(
              t.PART,
              { A: 'accepted' },
              { unmapped: 'damaged', system: 'http://hl7.org/fhir/participationstatus' },
            ),
          },
        ],
      },
    });
    expect(without({ PART: undefined }, of, appointment).closed).toBe(true);
  });

  it('says in every row why a required element is missing, where the module says why', () => {
    const of = table('T', { ID: integer(), NAME: optional(text()) });
    const t = alias('t', of);
    const elements = { name: orAbsent(string(t.NAME), 'unknown') };
    const branch = defineBranch('Location', { prefix: 'l', from: t, key: [t.ID], elements });
    const found = without({ NAME: undefined }, of, branch);
    expect(found).toMatchObject({ closed: false, without: ['Location.name'] });
    expect(found.branch.elements['name']).toMatchObject({ absentReason: 'unknown', columns: [] });
  });

  it('is closed where a modifier element would go: without it the rest means something else', () => {
    const of = table('T', { ID: integer(), STATE: optional(text()), KIND: optional(text()), WHO: integer() });
    const t = alias('t', of);
    const concept = (column: typeof t.STATE): ReturnType<typeof codeableConcept> =>
      codeableConcept({ coding: [coding({ system: 'https://e.example/s', code: column })] });
    const branch = defineBranch('AllergyIntolerance', {
      prefix: 'al',
      from: t,
      key: [t.ID],
      elements: {
        patient: reference('Patient', 'pa', [t.WHO], { required: true }),
        verificationStatus: concept(t.STATE),
        code: concept(t.KIND),
      },
    });
    expect(without({ STATE: undefined }, of, branch).closed).toBe(true);
    expect(without({ KIND: undefined }, of, branch)).toMatchObject({
      closed: false,
      without: ['AllergyIntolerance.code'],
    });
  });

  it('sees elements that are called as members of codecs are', () => {
    const of = table('T', {
      ID: integer(),
      WHO: integer(),
      STATUS: text(),
      NOTE: optional(text()),
      KIND: optional(text()),
    });
    const t = alias('t', of);
    const observation = defineBranch('Observation', {
      prefix: 'o',
      from: t,
      key: [t.ID],
      elements: {
        status: code(
          t.STATUS,
          { A: 'final' },
          { unmapped: 'damaged', system: 'http://hl7.org/fhir/observation-status' },
        ),
        code: constant({ text: 'A finding' }),
        subject: reference('Patient', 'pa', [t.WHO]),
        note: [{ text: string(t.NOTE) }],
      },
    });
    const organization = defineBranch('Organization', {
      prefix: 'g',
      from: t,
      key: [t.ID],
      elements: { type: [codeableConcept({ coding: [coding({ system: 'https://e.example/kind', code: t.KIND })] })] },
    });
    expect(without({ NOTE: undefined }, of, observation).without).toEqual(['Observation.note.text']);
    expect(without({ KIND: undefined }, of, organization).without).toEqual(['Organization.type']);
  });

  it('sees through an expression', () => {
    const of = table('T', { ID: integer(), LEFT: optional(text()) });
    const t = alias('t', of);
    const shown = expr('shown', text(), { default: 'upper(??)' }, [t.LEFT]);
    const branch = defineBranch('Organization', {
      prefix: 'o',
      from: t,
      key: [t.ID],
      elements: { name: string(shown) },
    });
    expect(without({ LEFT: undefined }, of, branch).without).toEqual(['Organization.name']);
  });

  it('is closed where a required element, or the patient whom it is about, would go', () => {
    const of = table('T', { ID: integer(), STATUS: optional(text()), WHO: optional(integer()) });
    const t = alias('t', of);
    const branch = defineBranch('Observation', {
      prefix: 'f',
      from: t,
      key: [t.ID],
      elements: {
        status: code(
          t.STATUS,
          { A: 'final' },
          { unmapped: 'damaged', system: 'http://hl7.org/fhir/observation-status' },
        ),
        code: constant({ text: 'A finding' }),
        subject: reference('Patient', 'pa', [t.WHO]),
      },
    });
    expect(without({ STATUS: undefined }, of, branch).closed).toBe(true);
    expect(without({ WHO: undefined }, of, branch).closed).toBe(true);
  });
});

describe('a type of two systems, one of which has lost a column', () => {
  const other = defineBranch('Patient', {
    prefix: 'pb',
    from: p,
    key: [p.ID],
    person: { secondary: equals(p.SEX, 'S') },
    elements: { birthDate: civilDate(p.BORN), gender: patient.elements['gender'] as never },
  });
  const systemOf = (id: string, branches: readonly Branch[]): { module: MappingModule; system: SqlSystem } => ({
    module: { id, branches } as unknown as MappingModule,
    system: { id } as SqlSystem,
  });
  const installed = [systemOf('one', [patient, practitioner]), systemOf('two', [other])];
  const lacking = (column: string): Catalogue =>
    buildCatalogue(installed, (system) =>
      lostBy(system === 'two' ? [{ is: 'no-column', table: PERSON, column, optional: true }] : []),
    );

  it('serves no parameter that one of them could answer for itself only', () => {
    expect(buildCatalogue(installed).served.get('Patient')?.params.has('birthdate')).toBe(true);
    const served = lacking('BORN').served.get('Patient');
    expect(served?.params.has('birthdate')).toBe(false);
    expect(served?.params.has('gender')).toBe(true);
    expect(served?.unavailable).toEqual([{ system: 'two', element: 'Patient.birthDate' }]);
  });

  it('stays served as declared where one is closed: it is refused when it is asked', () => {
    const { served, byPrefix } = lacking('SEX');
    expect([byPrefix.get('pa')?.closed, byPrefix.get('pb')?.closed]).toEqual([false, true]);
    expect(served.get('Patient')?.params.has('birthdate')).toBe(true);
    expect(served.get('Patient')?.unavailable).toEqual([{ system: 'two' }]);
  });
});

it('a module whose rows stand on an optional column is refused', () => {
  const of = table('T', { ID: optional(integer()), NAME: text() });
  const t = alias('t', of);
  const stewardship = { owner: 'o', clinicalSteward: 'c', contact: 'c', serviceLevel: 's', reviewDate: '2027-01-01' };
  const branch = defineBranch('Organization', {
    prefix: 'o',
    from: t,
    key: [t.ID],
    elements: { name: string(t.NAME) },
  });
  expect(() => defineModule({ id: 'm', title: 'm', stewardship, branches: [branch] })).toThrow(
    "branch 'o' (Organization): an optional column cannot decide which rows there are, whose, or their labels",
  );
});
