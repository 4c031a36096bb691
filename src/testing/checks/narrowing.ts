import type { Bundle, Provenance, Reference, Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../../contracts/index.ts';
import { patientPathOf, type PatientPath } from '../../fhir/index.ts';
import { expectNone } from '../differences.ts';
import { matchesIn, pageAt, type Site } from '../site.ts';

const candidatesMax = 20;

/** Under the access of one patient, every type holds exactly what is about that patient, and anybody else's id is unknown. */
export async function checkNarrowing(site: Site): Promise<void> {
  const patient = await richestPatient(site);
  if (patient === undefined) throw new Error('there is no patient to narrow to');
  const narrowed = await site.narrowedTo(patient);
  try {
    const findings: string[] = [];
    for (const { type } of site.catalogue.served.values())
      findings.push(...(await judge(site, narrowed, type, patient)));
    expectNone(`what an app for ${patient} sees`, findings);
  } finally {
    await narrowed.close();
  }
}

async function judge(site: Site, narrowed: Site, type: ResourceType, patient: string): Promise<string[]> {
  const path = patientPathOf(type);
  if (path === undefined) {
    const page = await narrowed.fetch(type);
    const body = (await page.json()) as Bundle;
    return page.status === 200 && matchesIn(body).length > 0 ? [`${type}: something of a type that is nobody's`] : [];
  }
  if (path === 'target') return judgeTellers(site, narrowed, type);
  const expected = new Set((await expectedOf(site, type, path, patient)).map(({ id }) => id ?? ''));
  const seen = (await narrowed.matches(type, '_count=500')).map(({ id }) => id ?? '');
  const strangers = seen.filter((id) => !expected.has(id));
  const missing = [...expected].filter((id) => !seen.includes(id));
  return [
    ...strangers.map((id) => `${type}/${id} is seen, and is about somebody else`),
    ...missing.map((id) => `${type}/${id} is not seen`),
    ...(await judgeOthers(site, narrowed, type, expected)),
  ];
}

/** What tells of other resources is seen exactly if they are. */
async function judgeTellers(site: Site, narrowed: Site, type: ResourceType): Promise<string[]> {
  const findings: string[] = [];
  for (const resource of matchesIn(await pageAt(site, `${type}?_id:not=x&_count=100`))) {
    const [{ reference = '' } = {}] = (resource as Provenance).target;
    const name = `${type}/${resource.id ?? ''}`;
    if ((await isThere(narrowed, name)) !== (await isThere(narrowed, reference)))
      findings.push(`${name} is not seen exactly as ${reference} is`);
  }
  return findings;
}

async function isThere(site: Site, path: string): Promise<boolean> {
  const response = await site.fetch(path);
  await response.arrayBuffer();
  return response.status !== 404;
}

/** What the patient's app should see. Where no parameter leads to the patient, everything is read and looked at. */
async function expectedOf(
  site: Site,
  type: ResourceType,
  path: Exclude<PatientPath, 'target'>,
  patient: string,
): Promise<readonly Resource[]> {
  if (path === 'shared') return site.matches(type, '_count=500');
  if (path.is === 'patient') return site.matches(type, `${path.code}=${patient}&_count=500`);
  const all = (await site.matches(type, '_count=500')) as readonly Resource[];
  return all.filter((resource) => {
    const element = (resource as unknown as Readonly<Record<string, Reference | undefined>>)[path.element];
    return element?.reference === `Patient/${patient}`;
  });
}

/** Instances out of reach are unknown (404), not forbidden: the answer must not tell that they exist. */
async function judgeOthers(
  site: Site,
  narrowed: Site,
  type: ResourceType,
  expected: ReadonlySet<string>,
): Promise<string[]> {
  const others = matchesIn(await pageAt(site, `${type}?_count=100`)).filter(({ id }) => !expected.has(id ?? ''));
  const findings: string[] = [];
  for (const { id } of others.slice(0, 5)) {
    const response = await narrowed.fetch(`${type}/${id ?? ''}`);
    await response.arrayBuffer();
    if (response.status !== 404) findings.push(`${type}/${id ?? ''} is answered ${response.status}, not 404`);
  }
  return findings;
}

/** The patient, among the first ones, about whom most is known. */
async function richestPatient(site: Site): Promise<string | undefined> {
  const patients = matchesIn(await pageAt(site, `Patient?_count=${candidatesMax}`)).map(({ id }) => id ?? '');
  let best: { readonly id: string; readonly known: number } | undefined;
  for (const id of patients) {
    let known = 0;
    for (const type of site.catalogue.served.keys()) {
      const path = patientPathOf(type);
      if (typeof path !== 'object' || path.is === 'element' || path.code === '_id') continue;
      known += (await pageAt(site, `${type}?${path.code}=${id}&_summary=count`)).total ?? 0;
    }
    if (best === undefined || known > best.known) best = { id, known };
  }
  return best?.id;
}
