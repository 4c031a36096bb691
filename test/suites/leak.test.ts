import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, Group, Patient, Resource } from '@medplum/fhirtypes';
import type { Access } from '../../src/contracts/index.ts';
import { patientPathOf } from '../../src/fhir/index.ts';
import { createRandom } from '../oracle/random.ts';
import { testClock } from '../support/demo-home.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { matchesOf, mostMerged } from '../support/patients.ts';
import { isFull } from '../support/scale.ts';
import { siteTypes } from '../support/site-setting.ts';

const victimsMax = 12;
/** How many values each parameter is asked for, and how many criteria each hop; more for a thorough run. */
const valuesMax = Number(process.env['FASCIA_LEAK_VALUES'] ?? (isFull ? 4 : 1));
const perHop = isFull ? 8 : 2;
const sharedTypes = siteTypes.filter((type) => patientPathOf(type) === 'shared');
/** Types whose resources are about many patients at once. */
const closedTypes = siteTypes.filter((type) => patientPathOf(type) === undefined);
/** Types that no search parameter leads to from their patient. */
const proxiedTypes = siteTypes.filter((type) => isProxied(type));
const patientTypes = siteTypes.filter(
  (type) => type !== 'Patient' && typeof patientPathOf(type) === 'object' && !proxiedTypes.includes(type),
);

function isProxied(type: string): boolean {
  const path = patientPathOf(type);
  return typeof path === 'object' && path.is === 'element';
}

type Identified = Resource & { readonly id: string };

