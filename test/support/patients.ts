import type { Bundle, Patient, Resource } from '@medplum/fhirtypes';

/** Anything that answers paths below a base. */
export interface Answering {
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>;
}

/** The matches of all pages of a search. */
export async function matchesOf<T extends Resource>(server: Answering, typeAndQuery: string): Promise<T[]> {
  const found: T[] = [];
  for (let next: string | undefined = typeAndQuery; next !== undefined;) {
    const response = await server.fetch(next);
    if (response.status !== 200) throw new Error(`${typeAndQuery}: ${response.status} ${await response.text()}`);
    const bundle = (await response.json()) as Bundle;
    const matches = (bundle.entry ?? []).filter((entry) => entry.search?.mode === 'match');
    found.push(...matches.map((entry) => entry.resource as T));
    next = bundle.link?.find((link) => link.relation === 'next')?.url;
  }
  return found;
}

/** The Patient who joins most registrations: the hardest one to narrow to. */
export function mostMerged(patients: readonly Patient[]): Patient & { readonly id: string } {
  const replaced = (patient: Patient): number => (patient.link ?? []).filter((link) => link.type === 'replaces').length;
  return patients.toSorted((a, b) => replaced(b) - replaced(a))[0] as Patient & { readonly id: string };
}
