import { describe, expect, it } from '@jest/globals';
import type { Branch, Predicate, ResourceType, StringValue } from '../../../src/contracts/index.ts';
import {
  absent,
  alias,
  code,
  codeableConcept,
  coding,
  constant,
  constantString,
  contactPoint,
  defineBranch,
  derive,
  integer,
  localCode,
  many,
  onlyWith,
  orAbsentConcept,
  packedConcept,
  reference,
  string,
  table,
  text,
  type CodeMap,
} from '../../../src/mappings/kit/index.ts';
import { branchParams, type BranchParam } from '../../../src/record/model/params.ts';

const t = alias('t', table('T', { ID: integer(), NAME: text(), KIND: text(), TITLE: text(), PHONE: text() }));
const n = alias('n', table('N', { ID: integer(), NO: integer(), NAME: text() }));

const KINDS: CodeMap = {
  name: 'kinds',
  version: '1',
  system: 'urn:kinds',
  codes: { PACE: { code: '1', display: 'Cardiac pacemaker' }, HIP: { code: '2', display: 'Hip' }, ODD: '3' },
};

function paramOf(type: ResourceType, elements: Branch['elements'], name: string): BranchParam | undefined {
  return branchParams({
    ...defineBranch('Device', { prefix: 'x', from: t, key: [t.ID], elements: {} }),
    type,
    elements,
  }).get(name);
}

const deviceName = (type: Branch['elements'][string], named = true): BranchParam | undefined =>
  paramOf(
    'Device',
    { ...(named ? { deviceName: [{ name: string(t.NAME), type: constant('model-name') }] } : {}), type },
    'device-name',
  );

const asked = (param: BranchParam | undefined): readonly string[] | 'judged' | undefined =>
  param?.residual === undefined ? param?.hits.map(({ path }) => path) : 'judged';

const named = 'Device.deviceName.name';
const local = { column: t.KIND, system: 'urn:local' };

describe('a parameter of several paths', () => {
  it('looks into each of them that the datatype can tell of', () => {
    expect(asked(deviceName(localCode({ ...local, maps: [KINDS] })))).toEqual([named, 'Device.type.coding.display']);
    expect(asked(deviceName(localCode({ ...local, display: t.TITLE, maps: [] })))).toEqual([
      named,
      'Device.type.coding.display',
      'Device.type.text',
    ]);
    expect(asked(deviceName({ text: string(t.TITLE) }))).toEqual([named, 'Device.type.text']);
    expect(asked(deviceName({ coding: [{ display: string(t.TITLE), system: constant('urn:x') }] }))).toEqual([
      named,
      'Device.type.coding.display',
    ]);
  });

  it('passes over a path that the datatype never writes', () => {
    expect(asked(deviceName(codeableConcept({ coding: [coding({ code: t.KIND })] })))).toEqual([named]);
    expect(asked(deviceName(constant({ coding: [{ system: 'urn:x', code: 'y' }] })))).toEqual([named]);
    expect(asked(deviceName(absent('unknown')))).toEqual([named]);
  });

  it.each<[string, Branch['elements'][string]]>([
    ['a computed value', derive({ columns: [t.KIND], write: (kind) => (kind === null ? undefined : { text: kind }) })],
    ['several codings in one text', packedConcept({ column: t.KIND, systems: { A: 'urn:a' } })],
    ['one that stands only beside another', onlyWith(string(t.NAME), localCode({ ...local, maps: [KINDS] }))],
    ['one that is written only where it is translated', localCode({ ...local, maps: [KINDS], unmapped: 'omit' })],
    [
      'an entry among others',
      { coding: [derive({ columns: [t.KIND], write: (kind) => ({ display: kind ?? 'none' }) })] },
    ],
    ['a constant that says a word', { text: constant('Pacemaker') }],
  ])('is judged where one leads into what cannot be asked: %s', (_, type) => {
    const param = deviceName(type);
    expect(param).toMatchObject({ hits: [], residual: { elements: ['deviceName', 'type'] } });
    expect(asked(deviceName(type, false))).toBe('judged');
  });

  it('is not advertised where that one cannot be judged either', () => {
    const other = derive({ columns: [t.KIND], write: () => ({ reference: 'Organization/1' }) });
    const organization = reference('Organization', 'o', [t.ID]);
    expect(asked(paramOf('Organization', { partOf: organization }, 'partof'))).toEqual(['Organization.partOf']);
    expect(paramOf('Observation', { subject: [reference('Patient', 'p', [t.ID]), other] }, 'patient')).toBeUndefined();
    expect(paramOf('Observation', { subject: { reference: string(t.NAME) } }, 'patient')).toBeUndefined();
    expect(asked(paramOf('Observation', { subject: { display: string(t.NAME) } }, 'patient'))).toEqual([]);
  });
});

