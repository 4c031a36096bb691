import type { Native, TruthResource, TruthValue } from '../../demo/index.ts';

/** The written reference (`Type/id`) of what is served of a row. */
export type ReferenceOf = (type: string, row: Native) => string;

/** The resources in the texts of answers, each number as `{ decimal }` with its digits as they were written. */
export function readWhole(text: string): unknown {
  const keepDigits = (_: string, value: unknown, context: { readonly source?: string }): unknown =>
    typeof value === 'number' ? { decimal: context.source } : value;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}

/** What was served of a resource, in a form that compares with `trueText`: without what the server makes by itself. */
export function servedText(served: Readonly<Record<string, unknown>>): string {
  const { meta, ...elements } = without(served, ['id']);
  const rest = without((meta ?? {}) as Readonly<Record<string, unknown>>, ['versionId', 'source']);
  return ordered({ ...elements, ...(Object.keys(rest).length === 0 ? {} : { meta: rest }) });
}

function without(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** What must be served. */
export function trueText({ resource }: TruthResource, referenceOf: ReferenceOf): string {
  return ordered(standIns(resource, referenceOf));
}

function standIns(value: TruthValue | undefined, referenceOf: ReferenceOf): unknown {
  if (typeof value === 'number') return { decimal: String(value) };
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((entry: TruthValue) => standIns(entry, referenceOf));
  if ('rowOf' in value) return referenceOf(value['type'] as string, value['rowOf'] as Native);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, TruthValue | undefined>>).map(([name, member]) => [
      name,
      standIns(member, referenceOf),
    ]),
  );
}

/** JSON with its names in order. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
