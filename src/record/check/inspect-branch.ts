import { Damaged, type Column, type Row, type Sealer } from '../../contracts/index.ts';
import { createIds } from '../ids.ts';
import type { Catalogue, CatalogueBranch } from '../model/catalogue.ts';
import { fetchChildren, rowsOfChild, type ChildRows } from '../run/children.ts';
import { compileRendering, type BranchRendering } from '../write/rendering.ts';
import type { RenderContext } from '../write/tree.ts';
import { createFactCheck, isBlank, isUndeclared, type Unreached, type WrittenRow } from './facts.ts';
import { placesOf, type Place, type Places } from './places.ts';
import { rowsOf } from './rows.ts';
import { createTally, type Counted, type Tally } from './tally.ts';

/** What was found in the rows of one branch: counts and places, never values. */
export interface Inspection {
  readonly branch: string;
  readonly type: string;
  /** Rows that were looked at. */
  readonly rows: number;
  /** Whether these are all that it has. */
  readonly isWhole: boolean;
  /** Rows that cannot be mapped, by element. */
  readonly refused: readonly Counted<{ readonly element: string; readonly reason: string }>[];
  /** Codes that no map knows, by element. */
  readonly unmapped: readonly Counted<{ readonly element: string; readonly columns: readonly string[] }>[];
  /** What R4 has against resources, by element. */
  readonly invalid: readonly Counted<InvalidElement>[];
  /** Values that are not in their resources, and why. */
  readonly unreached: readonly Counted<Place & { readonly reason: Unreached }>[];
  /** Values outside the codes that their column is declared to hold. */
  readonly uncoded: readonly Counted<Place>[];
}

export interface Inspected {
  readonly report: Inspection;
  /** Selected columns, with how many values were in them. */
  readonly filled: readonly Counted<Place>[];
  /** A few resources as JSON text: for what is asked next, never for a report. */
  readonly samples: readonly string[];
}

export interface InspectOptions {
  readonly catalogue: Catalogue;
  readonly sealer: Sealer;
  /** How many rows; undefined reads all, and asks of each value whether it reaches its resource. */
  readonly most: number | undefined;
  /** What R4 has against a resource: element and code of each issue. Undefined: it is not asked. */
  readonly validate: ((text: string, type: string) => Promise<readonly InvalidElement[]>) | undefined;
  readonly onRows: (done: number) => void;
}

export interface InvalidElement {
  readonly element: string;
  /** Of https://hl7.org/fhir/R4/valueset-issue-type.html. */
  readonly code: string;
}

const SAMPLES_MAX = 20;

/** Decodes rows of a branch as a read would, and counts what becomes of them. It only reads. Throws as a system does. */
export async function inspectBranch(
  entry: CatalogueBranch,
  options: InspectOptions,
  signal: AbortSignal,
): Promise<Inspected> {
  const { branch } = entry;
  const { most, onRows } = options;
  const rendering = compileRendering(entry, { summary: 'false' }, 'check');
  const counts = createCounts();
  const see = createSight(entry, rendering, counts, options);
  let rows = 0;
  for await (const batch of rowsOf(entry, rendering, most, signal)) {
    const children = await fetchChildren([{ entry, rendering, rows: batch }], signal);
    for (const row of batch) await see(row, children);
    rows += batch.length;
    onRows(rows);
  }
  return {
    report: {
      ...{ branch: branch.prefix, type: branch.type, rows, isWhole: most === undefined || rows < most },
      ...{ refused: counts.refused.counted(), unmapped: counts.unmapped.counted(), invalid: counts.invalid.counted() },
      ...{ unreached: counts.unreached.counted(), uncoded: counts.uncoded.counted() },
    },
    filled: counts.filled.counted(),
    samples: counts.samples,
  };
}

/** What is counted while rows are looked at. */
interface Counts {
  readonly refused: Tally<{ readonly element: string; readonly reason: string }>;
  readonly unmapped: Tally<{ readonly element: string; readonly columns: readonly string[] }>;
  readonly invalid: Tally<InvalidElement>;
  readonly unreached: Tally<Place & { readonly reason: Unreached }>;
  readonly uncoded: Tally<Place>;
  readonly filled: Tally<Place>;
  readonly samples: string[];
}