describe('the access of one patient', () => {
  let open: DemoServer;
  let narrowed: DemoServer;
  let statement: CapabilityStatement;
  let own: Patient & { readonly id: string };
  /** Every id that is the patient's own: the person's, and those of the registrations that it replaced. */
  let ownIds: ReadonlySet<string>;
  /** `Type/id` of what is about the patient. */
  const ownNames = new Set<string>();
  let victims: Identified[];
  const world = new Map<string, Identified[]>();
  /** What must never be seen: ids and record numbers of others. */
  let secrets: readonly string[];

  beforeAll(async () => {
    open = await startDemoServer();
    statement = (await (await open.fetch('metadata')).json()) as CapabilityStatement;
    const patients = (await matchesOf<Patient>(open, 'Patient?_count=500')) as (Patient & { readonly id: string })[];
    own = mostMerged(patients);
    ownIds = new Set([own.id, ...referred(own, 'replaces')]);
    const others = patients.filter(({ id }) => id !== own.id);
    const linked = others.filter(({ link }) => link !== undefined);
    victims = [
      ...linked.slice(0, victimsMax / 2),
      ...others.filter((one) => one.link === undefined).slice(0, victimsMax / 2),
    ];
    for (const type of patientTypes) victims.push(...(await furtherVictim(type, others)));
    world.set('Patient', victims);
    for (const type of patientTypes) {
      const ids = victims.map(({ id }) => id).join(',');
      world.set(type, await matchesOf<Identified>(open, `${type}?${codeOf(type)}=${ids}&_count=500`));
      expect({ type, isKnown: world.get(type)?.length !== 0 }).toEqual({ type, isKnown: true });
    }
    expect([...world.values()].flat().length).toBeGreaterThan(victimsMax * 10);
    for (const type of proxiedTypes) {
      const all = await matchesOf<Identified>(open, `${type}?_count=500`);
      for (const resource of all) if (isOwn(resource)) ownNames.add(`${type}/${resource.id}`);
      world.set(
        type,
        all.filter((resource) => !isOwn(resource)),
      );
      expect({ type, isKnown: world.get(type)?.length !== 0 }).toEqual({ type, isKnown: true });
    }
    for (const type of [...sharedTypes, ...closedTypes])
      world.set(type, await matchesOf<Identified>(open, `${type}?_count=500`));
    world.set('Provenance', []);
    ownNames.add(`Patient/${own.id}`);
    for (const type of patientTypes) world.get('Provenance')?.push(...(await tellersOf(type, world.get(type) ?? [])));
    for (const type of patientTypes) {
      const found = await matchesOf<Identified>(open, `${type}?${codeOf(type)}=${own.id}&_count=500`);
      for (const { id } of found) ownNames.add(`${type}/${id}`);
    }
    secrets = [
      ...victims.flatMap((victim) => [victim.id, ...referred(victim as Patient, 'replaces')]),
      ...victims.flatMap((victim) =>
        ((victim as Patient).identifier ?? []).map(({ system, value }) => `"${system ?? ''}","value":"${value ?? ''}`),
      ),
      ...[...patientTypes, ...proxiedTypes, ...closedTypes, 'Provenance'].flatMap((type) =>
        (world.get(type) ?? []).map(({ id }) => `${type}/${id}`),
      ),
    ].map((secret) => `${secret}"`);
    narrowed = await startDemoServer({ access: accessTo(own.id) });
  });
  afterAll(async () => {
    await open.stop();
    await narrowed.stop();
  });

  /** The search parameter that leads to the patient whom resources of a type are about. */
  function codeOf(type: string): string {
    const path = patientPathOf(type);
    expect({ type, path }).toMatchObject({ type, path: { is: 'patient' } });
    return typeof path === 'object' && path.is === 'patient' ? path.code : '';
  }

  /** What tells of some resources of a type. */
  async function tellersOf(type: string, resources: readonly Identified[]): Promise<Identified[]> {
    const ids = resources.slice(0, 20).map(({ id }) => `${type}/${id}`);
    return matchesOf<Identified>(open, `Provenance?target=${ids.join(',')}&_count=500`);
  }

  /** Somebody who has a resource of the type, where none of the victims has. */
  async function furtherVictim(type: string, others: readonly Identified[]): Promise<Identified[]> {
    const ids = victims.map(({ id }) => id).join(',');
    const known = (await open.search(`${type}?${codeOf(type)}=${ids}&_summary=count`)) as Bundle;
    if (known.total !== 0) return [];
    const about = (await matchesOf<Identified>(open, `${type}?_count=500`)).map(patientOf);
    return others.filter(({ id }) => about.includes(`Patient/${id}`)).slice(0, 1);
  }

  /** An id like that of a resource, of which there is none. */
  async function missingLike(type: string, id: string): Promise<string> {
    const missing = type === 'Patient' ? 'mp.unknown' : id.replace(/\d+$/, (digits) => '9'.repeat(digits.length));
    expect((await open.fetch(`${type}/${missing}`)).status).toBe(404);
    return missing;
  }

  function accessTo(patient: string): Access {
    return { reach: { is: 'patient', patient }, agent: 'test' };
  }

  function referred(patient: Patient, type: string): string[] {
    return (patient.link ?? []).flatMap((link) =>
      link.type === type ? [link.other.reference?.slice('Patient/'.length) ?? ''] : [],
    );
  }

  /** Checks everything that an answer says but the links, which repeat the caller's own words. */
  function expectOwn(query: string, bundle: Bundle): void {
    const { entry = [] } = bundle;
    const strangers = entry.flatMap(({ resource }) =>
      resource === undefined || isOwn(resource) ? [] : [`${resource.resourceType}/${resource.id ?? ''}`],
    );
    expect({ query, strangers }).toEqual({ query, strangers: [] });
    const text = JSON.stringify(entry);
    expect({ query, told: secretsIn(text) }).toEqual({ query, told: [] });
  }

  function secretsIn(text: string): string[] {
    return secrets.filter((secret) => text.includes(secret));
  }

  function isOwn(resource: Resource): boolean {
    const { resourceType: type } = resource;
    if (type === 'Patient') return resource.id === own.id;
    if (type === 'Provenance') {
      const name = resource.target[0]?.reference ?? '';
      return ownNames.has(name) || sharedTypes.includes(name.split('/')[0] ?? '');
    }
    return type === 'OperationOutcome' || sharedTypes.includes(type) || patientOf(resource) === `Patient/${own.id}`;
  }

  /** The text of an answer without what differs from request to request. */
  async function answerOf(
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; text: string; headers: object }> {
    const response = await narrowed.fetch(path, init);
    const ignored = ['date', 'x-request-id', 'content-length'];
    return {
      status: response.status,
      text: await response.text(),
      headers: Object.fromEntries([...response.headers].filter(([name]) => !ignored.includes(name))),
    };
  }

  it('does not tell whether registrations of others were joined, but does of its own', async () => {
    const outcomesOf = async (query: string): Promise<Resource[]> =>
      (((await narrowed.search(query)) as Bundle).entry ?? []).flatMap(({ search, resource }) =>
        search?.mode === 'outcome' && resource !== undefined ? [resource] : [],
      );
    const joined = victims.flatMap((victim) => referred(victim as Patient, 'replaces'));
    expect(joined.length).toBeGreaterThan(0);
    for (const query of ['Patient?_id=', 'Observation?patient=', 'Patient?_has:Observation:patient:patient=']) {
      for (const id of joined) expect(await outcomesOf(query + id)).toEqual([]);
      for (const id of referred(own, 'replaces')) expect(await outcomesOf(query + id)).toHaveLength(1);
    }
  });

  it('reads the own record, and answers every other instance like one that does not exist', async () => {
    for (const id of ownIds) expect((await narrowed.fetch(`Patient/${id}`)).status).toBe(200);
    for (const type of ['Patient', ...patientTypes, ...proxiedTypes, ...closedTypes, 'Provenance']) {
      for (const { id } of (world.get(type) ?? []).slice(0, 3)) {
        const missing = await missingLike(type, id);
        const etag = (await open.fetch(`${type}/${id}`)).headers.get('etag') ?? '';
        const version = etag.replace(/^W\/"|"$/g, '');
        const ways: (readonly [path: string, init?: RequestInit])[] = [
          [''],
          ['?_summary=true'],
          ['?_elements=id'],
          [`/_history/${version}`],
          ['', { method: 'HEAD' }],
          ['', { headers: { 'If-None-Match': etag } }],
          ['', { headers: { 'If-Modified-Since': new Date(testClock.nowMs()).toUTCString() } }],
          ['/$validate', { method: 'POST' }],
          ['/$validate'],
        ];
        for (const [path, init] of ways) {
          const answer = await answerOf(`${type}/${id}${path}`, init);
          expect({ path, status: answer.status }).toEqual({ path, status: 404 });
          expect(answer).toEqual(await answerOf(`${type}/${missing}${path}`, init));
        }
      }
    }
  });

  it('finds nothing of another patient by any parameter, modifier, chain, _has or include', async () => {
    const queries = queriesAbout(world, statement).filter((_, at) => isFull || at % 2 === 0);
    expect(queries.length).toBeGreaterThan(300);
    const statuses = new Map<number, number>();
    for (const query of queries) {
      const response = await narrowed.fetch(query);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect([200, 400, 403]).toContain(response.status);
      if (response.status === 200) expectOwn(query, (await response.json()) as Bundle);
    }
    expect(statuses.get(200)).toBeGreaterThan(queries.length * 0.6);
    // Under the open access the same searches do tell of others: they are about them.
    const ofPatients = queries.filter((query) => !sharedTypes.includes(query.slice(0, query.indexOf('?'))));
    const sample = ofPatients.filter((_, at) => at % 10 === 0);
    const told = await Promise.all(
      sample.map(async (query) => secretsIn(await (await open.fetch(query)).text()).length > 0),
    );
    expect(told.filter(Boolean).length).toBeGreaterThan(sample.length / 6);
  }, 300_000);

  it('counts, sorts and totals the own record alone', async () => {
    for (const type of patientTypes) {
      const count = (await open.search(`${type}?${codeOf(type)}=${own.id}&_summary=count`)) as Bundle;
      for (const query of ['_summary=count', '_total=accurate&_count=1', '_count=0', '_id:not=x&_total=accurate']) {
        expect({ query, total: ((await narrowed.search(`${type}?${query}`)) as Bundle).total }).toEqual({
          query,
          total: count.total,
        });
      }
      const page = (await narrowed.search(`${type}?_count=500`)) as Bundle;
      expectOwn(type, page);
    }
    expect(await narrowed.search('Patient?_summary=count')).toMatchObject({ total: 1 });
    expect(await narrowed.search('Patient?_id:not=x&_total=accurate')).toMatchObject({ total: 1 });
  });

  it('reaches nothing that is about many patients, not even where it names the own one', async () => {
    expect(closedTypes).toContain('Group');
    for (const type of closedTypes) {
      for (const query of ['_summary=count', '_total=accurate&_count=1', '_id:not=x&_total=accurate'])
        expect(await narrowed.search(`${type}?${query}`)).toMatchObject({ total: 0 });
    }
    const listed = (world.get('Group') as readonly Group[])
      .flatMap(({ member = [] }) => member)
      .map(({ entity }) => entity.reference?.slice('Patient/'.length) ?? '')[0];
    const lists = (await open.search(`Group?member=${listed ?? ''}`)) as Bundle;
    expect(lists.entry?.length).toBeGreaterThan(0);
    const server = await startDemoServer({ access: accessTo(listed ?? '') });
    try {
      for (const { resource } of lists.entry ?? [])
        expect((await server.fetch(`Group/${resource?.id ?? ''}`)).status).toBe(404);
      for (const query of [
        `Group?member=${listed ?? ''}`,
        'Patient?_has:Group:member:actual=true',
        'Organization?_has:Group:managing-entity:actual=true',
      ])
        expect(await matchesOf(server, query)).toEqual([]);
      for (const query of ['Patient?_revinclude=Group:member', 'Organization?_revinclude=Group:managing-entity'])
        expect(JSON.stringify(await server.pages(`${query}&_count=100`))).not.toContain('"resourceType":"Group"');
    } finally {
      await server.stop();
    }
  });

  it('reaches nobody through what all share', async () => {
    const [ownObservation] = await matchesOf<Resource>(narrowed, 'Observation?_count=500');
    expect(ownObservation).toBeDefined();
    for (const victim of victims) {
      for (const query of [
        `Practitioner?_has:Observation:performer:patient=${victim.id}`,
        `Organization?_has:MedicationDispense:performer:patient=${victim.id}`,
        `Observation?patient=${victim.id}`,
        `Observation?subject=Patient/${victim.id}`,
        `Observation?subject:Patient=${victim.id}`,
        `Observation?patient=${own.id},${victim.id}`,
        `Observation?patient._id=${victim.id}`,
        `Observation?patient:not=${own.id}`,
        `Patient?_id=${victim.id}`,
        `Patient?_id=${own.id},${victim.id}`,
        `Patient?link=${victim.id}`,
        `Patient?identifier=${(victim as Patient).identifier?.[0]?.value ?? ''}`,
      ]) {
        const response = await narrowed.fetch(query);
        const bundle = (await response.json()) as Bundle;
        if (response.status === 200) expectOwn(query, bundle);
        const matches = (bundle.entry ?? []).filter(({ search }) => search?.mode === 'match');
        if (!query.includes(own.id)) expect({ query, matches }).toEqual({ query, matches: [] });
      }
    }
    for (const query of [
      'Practitioner?_revinclude=Observation:performer',
      'Organization?_revinclude=MedicationDispense:performer',
      'Organization?_revinclude=Patient:organization',
      'Practitioner?_revinclude=Patient:general-practitioner',
    ]) {
      for (const page of await narrowed.pages(`${query}&_count=100`)) expectOwn(query, page);
    }
  });

  it('tells from an empty search neither whether somebody exists nor what a row of somebody holds', async () => {
    const bare = async (query: string): Promise<string> => {
      const answer = await answerOf(query);
      return answer.text.replace(/"url":"[^"]*"/g, '');
    };
    const [damaged] = (await open.pages('Observation?_count=500')).flatMap(({ entry = [] }) =>
      entry.filter(({ search }) => search?.mode === 'outcome'),
    );
    expect(damaged).toBeDefined();
    for (const type of patientTypes) {
      for (const { id } of (world.get(type) ?? []).slice(0, 5)) {
        expect(await bare(`${type}?_id=${id}&_total=accurate`)).toBe(
          await bare(`${type}?_id=${id.slice(0, 3)}1&_total=accurate`),
        );
      }
    }
    for (const { id } of victims)
      expect(await bare(`Patient?_id=${id}&_total=accurate`)).toBe(
        await bare('Patient?_id=mp.unknown&_total=accurate'),
      );
    const warnings = (await narrowed.pages('Observation?_count=500')).flatMap(({ entry = [] }) =>
      entry.filter(({ search }) => search?.mode === 'outcome'),
    );
    const ownWarnings = (await open.pages(`Observation?patient=${own.id}&_count=500`)).flatMap(({ entry = [] }) =>
      entry.filter(({ search }) => search?.mode === 'outcome'),
    );
    expect(warnings.map(({ resource }) => resource)).toEqual(ownWarnings.map(({ resource }) => resource));
  });

  it('opens no page link that was written for another access', async () => {
    const first = (await open.search('Observation?_count=5')) as Bundle;
    const next =
      first.link
        ?.find(({ relation }) => relation === 'next')
        ?.url.replace(open.base, '')
        .slice(1) ?? '';
    expect((await narrowed.fetch(next)).status).toBe(400);
  });

  // A candidate link names a person who may be another patient; narrowing does not reach the links of a Patient yet.
  it('is told nothing of persons who may be the same, for they may be others', async () => {
    const similar = (await matchesOf<Patient & { readonly id: string }>(open, 'Patient?_count=500')).find(
      (patient) => referred(patient, 'seealso').length > 0,
    );
    const server = await startDemoServer({ access: accessTo(similar?.id ?? '') });
    try {
      const found = await server.read<Patient>(`Patient/${similar?.id ?? ''}`);
      const ids = referred(found, 'seealso');
      for (const id of ids) expect((await server.fetch(`Patient/${id}`)).status).toBe(404);
      expect(ids).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

/** The reference to the patient whom a resource is about, by the elements that R4 has for it. */
function patientOf(resource: Resource): string | undefined {
  const { subject, patient, beneficiary, individual, securityContext } = resource as unknown as Readonly<
    Record<string, { reference?: string } | undefined>
  >;
  return (subject ?? patient ?? beneficiary ?? individual ?? securityContext)?.reference;
}

/** Searches by every parameter, forwards and through every hop, whose values come from the records of others. */
function queriesAbout(
  world: ReadonlyMap<string, readonly Resource[]>,
  statement: CapabilityStatement,
): readonly string[] {
  const random = createRandom(7);
  const rows = statement.rest?.[0]?.resource ?? [];
  const paramsOf = (type: string): readonly { name: string; type: string }[] =>
    (rows.find((row) => row.type === type)?.searchParam ?? []).map((param) => ({
      name: param.name,
      type: param.type,
    }));
  const memory = new Map<string, readonly string[]>();
  const textsOf = (type: string, kind: string): readonly string[] => {
    const name = `${type} ${kind}`;
    const texts = memory.get(name) ?? textsIn(world.get(type) ?? [], kind);
    memory.set(name, texts);
    return texts;
  };
  const valuesOf = (type: string, kind: string): readonly string[] => random.sample(textsOf(type, kind), valuesMax);
  const criteria = (type: string, head: string): string[] =>
    paramsOf(type).flatMap((param) => [
      ...valuesOf(type, param.type).flatMap((value) =>
        ['', ...(param.type === 'token' ? [':not'] : param.type === 'string' ? [':contains', ':exact'] : [])].map(
          (modifier) => `${head}${param.name}${modifier}=${encodeURIComponent(value)}`,
        ),
      ),
      ...(param.type === 'composite' || param.name === '_id'
        ? []
        : [`${head}${param.name}:missing=${random.chance(0.5)}`]),
    ]);
  /** The types that resources of a type refer to. */
  const leadsTo = (type: string): readonly string[] => {
    const named = new Set(textsOf(type, 'reference').map((to) => to.split('/')[0]));
    return rows.flatMap((row) => (named.has(row.type) ? [row.type] : []));
  };
  const queries = rows.flatMap(({ type = '', searchInclude = [], searchRevInclude = [] }) => {
    const hops = [...searchInclude, ...searchRevInclude].flatMap((path) => {
      const [source = '', code = ''] = path.split(':');
      const isForward = source === type;
      const targets = isForward ? leadsTo(source) : [source];
      return targets.flatMap((target) =>
        random.sample(criteria(target, isForward ? `${code}:${target}.` : `_has:${source}:${code}:`), perHop),
      );
    });
    const includes = [
      ...searchInclude.map((path) => `_include=${path}`),
      ...searchRevInclude.map((path) => `_revinclude=${path}`),
    ];
    return [...criteria(type, ''), ...hops, ...includes].map((criterion) => {
      const more = random.chance(0.4) ? `&${random.pick(includes) ?? ''}` : '';
      return `${type}?${criterion}&_count=${1 + random.below(30)}${more}${random.chance(0.3) ? '&_total=accurate' : ''}`;
    });
  });
  return [...new Set(queries)];
}

/** Texts in resources that a parameter of a kind might be asked for. */
function textsIn(resources: readonly Resource[], kind: string): readonly string[] {
  const found = new Set<string>();
  const visit = (node: unknown, name: string): void => {
    if (Array.isArray(node))
      node.forEach((one) => {
        visit(one, name);
      });
    else if (typeof node === 'object' && node !== null) {
      const { system, value, code } = node as Record<string, unknown>;
      if (kind === 'token' && typeof system === 'string') found.add(`${system}|${String(value ?? code)}`);
      if (kind === 'composite' && typeof code === 'string') found.add(`${code}$gt0`);
      for (const [inner, child] of Object.entries(node)) visit(child, inner);
    } else if (kind === 'reference' && name === 'reference') found.add(String(node));
    else if (kind === 'quantity' && typeof node === 'number') found.add(`le${node}`);
    else if (kind === 'date' && typeof node === 'string' && /^\d{4}-\d\d/.test(node))
      found.add(`ge${node.slice(0, 10)}`);
    else if (kind === 'string' && ['family', 'given', 'city', 'line', 'name', 'state', 'postalCode'].includes(name))
      found.add(String(node));
    else if (kind === 'token' && ['id', 'code', 'value', 'gender', 'status'].includes(name)) found.add(String(node));
  };
  visit(resources, '');
  return [...found];
}
