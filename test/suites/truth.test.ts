import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  Bundle,
  CodeableConcept,
  MedicationDispense,
  Observation,
  OperationOutcome,
  Organization,
  Patient,
  Practitioner,
  Provenance,
  Quantity,
  Resource,
} from '@medplum/fhirtypes';
import type { ResourceType } from '../../src/contracts/index.ts';
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
  type TruthCoding,
  type TruthDamage,
  type TruthDispense,
  type TruthLab,
  type TruthPerson,
  type TruthQuantity,
  type TruthResource,
} from '../../demo/index.ts';
import { createDamageReader, isOfElement, typeOfDamage, type ToldDamage } from '../support/damaged-rows.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { testPatients, testSeed } from '../support/demo-home.ts';
import { readWhole, servedText, trueText } from '../support/whole-truth.ts';

// With thousands of patients the suite reads hundreds of thousands of resources.
jest.setTimeout(3_600_000);

/** Every fact of the clinical model is found through the API, and nothing is served that the model lacks. */
describe('the truth of the demo hospital', () => {
  let server: DemoServer;
  let truths: Truth[];
  const served = new Map<string, Map<string, Resource>>();
  const whole = new Map<string, string>();
  /** The elements that the issues of all pages name. */
  const damaged = new Map<string, readonly string[]>();
  const population = generatePopulation({
    patients: testPatients,
    seed: testSeed,
    anchorDate: '2026-11-20',
    throughDate: '2026-11-19',
  });

  beforeAll(async () => {
    server = await startDemoServer();
    truths = [...truthsOf(population)];
    const wholeTypes = new Set(resources().map(({ resource }) => resource.resourceType));
    for (const type of types()) {
      const texts = await server.pageTexts(`${type}?_count=500`);
      const entries = texts.flatMap((text) => (JSON.parse(text) as Bundle).entry ?? []);
      if (wholeTypes.has(type)) for (const text of texts) keepWhole(type, text);
      served.set(
        type,
        new Map(entries.filter((e) => e.search?.mode === 'match').map((e) => [e.resource?.id ?? '', e.resource!])),
      );
      const outcomes = entries.filter((e) => e.search?.mode === 'outcome').map((e) => e.resource as OperationOutcome);
      damaged.set(
        type,
        outcomes.flatMap(({ issue }) => issue.map(({ expression }) => expression?.[0] ?? 'nothing')),
      );
    }
  });
  afterAll(() => server.stop());

  const { damaged: sharedDamaged, resources: sharedResources } = sharedTruth(population);
  const types = (): string[] => [...server.running.installation.record.served.keys()];
  const persons = (): TruthPerson[] => truths.flatMap((truth) => truth.persons);
  const resources = (): TruthResource[] => [...sharedResources, ...persons().flatMap((person) => person.resources)];
  function keepWhole(type: string, text: string): void {
    const { entry = [] } = readWhole(text) as { entry?: { resource: { id: string }; search: { mode: string } }[] };
    for (const { resource, search } of entry)
      if (search.mode === 'match') whole.set(`${type}/${resource.id}`, servedText({ ...resource }));
  }
  /** The written references that a row of a table may have as a resource of a type: several where several branches read the table. */
  const namesOf = (type: string, { table, key }: Native): string[] =>
    (server.running.installation.record.catalogue.byType.get(type as ResourceType) ?? [])
      .filter(({ branch }) => branch.from.table.name === table)
      .map(({ branch }) => `${type}/${branch.prefix}.${key.join('-')}`);
  const all = <T extends Resource>(type: string): T[] => [...(served.get(type)?.values() ?? [])] as T[];
  let patientByIdentifier: ReadonlyMap<string, Patient> | undefined;
  const patientOf = (person: Pick<TruthPerson, 'identifier'>): Patient | undefined => {
    patientByIdentifier ??= new Map(
      all<Patient>('Patient').flatMap((patient) => identifierTexts(patient.identifier).map((text) => [text, patient])),
    );
    return patientByIdentifier.get(identifierTexts([person.identifier])[0] ?? '');
  };

  /** The ids of registrations that were merged are the server's own. */
  const linksOf = ({ candidates, secondaries }: TruthPerson): readonly string[] =>
    [
      ...candidates.map((candidate) => `seealso Patient/${patientOf(candidate)?.id ?? '?'}`),
      ...secondaries.map(() => 'replaces'),
    ].toSorted();

  it('serves exactly what is true of each type', () => {
    const facts: readonly (readonly [type: string, ids: readonly string[]])[] = [
      ['Observation', persons().flatMap(({ labs }) => labs.map(idOfNative))],
      ['MedicationDispense', persons().flatMap(({ dispenses }) => dispenses.map(idOfNative))],
      ['Practitioner', practitionerTruths(population).map(idOfNative)],
      ['Organization', organizationTruths(population).map(idOfNative)],
      ...resources().map((truth) => [truth.resource.resourceType, [idOf(truth)]] as const),
    ];
    for (const type of types().filter((one) => one !== 'Patient' && one !== 'Provenance')) {
      const expected = facts.flatMap(([of, list]) => (of === type ? list : []));
      expect({ type, untrue: difference(ids(type), expected) }).toEqual({ type, untrue: [] });
      expect({ type, missing: difference(expected, ids(type)) }).toEqual({ type, missing: [] });
    }
    expect(served.get('Patient')?.size).toBe(persons().length);
  });

  it('tells of everything where it comes from, also of what cannot be mapped, and of nothing else', () => {
    const told = new Set(all<Provenance>('Provenance').flatMap(({ target }) => target[0]?.reference ?? ''));
    const others = [...served.keys()].filter((type) => type !== 'Provenance');
    const names = new Set(others.flatMap((type) => ids(type).map((id) => `${type}/${id}`)));
    expect([...names].filter((name) => !told.has(name))).toEqual([]);
    const untold = [...told].filter((name) => !names.has(name));
    expect(untold).toHaveLength([...damaged.values()].flat().length);
  });

  const ids = (type: string): string[] => [...(served.get(type)?.keys() ?? [])];
  /** Of several branches over one table, the one whose resource says the same. */
  const idOf = (truth: TruthResource): string => {
    const names = namesOf(truth.resource.resourceType, truth.native);
    const text = names.length > 1 ? trueText(truth, referenceOf) : '';
    return (names.find((name) => whole.get(name) === text) ?? names[0] ?? '').split('/')[1] ?? '';
  };

  const damage = (): TruthDamage[] => [...sharedDamaged, ...truths.flatMap((truth) => truth.damaged)];

  it('reports every damaged row of each type by its element, and no other', () => {
    for (const type of types()) {
      const elements = damage().flatMap((row) => (typeOfDamage(row) === type ? row.element : []));
      const told = (damaged.get(type) ?? []).map(
        (expression) => elements.find((element) => isOfElement(element, expression)) ?? expression,
      );
      expect({ type, told: told.toSorted() }).toEqual({ type, told: elements.toSorted() });
    }
  });

  it('refuses to read each damaged row, and names its element in the page that would hold it', async () => {
    const kinds = new Set(damage().map(({ kind }) => kind));
    expect(kinds).toEqual(new Set([...Object.keys(DAMAGE_KINDS), ...Object.keys(SHARED_DAMAGE_KINDS)]));
    const toldOf = await createDamageReader(server);
    const wrong: unknown[] = [];
    for (const row of damage()) {
      const told = await toldOf(row);
      const expected: ToldDamage = {
        reads: [`502 error exception read.damaged ${row.element}`],
        page: [`outcome warning exception ${row.element}`],
      };
      if (JSON.stringify(told) !== JSON.stringify(expected)) wrong.push({ ...row, told });
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  let patientIds: Map<string, string> | undefined;
  /** The person's Patient for a registration or customer, the row's own resource for everything else. */
  const referenceOf = (type: string, native: Native): string => {
    if (type !== 'Patient') return namesOf(type, native)[0] ?? 'nothing';
    patientIds ??= new Map(
      persons().flatMap((person) => {
        const id = patientOf(person)?.id ?? '';
        return [person, ...person.secondaries].map((member) => [JSON.stringify(member.native), id] as const);
      }),
    );
    return `Patient/${patientIds.get(JSON.stringify(native)) ?? 'nobody'}`;
  };

  it('serves every other resource whole, as it is true, and with nothing else in it', () => {
    const wrong = resources().flatMap((truth) => {
      const name = `${truth.resource.resourceType}/${idOf(truth)}`;
      const [found, wanted] = [whole.get(name) ?? 'nothing', trueText(truth, referenceOf)];
      return found === wanted ? [] : [`${name}\n  served ${found}\n  true   ${wanted}`];
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('shows on the landing page only what a patient has', async () => {
    for (const { links } of STORIES) {
      expect(links.length).toBeGreaterThan(0);
      for (const { search } of links) {
        const { total = 0 } = (await server.search(`${search}&_summary=count`)) as Bundle;
        expect({ search, isThere: total > 0 }).toEqual({ search, isThere: true });
      }
    }
  });

  it('serves each person as one patient with the facts of its demographics', () => {
    const wrong = persons().flatMap((person) => {
      const patient = patientOf(person);
      if (patient === undefined) return [`${person.identifier.value}: not served`];
      const facts = factsOfPatient(patient);
      return mismatch(person.identifier.value, facts, expectedPatient(person, linksOf(person)));
    });
    expect(wrong).toEqual([]);
  });

  it('serves each laboratory result with its facts, about the right person', () => {
    const wrong = persons().flatMap((person) => {
      const patientId = patientOf(person)?.id ?? '';
      return person.labs.flatMap((lab) => {
        const observation = served.get('Observation')?.get(idOfNative(lab)) as Observation | undefined;
        return mismatch(idOfNative(lab), observation && factsOfLab(observation), expectedLab(lab, patientId));
      });
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('serves each dispense with its facts, about the right person', () => {
    const wrong = persons().flatMap((person) => {
      const patientId = patientOf(person)?.id ?? '';
      return person.dispenses.flatMap((dispense) => {
        const resource = served.get('MedicationDispense')?.get(idOfNative(dispense)) as MedicationDispense | undefined;
        return mismatch(
          idOfNative(dispense),
          resource && factsOfDispense(resource),
          expectedDispense(dispense, patientId),
        );
      });
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('serves staff and organisations with their facts', () => {
    const wrongStaff = practitionerTruths(population).flatMap((truth) => {
      const found = served.get('Practitioner')?.get(idOfNative(truth)) as Practitioner | undefined;
      const facts = found && {
        elements: elementsOf(found),
        identifiers: identifierTexts(found.identifier),
        family: found.name?.[0]?.family,
        given: found.name?.[0]?.given ?? [],
        active: found.active,
      };
      return mismatch(idOfNative(truth), facts, {
        elements: ['active', 'identifier', 'name'],
        identifiers: identifierTexts(truth.identifiers),
        family: truth.family,
        given: truth.given,
        active: truth.active,
      });
    });
    expect(wrongStaff).toEqual([]);
    const wrong = organizationTruths(population).flatMap((truth) => {
      const found = served.get('Organization')?.get(idOfNative(truth)) as Organization | undefined;
      const facts = found && {
        elements: elementsOf(found),
        identifiers: identifierTexts(found.identifier),
        name: found.name,
        active: found.active,
        phone: found.telecom?.[0]?.value,
        postalCode: found.address?.[0]?.postalCode,
        type: found.type?.[0]?.coding?.[0]?.code,
        partOf: found.partOf?.reference,
      };
      return mismatch(idOfNative(truth), facts, {
        elements: named({
          ...{ identifier: true, name: truth.name, active: truth.active !== undefined, type: truth.type },
          ...{ telecom: truth.phone, address: truth.postalCode, partOf: truth.partOf },
        }),
        identifiers: identifierTexts(truth.identifiers),
        name: truth.name,
        active: truth.active,
        phone: truth.phone,
        postalCode: truth.postalCode,
        type: truth.type?.code,
        partOf: truth.partOf && `Organization/mo.${truth.partOf.key[0] ?? ''}`,
      });
    });
    expect(wrong).toEqual([]);
  });

  it('lets secondary members only be read, and found by their identifiers as the person', async () => {
    const withSecondaries = persons().filter((person) => person.secondaries.length > 0);
    expect(withSecondaries.length).toBeGreaterThan(10);
    for (const person of withSecondaries.slice(0, 12)) {
      const patient = patientOf(person);
      for (const { identifier } of person.secondaries) {
        const found = await server.search(`Patient?identifier=${identifier.system}|${identifier.value}`);
        expect(found).toMatchObject({ resourceType: 'Bundle', entry: [{ resource: { id: patient?.id } }] });
      }
    }
  });
});

const PREFIX = new Map([
  ['LABRSLT', 'ml'],
  ['LABEAV', 'me'],
  ['dispense', 'pd'],
  ['PROVMST', 'mq'],
  ['prescriber', 'pr'],
  ['DEPT', 'mo'],
  ['store', 'ps'],
]);

function idOfNative({
  native,
}: {
  readonly native: { readonly table: string; readonly key: readonly string[] };
}): string {
  return `${PREFIX.get(native.table) ?? ''}.${native.key.join('-')}`;
}

function identifierTexts(
  identifiers: readonly { readonly use?: string; readonly system?: string; readonly value?: string }[] | undefined,
): string[] {
  return (identifiers ?? []).map(({ use, system, value }) => `${use ?? ''}|${system ?? ''}|${value ?? ''}`).toSorted();
}

function difference(a: readonly string[], b: readonly string[]): string[] {
  const known = new Set(b);
  return a.filter((id) => !known.has(id)).slice(0, 10);
}

function mismatch(name: string, actual: object | undefined, expected: object): string[] {
  const found = actual === undefined ? 'nothing' : JSON.stringify(clean(actual));
  const wanted = JSON.stringify(clean(expected));
  return found === wanted ? [] : [`${name}\n  served ${found}\n  true   ${wanted}`];
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, clean(v)]),
  );
}

function factsOfPatient(patient: Patient): object {
  return {
    identifiers: identifierTexts(patient.identifier),
    active: patient.active,
    family: patient.name?.[0]?.family,
    given: patient.name?.[0]?.given ?? [],
    gender: patient.gender,
    birthDate: patient.birthDate,
    deceased: patient.deceasedDateTime,
    addresses: (patient.address ?? []).map((a) => ({
      use: a.use,
      line: a.line ?? [],
      city: a.city,
      state: a.state,
      postalCode: a.postalCode,
      start: a.period?.start,
      end: a.period?.end,
    })),
    telecom: (patient.telecom ?? []).map(({ system, use, value }) => ({ system, use, value })),
    maritalStatus: patient.maritalStatus?.coding?.[0] && codingText(patient.maritalStatus.coding[0]),
    language: patient.communication?.[0]?.language.coding?.[0]?.code,
    generalPractitioner: patient.generalPractitioner?.[0]?.reference,
    managingOrganization: patient.managingOrganization?.reference,
    lastUpdated: patient.meta?.lastUpdated,
    elements: elementsOf(patient),
    links: (patient.link ?? [])
      .map(({ type, other }) => (type === 'replaces' ? type : `${type} ${other.reference ?? ''}`))
      .toSorted(),
  };
}

function expectedPatient(person: TruthPerson, links: readonly string[]): object {
  return {
    identifiers: identifierTexts(person.identifiers),
    active: person.active,
    family: person.family,
    given: person.given,
    gender: person.gender,
    birthDate: person.birthDate,
    deceased: person.deceased,
    addresses: person.addresses,
    telecom: person.telecom,
    maritalStatus: person.maritalStatus && codingText(person.maritalStatus),
    language: person.language,
    generalPractitioner: person.generalPractitioner && `Practitioner/mq.${person.generalPractitioner.key[0] ?? ''}`,
    managingOrganization: person.managingOrganization && `Organization/mo.${person.managingOrganization.key[0] ?? ''}`,
    lastUpdated: person.lastUpdated,
    elements: named({
      ...{ identifier: true, active: true, name: true, gender: true, birthDate: person.birthDate },
      ...{ deceasedDateTime: person.deceased, address: person.addresses, telecom: person.telecom },
      ...{ maritalStatus: person.maritalStatus, communication: person.language },
      ...{ generalPractitioner: person.generalPractitioner, managingOrganization: person.managingOrganization },
      link: links,
    }),
    links,
  };
}

function codingText({ system, code }: { readonly system?: string; readonly code?: string }): string {
  return `${system ?? ''}|${code ?? ''}`;
}

function codings(concept: CodeableConcept | undefined): string[] {
  return (concept?.coding ?? []).map(codingText);
}

/** With displays, and the text: all that a concept tells. */
function wholeConcept(concept: CodeableConcept | undefined): object {
  return {
    codings: (concept?.coding ?? []).map((coding) => `${codingText(coding)}|${coding.display ?? ''}`),
    text: concept?.text,
  };
}

/** The elements that a resource has, beyond those that all have. */
function elementsOf(resource: Resource): readonly string[] {
  return Object.keys(resource)
    .filter((name) => !['resourceType', 'id', 'meta'].includes(name))
    .toSorted();
}

/** The names of what is there. */
function named(elements: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(elements)
    .filter(([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name)
    .toSorted();
}

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

function quantity(q: Quantity | undefined): object | undefined {
  return q && { number: Number(q.value), comparator: q.comparator, unit: q.unit, ucum: q.code };
}

function truthQuantity(q: TruthQuantity | undefined): object | undefined {
  return q && { number: Number(q.number), comparator: q.comparator, unit: q.unit, ucum: q.ucum };
}

function factsOfLab(o: Observation): object {
  const [range] = o.referenceRange ?? [];
  return {
    identifier: o.identifier?.[0]?.value,
    subject: o.subject?.reference,
    status: o.status,
    elements: elementsOf(o),
    profiles: o.meta?.profile,
    category: o.category?.map(wholeConcept),
    code: wholeConcept(o.code),
    effective: o.effectiveDateTime,
    issued: o.issued,
    value: o.valueQuantity ? quantity(o.valueQuantity) : (o.valueString ?? o.dataAbsentReason?.coding?.[0]?.code),
    low: quantity(range?.low),
    high: quantity(range?.high),
    rangeText: range?.text,
    interpretation: codings(o.interpretation?.[0])[0],
    specimen: o.specimen?.reference,
    security: o.meta?.security,
    performers: o.performer?.map((p) => p.reference) ?? [],
  };
}

function expectedLab(lab: TruthLab, patientId: string): object {
  const { value } = lab;
  return {
    identifier: lab.identifier?.value,
    subject: `Patient/${patientId}`,
    status: lab.status,
    elements: named({
      ...{ status: true, category: true, code: true, subject: true, identifier: lab.identifier },
      ...{ effectiveDateTime: lab.effective, issued: lab.issued, performer: lab.performers, specimen: lab.specimen },
      ...{ valueQuantity: value.is === 'quantity', valueString: value.is === 'text' },
      ...{ dataAbsentReason: value.is === 'absent', interpretation: lab.interpretation },
      referenceRange: lab.low ?? lab.high ?? lab.rangeText,
    }),
    profiles: [`${US_CORE}us-core-observation-lab`],
    category: [
      {
        codings: ['http://terminology.hl7.org/CodeSystem/observation-category|laboratory|Laboratory'],
        text: undefined,
      },
    ],
    code: {
      codings: lab.codings.map((coding: TruthCoding) => `${codingText(coding)}|${coding.display ?? ''}`),
      text: lab.codings.find(({ display }) => display !== undefined)?.display,
    },
    effective: lab.effective,
    issued: lab.issued,
    value: value.is === 'quantity' ? truthQuantity(value.quantity) : value.is === 'text' ? value.text : 'unknown',
    low: truthQuantity(lab.low),
    high: truthQuantity(lab.high),
    rangeText: lab.rangeText,
    interpretation: lab.interpretation && codingText(lab.interpretation),
    specimen: lab.specimen && `Specimen/msp.${lab.specimen.key[0] ?? ''}`,
    security: lab.security,
    performers: lab.performers.map((p) =>
      p.table === 'DEPT' ? `Organization/mo.${p.key[0] ?? ''}` : `Practitioner/mq.${p.key[0] ?? ''}`,
    ),
  };
}

function factsOfDispense(d: MedicationDispense): object {
  return {
    subject: d.subject?.reference,
    identifier: d.identifier?.[0]?.value,
    status: d.status,
    elements: elementsOf(d),
    profiles: d.meta?.profile,
    codings: codings(d.medicationCodeableConcept),
    text: d.medicationCodeableConcept?.text,
    quantity: quantity(d.quantity),
    daysSupply: d.daysSupply?.value,
    whenPrepared: d.whenPrepared,
    whenHandedOver: d.whenHandedOver,
    dosage: d.dosageInstruction?.[0]?.text,
    performer: d.performer?.[0]?.actor.reference,
  };
}

function expectedDispense(d: TruthDispense, patientId: string): object {
  return {
    subject: `Patient/${patientId}`,
    identifier: d.identifier.value,
    status: d.status,
    elements: named({
      ...{ identifier: true, status: true, medicationCodeableConcept: true, subject: true, performer: true },
      ...{ quantity: d.quantity, daysSupply: d.daysSupply, whenPrepared: d.whenPrepared },
      ...{ whenHandedOver: d.whenHandedOver, dosageInstruction: d.dosage },
    }),
    profiles: [`${US_CORE}us-core-medicationdispense`],
    codings: d.codings.map((coding: TruthCoding) => codingText(coding)),
    text: d.text,
    quantity: truthQuantity(d.quantity),
    daysSupply: d.daysSupply,
    whenPrepared: d.whenPrepared,
    whenHandedOver: d.whenHandedOver,
    dosage: d.dosage,
    performer: `Organization/ps.${d.performer.key[0] ?? ''}`,
  };
}
