import type { OperationOutcome } from '@medplum/fhirtypes';
import type { TruthDamage } from '../../demo/index.ts';
import { createIds } from '../../src/record/ids.ts';
import { createSealer } from '../../src/security/index.ts';
import type { ResourceType } from '../../src/contracts/index.ts';
import type { DemoServer } from './demo-server.ts';

/** The type of the resource that a damaged row would be. */
export function typeOfDamage({ element }: Pick<TruthDamage, 'element'>): ResourceType {
  return element.slice(0, element.indexOf('.')) as ResourceType;
}

/** Whether an issue tells of an element; the truth names a choice (`value`), and an issue the alternative that the row would have (`valueQuantity`). */
export function isOfElement(element: string, expression: string | undefined): boolean {
  if (expression?.startsWith(element) !== true) return false;
  return /^(?:[A-Z]\w*)?$/.test(expression.slice(element.length));
}

/** What a caller is told of a damaged row. */
export interface ToldDamage {
  /** The status, the error code and the element of a read, for each branch over the row's table that has such a row. */
  readonly reads: readonly string[];
  /** Of a search for the row alone: the modes of its entries, and the elements that its issues name. */
  readonly page: readonly string[];
}

/** Reads a damaged row and searches for it, as each resource of its type that its table is served as. */
export async function createDamageReader(server: DemoServer): Promise<(row: TruthDamage) => Promise<ToldDamage>> {
  const { record, store } = server.running.installation;
  const { byPrefix, byType } = record.catalogue;
  const branches = new Map([...byPrefix].map(([prefix, { branch }]) => [prefix, branch]));
  const ids = createIds(branches, createSealer(await store.installationSecret()));
  return async (row) => {
    const type = typeOfDamage(row);
    const entries = (byType.get(type) ?? []).filter(({ branch }) => branch.from.table.name === row.native.table);
    const reads: string[] = [];
    const page: string[] = [];
    for (const { branch } of entries) {
      const id = ids.write(branch, row.native.key) ?? '';
      const read = await server.fetch(`${type}/${id}`);
      const outcome = (await read.json()) as OperationOutcome;
      if (read.status !== 404) reads.push(`${String(read.status)} ${textOf(row, outcome)}`);
      const found = await server.search(`${type}?_id=${id}`);
      if (found.resourceType !== 'Bundle') throw new Error(`refused: ${JSON.stringify(found)}`);
      for (const { search, resource } of found.entry ?? [])
        page.push(`${search?.mode ?? ''} ${textOf(row, resource as OperationOutcome)}`);
    }
    return { reads, page };
  };
}

/** The element of the truth, where an issue tells of it, else what it tells. */
function textOf({ element }: TruthDamage, { issue }: OperationOutcome): string {
  return issue
    .map(({ severity, code, details, expression = [] }) => {
      const elements = expression.map((one) => (isOfElement(element, one) ? element : one));
      return [severity, code, ...(details?.coding ?? []).map((coding) => coding.code ?? ''), ...elements].join(' ');
    })
    .join('; ');
}