describe('where(…) of a path', () => {
  const phones = (...telecom: readonly Branch['elements'][string][]): readonly string[] | 'judged' | undefined =>
    asked(paramOf('Patient', { telecom }, 'phone'));
  const phone = contactPoint({ system: 'phone', value: t.PHONE });

  it('passes over what is known to be another', () => {
    expect(phones(phone, contactPoint({ system: 'email', value: t.NAME }))).toEqual(['Patient.telecom']);
    expect(phones(phone, { value: string(t.NAME) })).toEqual(['Patient.telecom']);
  });

  it('lets the parameter be judged where it depends on the row', () => {
    const system = code(t.KIND, { P: 'phone', E: 'email' }, { unmapped: 'omit', system: 'urn:systems' });
    expect(phones(phone, { system, value: string(t.NAME) })).toBe('judged');
    expect(phones(derive({ columns: [t.PHONE], write: (value) => ({ system: 'phone', value }) }))).toBe('judged');
  });

  it('does not take a label for the value beside it', () => {
    const labelled = { system: constant('phone'), value: string(t.PHONE) };
    expect(asked(paramOf('Patient', { telecom: [labelled] }, 'phone'))).toEqual(['Patient.telecom.value']);
  });
});

describe('a text that is the same in every row', () => {
  it('is found by its words where it is declared so, and else lets the parameter be judged', () => {
    const address = (country: Branch['elements'][string]): Branch['elements'] => ({
      address: [{ use: constant('home'), city: string(t.NAME), country }],
    });
    expect(asked(paramOf('Patient', address(constantString('US')), 'address'))).toHaveLength(2);
    expect(asked(paramOf('Patient', address(constant('US')), 'address'))).toBe('judged');
    expect(asked(paramOf('Patient', address(constant('US')), 'address-country'))).toBe('judged');
    expect(asked(paramOf('Patient', address(constant('US')), 'address-use'))).toEqual(['Patient.address.use']);
  });

  it('is no word of a name where it only labels it', () => {
    const name = [{ use: constantString('official'), family: string(t.NAME), extension: [{ url: constant('urn:x') }] }];
    expect(asked(paramOf('Patient', { name }, 'name'))).toEqual(['Patient.name.family']);
  });
});

describe('the parts of a code', () => {
  const find = (
    param: BranchParam | undefined,
    value: string,
    mode: StringValue['mode'] = 'starts',
  ): readonly (Predicate | undefined)[] =>
    (param?.hits ?? []).map((hit) => hit.codec.searches?.string?.({ is: 'string', mode, value }));
  const kind = { is: 'compare', left: t.KIND, op: '=' };

  it('are found by the names that a map gives, without respect to case', () => {
    const param = deviceName(orAbsentConcept(localCode({ ...local, maps: [KINDS] }), 'unknown'), false);
    expect(asked(param)).toEqual(['Device.type.coding.display']);
    expect(find(param, 'cardiac')).toEqual([expect.objectContaining({ ...kind, value: 'PACE' })]);
    expect(find(param, 'PACE', 'contains')).toEqual([expect.objectContaining({ ...kind, value: 'PACE' })]);
    expect(find(param, 'Hip', 'exact')).toEqual([expect.objectContaining({ ...kind, value: 'HIP' })]);
    expect(find(param, 'hip', 'exact')).toEqual([{ is: 'never' }]);
    expect(find(param, 'unknown')).toEqual([{ is: 'never' }]);
  });

  it('are found only where the code is there', () => {
    const param = deviceName(localCode({ ...local, display: t.TITLE, maps: [] }), false);
    const isThere = param?.hits.map(({ codec }) => JSON.stringify(codec.present).includes('"KIND"'));
    expect(isThere).toEqual([true, true]);
    for (const predicate of find(param, 'x')) expect(JSON.stringify(predicate)).toContain('"KIND"');
  });

  it('are found in each row of a child table', () => {
    const rows = many({ from: n, on: [[n.ID, t.ID]], order: [n.NO], element: { name: string(n.NAME) } });
    const param = paramOf('Device', { deviceName: rows, type: localCode({ ...local, maps: [KINDS] }) }, 'device-name');
    expect(param?.hits.map(({ via }) => via.length)).toEqual([1, 0]);
  });
});
