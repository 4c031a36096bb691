/** A piece of SQL text. Each `?` is one binding; `slots` says which of the statement's values it takes. A literal question mark is `\\?`, as knex reads it. */
export interface Fragment {
  readonly text: string;
  readonly slots: readonly number[];
}

/** Joins trusted text and fragments, as in sql`${left} = ${right}`. Strings that are inserted must be quoted already. */
export function sql(parts: TemplateStringsArray, ...inserts: readonly (Fragment | string)[]): Fragment {
  let text = parts[0] ?? '';
  const slots: number[] = [];
  inserts.forEach((insert, i) => {
    if (typeof insert === 'string') text += insert;
    else {
      text += insert.text;
      slots.push(...insert.slots);
    }
    text += parts[i + 1] ?? '';
  });
  return { text, slots };
}

/** Text without bindings; question marks in it are literal. */
export function literalText(text: string): Fragment {
  return { text: text.replaceAll('?', '\\?'), slots: [] };
}

export function joined(fragments: readonly Fragment[], separator: string): Fragment {
  return {
    text: fragments.map((fragment) => fragment.text).join(separator),
    slots: fragments.flatMap((fragment) => fragment.slots),
  };
}