function createCounts(): Counts {
  return {
    ...{ refused: createTally(), unmapped: createTally(), invalid: createTally() },
    ...{ unreached: createTally(), uncoded: createTally(), filled: createTally() },
    samples: [],
  };
}

/** Looks at one row with its children. */
function createSight(
  entry: CatalogueBranch,
  rendering: BranchRendering,
  counts: Counts,
  options: InspectOptions,
): (row: Row, children: ChildRows) => Promise<void> {
  const places = placesOf(entry);
  // Made before columns are selected for their codes alone: those need not reach the resource.
  const lostFacts = options.most === undefined ? createFactCheck(entry, rendering, places) : undefined;
  const fill = fillCounter(entry, rendering, places, counts);
  const write = createWriter(entry, rendering, options);
  return async (row, children) => {
    fill(row, children);
    const written = write(row, children);
    if (written instanceof Damaged) {
      counts.refused.add({ element: written.element, reason: written.message }, 1);
      return;
    }
    if (counts.samples.length < SAMPLES_MAX) counts.samples.push(written.text);
    for (const element of written.unmapped) counts.unmapped.add({ element, columns: places.under(element) }, 1);
    for (const { column, reason } of lostFacts?.(written) ?? []) {
      const place = places.of(column);
      if (place !== undefined) counts.unreached.add({ ...place, reason }, 1);
    }
    for (const issue of (await options.validate?.(written.text, entry.branch.type)) ?? []) counts.invalid.add(issue, 1);
  };
}

/** Counts values by column, and values outside the codes that a column is declared to hold; those columns are selected for it. */
function fillCounter(
  { branch }: CatalogueBranch,
  rendering: BranchRendering,
  places: Places,
  { filled, uncoded }: Counts,
): (row: Row, children: ChildRows) => void {
  for (const { alias, table } of [branch.from, ...branch.joins.map((join) => join.to)])
    for (const [name, type] of Object.entries(table.columns))
      if (type.codes !== undefined) rendering.slotsOf([{ alias, name, type }]);
  const count = (columns: readonly Column[], row: Row): void => {
    columns.forEach((column, slot) => {
      const place = places.of(column);
      const value = row[slot] ?? null;
      if (place === undefined) return;
      filled.add(place, isBlank(value) ? 0 : 1);
      if (isUndeclared(column, value)) uncoded.add(place, 1);
    });
  };
  return (row, children) => {
    count(rendering.columns, row);
    for (const child of rendering.children)
      for (const childRow of rowsOfChild(children, child, row)) count(child.slots.columns, childRow);
  };
}

/** Writes a row as a read would, but for persons: a reference leads to the registration that it names. */
function createWriter(
  { branch }: CatalogueBranch,
  rendering: BranchRendering,
  { catalogue, sealer }: InspectOptions,
): (row: Row, children: ChildRows) => WrittenRow | Damaged {
  const branches = new Map([...catalogue.byPrefix].map(([prefix, entry]) => [prefix, entry.branch]));
  const ids = createIds(branches, sealer);
  return (row, children) => {
    const unmapped = new Set<string>();
    const page: RenderContext = {
      reference: ({ type, branch: prefix }, key) => {
        const target = branches.get(prefix);
        const id = target && ids.write(target, key);
        return id === undefined ? '' : `${type}/${id}`;
      },
      unmapped: (element) => void unmapped.add(element),
      childRows: (child, owner) => rowsOfChild(children, child, owner),
    };
    const id = ids.write(branch, rendering.keyOf(row));
    if (id === undefined) return new Damaged(`${branch.type}.id`, 'the native key has no id');
    try {
      const { text } = rendering.write(id, row, page);
      return { id, row, text, page, unmapped: new Set(unmapped) };
    } catch (error) {
      if (error instanceof Damaged) return error;
      throw error;
    }
  };
}
