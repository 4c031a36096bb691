/** One seeded fault: a text edit of one source file. `find` occurs exactly once in it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const kit = 'src/mappings/kit';
const record = 'src/record';

const dates: readonly Mutant[] = [
  {
    name: 'lt is le',
    file: `${kit}/time-range.ts`,
    find: "range.lo('<', loMs, context);\n    switch",
    replace: "range.lo('<', loMs + 1, context);\n    switch",
  },
  {
    name: 'gt counts what lies within its own range',
    file: `${kit}/time-range.ts`,
    find: "const greater = (): Predicate => range.hi('>', hiMs, context);",
    replace: "const greater = (): Predicate => range.hi('>', loMs, context);",
  },
  {
    name: 'ap does not widen',
    file: `${kit}/time-range.ts`,
    find: 'const awayMs = Math.max(0,',
    replace: 'const awayMs = 0 * Math.max(0,',
  },
  {
    name: 'a search value without offset forgets daylight saving',
    file: 'src/core/civil-time.ts',
    find: 'offsetMs === undefined ? zone.firstInstantOf(wallMs) : wallMs - offsetMs',
    replace: 'wallMs - (offsetMs ?? zone.offsetMsAt(0))',
  },
  {
    name: 'the hour that occurs twice is not passed over',
    file: 'src/core/zone.ts',
    find: 'return Math.max(wallMs, previousEnd);',
    replace: 'return wallMs;',
  },
  {
    name: 'a day ends a day late',
    file: `${kit}/time-range.ts`,
    find: 'firstDayFrom(zoneOf(context.zone), instantMs + 1) - 1',
    replace: 'firstDayFrom(zoneOf(context.zone), instantMs + 1)',
  },
  {
    name: 'a month has the precision of a day',
    file: 'src/core/civil-time.ts',
    find: "case 'month':\n",
    replace: "case 'month':\n      if (first > 0) return days(first, first + 1);\n",
  },
];

const numbers: readonly Mutant[] = [
  {
    name: 'precision is always a whole number',
    file: 'src/core/decimal-range.ts',
    find: 'const half = new Big(5).times(power(exponentOfLastDigit(written) - 1));',
    replace: "const half = new Big('0.5');",
  },
  {
    name: 'a comparator counts its end as held',
    file: `${kit}/number-search.ts`,
    find: "ge: { '': '>=', '<': '>',",
    replace: "ge: { '': '>=', '<': '>=',",
  },
  {
    name: 'eq ignores the comparator',
    file: `${kit}/number-search.ts`,
    find: "return and(is(''), point({ prefix, number: written }));",
    replace: 'return point({ prefix, number: written });',
  },
];

const tokensAndStrings: readonly Mutant[] = [
  {
    name: '|code is code',
    file: `${kit}/token.ts`,
    find: 'return sought.system === undefined ||',
    replace: "return sought.system === undefined || sought.system === '' ||",
  },
  {
    name: ':not wants a value',
    file: `${record}/lower/lower.ts`,
    find: 'return criterion.negated ? not(match) : match;',
    replace:
      'const hits = entry.params.get(criterion.code)?.hits ?? [];\n' +
      '      const present = or(...hits.map((hit) => through(hit, hit.codec.present ?? never)));\n' +
      '      return criterion.negated ? and(present, not(match)) : match;',
  },
  {
    name: ':missing=false is :missing=true',
    file: `${record}/lower/lower.ts`,
    find: 'return criterion.missing ? not(present) : present;',
    replace: 'return not(present);',
  },
  {
    name: 'escapes stay in the value',
    file: 'src/fhir/search/escape.ts',
    find: "return text.includes('\\\\') ? text.replace(/\\\\([,|$\\\\])/g, '$1') : text;",
    replace: 'return text;',
  },
  {
    name: ':exact folds',
    file: `${kit}/text-match.ts`,
    find: "if (mode === 'exact') return equalsText(source, value);",
    replace: '',
  },
  {
    name: 'the search value is not folded',
    file: `${kit}/text-match.ts`,
    find: 'const sought = fold(value);',
    replace: 'const sought = value;',
  },
  {
    name: ':contains is starts-with',
    file: `${kit}/text-match.ts`,
    find: "if (mode === 'contains') return",
    replace: "if (mode === 'contains' && sought === '') return",
  },
];

const relations: readonly Mutant[] = [
  {
    name: 'a composite is any of its components',
    file: `${record}/lower/lower.ts`,
    find: 'return throughAll(focus.via, and(...all));',
    replace: 'return throughAll(focus.via, or(...all));',
  },
  {
    name: 'a reference ignores its type',
    file: `${record}/lower/lower.ts`,
    find: 'if (value.type !== undefined && value.type !== reference.target.type) return never;',
    replace: '',
  },
  {
    name: 'a chain ignores what follows',
    file: `${record}/lower/lower.ts`,
    find: 'lower(other, target.where, with_), entry), far)',
    replace: 'lower(other, [], with_), entry), far)',
  },
  {
    name: '_has ignores what follows',
    file: `${record}/lower/lower.ts`,
    find: 'existsFrom(other, hit, lower(other, source.where, with_), entry)',
    replace: 'existsFrom(other, hit, lower(other, [], with_), entry)',
  },
  {
    name: 'values of one parameter must all match',
    file: `${record}/lower/lower.ts`,
    find: 'const match = or(',
    replace: 'const match = and(',
  },
  {
    name: 'a person is not found by the identifiers of other members',
    file: `${record}/lower/resolve.ts`,
    find: 'hops.set(criterion, primary.branch, [primary.key]);',
    replace: 'continue;',
  },
  {
    name: 'secondary patients are found',
    file: `${record}/lower/lower.ts`,
    find: 'with_.primaries.get(entry.branch.prefix) ?? always',
    replace: 'with_.primaries.size < 0 ? never : always',
  },
  {
    name: 'includes do not lead to the person',
    file: `${record}/run/includes.ts`,
    find: 'const primaries = members.map((member) => lowering.persons.of(member)?.members[0] ?? member);',
    replace: 'const primaries = members;',
  },
];

const pages: readonly Mutant[] = [
  {
    name: 'pages go the wrong way when descending',
    file: `${record}/run/matches.ts`,
    find: "op: phase === 'values' && descending ? '<' : '>',",
    replace: "op: '>',",
  },
  {
    name: 'a full page is the last one',
    file: `${record}/run/matches.ts`,
    find: 'limit: count + 1,',
    replace: 'limit: count,',
  },
  {
    name: 'rows without a sort key are forgotten',
    file: `${record}/run/matches.ts`,
    find: 'if (!sorted || values.left.size > 0) {',
    replace: 'if (values.left.size >= 0) {',
  },
  {
    name: 'branches are merged upwards when descending',
    file: `${record}/run/merge.ts`,
    find: ' * (descending ? -1 : 1) < 0',
    replace: ' < 0',
  },
  {
    name: 'the total counts everything',
    file: `${record}/run/search.ts`,
    find: '      where,\n      columns: entry.branch.key,',
    replace: "      where: { is: 'always' as const },\n      columns: entry.branch.key,",
  },
];

/** Faults of the kind that facades have. The comparison with the oracle must notice each. */
export const mutants: readonly Mutant[] = [...dates, ...numbers, ...tokensAndStrings, ...relations, ...pages];
