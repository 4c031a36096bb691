import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { readAdvertised } from './definitions.ts';

/** A server under test, reached from outside. Paths are relative to its base, or absolute URLs that it wrote. */
export interface Server {
  readonly baseUrl: string;
  read(path: string): Promise<unknown>;
}

export function httpServer(baseUrl: string): Server {
  return {
    baseUrl,
    read: async (path) => {
      const url = path.startsWith('http') ? path : `${baseUrl}/${path}`;
      return (await fetchAnew(url)).json();
    },
  };
}

/** As `fetch`. A kept connection may have been closed while the oracle was thinking: one more attempt. */
export function fetchAnew(url: string): Promise<Response> {
  return fetch(url).catch(() => fetch(url));
}

export interface Harvest {
  readonly statement: CapabilityStatement;
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /** How many rows of each type were reported as damaged: counted by totals, absent from entries. */
  readonly damaged: ReadonlyMap<string, number>;
  /** `Type.param` of each parameter by which the server sorts. */
  readonly sortable: ReadonlySet<string>;
}

/** Everything that a server serves: each type from its first page to its last, and the secondary Patients that the others name. */
export async function harvest(server: Server, pageSize: number): Promise<Harvest> {
  const statement = (await server.read('metadata')) as CapabilityStatement;
  const advertised = readAdvertised(statement);
  const resources = new Map<string, Resource[]>();
  const damaged = new Map<string, number>();
  const sortable = new Set<string>();
  for (const type of advertised.types) {
    const { found, total } = await readType(server, type, pageSize);
    resources.set(type, found);
    damaged.set(type, total - found.length);
    for (const { code } of advertised.parameters(type)) {
      const answer = (await server.read(`${type}?_sort=${code}&_count=1`)) as Resource;
      if (answer.resourceType === 'Bundle') sortable.add(`${type}.${code}`);
    }
  }
  const patients = resources.get('Patient') ?? [];
  patients.push(...(await readReplaced(server, patients)));
  return { statement, resources, damaged, sortable };
}

async function readType(server: Server, type: string, pageSize: number): Promise<{ found: Resource[]; total: number }> {
  const found: Resource[] = [];
  let total = 0;
  for (let next: string | undefined = `${type}?_count=${pageSize}&_total=accurate`; next !== undefined;) {
    const page = (await server.read(next)) as Bundle | OperationOutcome;
    if (page.resourceType !== 'Bundle') throw new Error(`${type} cannot be read: ${JSON.stringify(page.issue)}`);
    total = page.total ?? total;
    const matches = (page.entry ?? []).filter((entry) => entry.search?.mode === 'match');
    found.push(...matches.flatMap((entry) => entry.resource ?? []));
    next = page.link?.find((link) => link.relation === 'next')?.url;
  }
  return { found, total };
}

async function readReplaced(server: Server, patients: readonly Resource[]): Promise<Resource[]> {
  const names = patients.flatMap((patient) =>
    patient.resourceType === 'Patient'
      ? (patient.link ?? []).flatMap((link) => (link.type === 'replaces' ? (link.other.reference ?? []) : []))
      : [],
  );
  const answers = await Promise.all(names.map((name) => server.read(name)));
  return answers.map((answer) => answer as Resource).filter((resource) => resource.resourceType === 'Patient');
}
