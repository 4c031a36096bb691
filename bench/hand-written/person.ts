import type { Sealer } from '../../src/contracts/index.ts';

/** What the links say of one patient: who its person is, and what the other members add. */
export interface HandPerson {
  /** JSON texts of the other members' identifiers. */
  readonly identifiers: readonly string[];
  /** Patient ids of the other members. */
  readonly replaced: readonly string[];
  /** Patient ids of uncertain links. */
  readonly candidates: readonly string[];
}

export type LinkRow = readonly [
  person: string,
  branch: string,
  key: string,
  primary: boolean,
  identifiers: string,
  candidates: string,
];

const nobodyElse: HandPerson = { identifiers: [], replaced: [], candidates: [] };

/** In: the rows of the link read for one patient of the hospital. Throws where the hospital has a second registration of the person. */
export function personOf(rows: readonly LinkRow[], sealer: Sealer): HandPerson {
  const [first, ...others] = rows;
  if (first === undefined) return nobodyElse;
  if (others.some(([, branch]) => branch === 'mp'))
    throw new Error('The benchmark asks for patients with one registration.');
  return {
    identifiers: others.flatMap(([, , , , identifiers]) => listed(identifiers)),
    replaced: others.map(([, branch, key]) => `${branch}.${sealer.mask(key, branch)}`),
    candidates: listed(first[5]).map((member) => {
      const [branch = '', ...key] = member.split('\u001f');
      return `${branch}.${sealer.mask(key.join('\u001f'), branch)}`;
    }),
  };
}

function listed(text: string): readonly string[] {
  return text === '' ? [] : text.split('\u001e');
}
