import type { Links, MemberKey } from '../contracts/index.ts';
import type { StoreStatement } from './database.ts';
import { isStorable, keyText } from './link-text.ts';

type Token = NonNullable<Parameters<Links['find']>[1]>[number];

/** One way to ask for persons: its SQL, with `$a` and `$b` for the arrays that it binds, and `$max` for how many persons are wanted at most. */
interface Arm {
  readonly letter: string;
  readonly sql: string;
  readonly arrays: readonly (readonly string[])[];
  readonly max?: number;
}

/**
 * The members of the persons that `hits` yields. The inner limit keeps the planner from joining whole tables where it takes the hits for many: each
 * person costs one look-up by index, whatever the estimates.
 */
export function membersOf(hits: string): string {
  return `select m.person, m.branch, m.key, m.is_primary, m.identifiers, m.candidates
    from (${hits}) as hit cross join lateral (select * from fascia.person_member where person = hit.person offset 0) as m
    order by m.person, m.position`;
}

/**
 * One statement for all keys and identifiers that are asked for. It holds an arm for each kind of question that occurs, so that each uses its
 * index and the shapes stay few. What identifiers of one system or value find is cut off at `max` persons. Output: no values when nothing is asked that the store can hold.
 */
export function findStatement(
  members: readonly MemberKey[],
  tokens: readonly Token[],
  max: number,
): { readonly statement: StoreStatement; readonly values: readonly unknown[] } {
  const arms = [memberArm(members), ...tokenArms(tokens, max)].filter(
    ({ arrays: [first] }) => first !== undefined && first.length > 0,
  );
  const values: unknown[] = [];
  const texts = arms.map(({ sql, arrays, max: wanted }) => {
    const [a = 0, b = 0] = arrays.map((array) => values.push(array));
    const text = sql.replace('$a', `$${a}::text[]`).replace('$b', `$${b}::text[]`);
    return wanted === undefined ? text : text.replace('$max', `$${values.push(wanted)}::integer`);
  });
  const name = `links.find-${arms.map(({ letter }) => letter).join('')}`;
  return { statement: { name, text: membersOf(texts.map((text) => `(${text})`).join(' union ')) }, values };
}

function memberArm(members: readonly MemberKey[]): Arm {
  const asked = members.filter(({ branch, key }) => isStorable(branch + keyText(key)));
  return {
    letter: 'm',
    sql: 'select distinct person from unnest($a, $b) as asked (branch, key) join fascia.person_member using (branch, key)',
    arrays: [asked.map(({ branch }) => branch), asked.map(({ key }) => keyText(key))],
  };
}

function tokenArms(tokens: readonly Token[], max: number): readonly Arm[] {
  const full: [string[], string[]] = [[], []];
  const values: string[] = [];
  const systems: string[] = [];
  for (const { system, value } of tokens) {
    if (!isStorable(`${system ?? ''}${value ?? ''}`)) continue;
    if (system !== undefined && value !== undefined) {
      full[0].push(system);
      full[1].push(value);
    } else if (value !== undefined) values.push(value);
    else if (system !== undefined) systems.push(system);
  }
  const identifiers = 'fascia.person_identifier';
  return [
    {
      letter: 'i',
      sql: `select distinct person from unnest($a, $b) as asked (system, value) join ${identifiers} using (system, value)`,
      arrays: full,
    },
    {
      ...{ letter: 'v', arrays: [values], max },
      sql: `select distinct person from ${identifiers} where value = any ($a) limit $max`,
    },
    {
      ...{ letter: 's', arrays: [systems], max },
      sql: `select distinct person from ${identifiers} where system = any ($a) limit $max`,
    },
  ];
}
