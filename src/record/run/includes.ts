import {
  and,
  or,
  type Include,
  type MemberKey,
  type Predicate,
  type Rendering,
  type SearchPlan,
} from '../../contracts/index.ts';
import { keysPredicate, lower, type Lowering } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { RenderContext } from '../write/tree.ts';
import { rowsOfChild, type BranchRows, type ChildRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { runPerSystem } from './systems.ts';
import type { Writing } from './write-page.ts';

/**
 * The rows that a block's matches refer to or are referred to by, narrowed like any search; one statement per type and system. Undefined: there are more
 * than `max`.
 */
export async function fetchIncludes(
  plan: SearchPlan,
  matches: readonly BranchRows[],
  { lowering, children, env, max }: Writing & { readonly max: number },
  signal: AbortSignal,
): Promise<readonly BranchRows[] | undefined> {
  const wanted = new Map<CatalogueBranch, Predicate[]>();
  for (const include of plan.includes) {
    const predicates =
      include.direction === 'include'
        ? referredTo(include, matches, children, lowering, env)
        : referring(include, matches, lowering, env);
    for (const [entry, predicate] of predicates) {
      if (predicate.is !== 'never') wanted.set(entry, [...(wanted.get(entry) ?? []), predicate]);
    }
  }
  const groups: BranchRows[] = [];
  let left = max;
  for (const type of new Set([...wanted.keys()].map((entry) => entry.branch.type))) {
    const entries = [...wanted].filter(([entry]) => entry.branch.type === type);
    const found = await fetchType(entries, plan, left, env, signal);
    left -= found.reduce((sum, group) => sum + group.rows.length, 0);
    if (left < 0) return undefined;
    groups.push(...found);
  }
  return groups;
}

async function fetchType(
  entries: readonly (readonly [CatalogueBranch, readonly Predicate[]])[],
  plan: Rendering,
  max: number,
  env: RunEnvironment,
  signal: AbortSignal,
): Promise<readonly BranchRows[]> {
  const asked = entries.map(([entry, predicates]) => {
    const rendering = env.renderingOf(entry, plan);
    const { from, joins, key } = entry.branch;
    const select = {
      from,
      joins,
      where: or(...predicates),
      columns: rendering.columns,
      orderBy: key,
      descending: false,
      limit: max + 1,
    };
    return { system: entry.system, for: { entry, rendering }, select };
  });
  const answers = await runPerSystem(asked, signal);
  return answers.map((answer) => ({ ...answer.for, rows: answer.rows }));
}

type Wanted = readonly (readonly [CatalogueBranch, Predicate])[];

function referredTo(
  include: Include,
  matches: readonly BranchRows[],
  children: ChildRows,
  lowering: Lowering,
  env: RunEnvironment,
): Wanted {
  const page: RenderContext = {
    reference: () => '',
    unmapped: () => undefined,
    childRows: (child, owner) => rowsOfChild(children, child, owner),
  };
  const members = matches.flatMap((group) => {
    const read = group.rendering.referencesOf(include.code);
    return group.rows.flatMap((row) => read(row, page));
  });
  const primaries = members.map((member) => lowering.persons.of(member)?.members[0] ?? member);
  return (env.catalogue.byType.get(include.other.type) ?? []).map((entry) => {
    const keys = uniqueKeys(primaries.filter((member) => member.branch === entry.branch.prefix));
    return [entry, and(keysPredicate(entry.branch.key, keys), lower(entry, include.other.where, lowering))] as const;
  });
}

function referring(include: Include, matches: readonly BranchRows[], lowering: Lowering, env: RunEnvironment): Wanted {
  const members = matches.flatMap((group) =>
    group.rows.flatMap((row): readonly MemberKey[] => {
      const key = group.rendering.keyOf(row);
      if (key.includes(null)) return [];
      const member = { branch: group.entry.branch.prefix, key: key as readonly string[] };
      return lowering.persons.of(member)?.members ?? [member];
    }),
  );
  return (env.catalogue.byType.get(include.other.type) ?? []).map((entry) => {
    const links = (entry.params.get(include.code)?.hits ?? []).map((hit): Predicate => {
      const reference = hit.codec.reference;
      if (reference === undefined) return { is: 'never' };
      const linked = keysPredicate(
        reference.key,
        uniqueKeys(members.filter((member) => member.branch === reference.target.branch)),
      );
      return hit.via.reduceRight<Predicate>(
        (inner, many) =>
          inner.is === 'never'
            ? inner
            : {
                is: 'exists',
                from: many.from,
                joins: many.joins,
                on: many.on,
                where: and(many.where ?? { is: 'always' }, inner),
              },
        linked,
      );
    });
    return [entry, and(or(...links), lower(entry, include.other.where, lowering))] as const;
  });
}

function uniqueKeys(members: readonly MemberKey[]): readonly (readonly string[])[] {
  return [...new Map(members.map((member) => [member.key.join('\u001f'), member.key])).values()];
}
