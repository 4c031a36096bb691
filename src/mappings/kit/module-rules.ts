import type {
  Branch,
  Codec,
  Column,
  Join,
  Many,
  MappingModule,
  Node,
  Predicate,
  Stewardship,
} from '../../contracts/index.ts';
import { dayOfText } from '../../core/index.ts';
import { problemsOfFiles } from './files/file-rules.ts';

const stewardshipFields = [
  'owner',
  'clinicalSteward',
  'contact',
  'serviceLevel',
  'reviewDate',
] as const satisfies readonly (keyof Stewardship)[];

/** What is wrong with a module, as phrases. The compiler has checked the elements; this checks what it cannot see. */
export function problemsOf(module: MappingModule): readonly string[] {
  return [
    ...stewardshipProblems(module),
    ...prefixProblems(module.branches),
    ...module.branches.flatMap(branchProblems),
    ...problemsOfFiles(module, (branch) => manysIn(branch.elements)),
  ];
}

function stewardshipProblems(module: MappingModule): readonly string[] {
  const problems: string[] = [];
  const given = (module as { readonly stewardship?: Partial<Stewardship> }).stewardship ?? {};
  const missing = stewardshipFields.filter((name) => typeof given[name] !== 'string' || given[name].trim() === '');
  if (!/^[a-z][a-z0-9-]*$/.test(module.id)) problems.push('its id must be lower-case letters, digits and hyphens');
  if (missing.length > 0) problems.push(`stewardship lacks ${missing.join(', ')}`);
  if (!missing.includes('reviewDate') && dayOfText(given.reviewDate ?? '') === undefined) {
    problems.push('reviewDate must be a date such as 2027-01-31');
  }
  if (module.branches.length === 0) problems.push('it has no branches');
  return problems;
}

function prefixProblems(branches: readonly Branch[]): readonly string[] {
  const prefixes = branches.map((branch) => branch.prefix);
  const twice = prefixes.filter((prefix, i) => prefixes.indexOf(prefix) !== i);
  return [
    ...prefixes
      .filter((prefix) => !/^[a-z0-9]{1,6}$/.test(prefix))
      .map((prefix) => `the prefix '${prefix}' must be one to six lower-case letters or digits`),
    ...[...new Set(twice)].map((prefix) => `the prefix '${prefix}' is used twice`),
  ];
}

function branchProblems(branch: Branch): readonly string[] {
  const name = `branch '${branch.prefix}' (${branch.type})`;
  const manys = manysIn(branch.elements);
  const aliases = [
    branch.from,
    ...joined(branch.joins),
    ...manys.flatMap((many) => [many.from, ...joined(many.joins)]),
  ].map((to) => to.alias);
  const twice = [...new Set(aliases.filter((alias, i) => aliases.indexOf(alias) !== i))];
  const own = new Set([branch.from, ...joined(branch.joins)].map((to) => to.alias));
  const problems: string[] = [];
  if (branch.key.length === 0) problems.push(`${name} has no key`);
  if (branch.key.some((column) => column.alias !== branch.from.alias))
    problems.push(`${name}: the key must be columns of its own table`);
  for (const alias of twice) problems.push(`${name} uses the alias '${alias}' twice`);
  for (const alias of strangers([...branchColumns(branch)], own))
    problems.push(`${name} uses columns of the alias '${alias}', which it neither is from nor joins`);
  for (const many of manys) problems.push(...manyProblems(many, name, own));
  if (rowColumns(branch).some(({ type }) => type.optional === true))
    problems.push(`${name}: an optional column cannot decide which rows there are, whose, or their labels`);
  if (branch.type === 'Patient' && branch.person === undefined && branch.elements['link'] !== undefined) {
    problems.push(`${name}: Patient.link is written from the person declaration`);
  }
  return problems;
}

function manyProblems(many: Many, name: string, owner: ReadonlySet<string>): readonly string[] {
  const own = new Set([many.from, ...joined(many.joins)].map((to) => to.alias));
  const problems: string[] = [];
  const child = `${name}, children '${many.from.alias}'`;
  if (many.order.length === 0) problems.push(`${child} need an order that is total`);
  if (many.on.length === 0) problems.push(`${child} are not tied to their owner`);
  if (many.on.some(([inner, outer]) => inner.alias !== many.from.alias || !owner.has(outer.alias))) {
    problems.push(`${child}: 'on' must pair a child column with an owning column`);
  }
  const columns = [
    ...codecsIn(many.element).flatMap(columnsOfCodec),
    ...many.order,
    ...predicateColumns(many.where),
    ...joinColumns(many.joins),
  ];
  for (const alias of strangers(columns, own))
    problems.push(`${child} use columns of the alias '${alias}', which they neither are from nor join`);
  if (manysIn(many.element).length > 0) problems.push(`${child} cannot have children of their own; join them instead`);
  return problems;
}

function strangers(columns: readonly Column[], own: ReadonlySet<string>): readonly string[] {
  return [...new Set(columns.map((column) => column.alias).filter((alias) => !own.has(alias)))];
}

function joined(joins: readonly Join[]): readonly Join['to'][] {
  return joins.map((join) => join.to);
}

function* branchColumns(branch: Branch): Generator<Column> {
  for (const codec of codecsIn(branch.elements)) yield* columnsOfCodec(codec);
  if (branch.lastUpdated !== undefined) yield* branch.lastUpdated.columns;
  if (branch.asOf !== undefined) yield* branch.asOf.columns;
  const { security = [], tag = [] } = branch.labels ?? {};
  for (const codec of [...security, ...tag, ...(branch.profileNeeds ?? [])]) yield* columnsOfCodec(codec);
  yield* predicateColumns(branch.where);
  yield* joinColumns(branch.joins);
  const { person } = branch;
  if (person === undefined) return;
  yield* predicateColumns(person.secondary);
  yield* person.mergedInto ?? [];
  for (const link of [...(person.sameAs ?? []), ...(person.candidates ?? [])]) {
    yield* link.key;
    yield* predicateColumns(link.when);
  }
}

/** The columns that its key, its conditions, its persons and its labels stand on. */
function rowColumns({ key, where, from, person, labels }: Branch): readonly Column[] {
  const links = [...(person?.sameAs ?? []), ...(person?.candidates ?? [])];
  return [
    ...[key, person?.mergedInto ?? [], ...links.map((link) => link.key)].flat(),
    ...[...(labels?.security ?? []), ...(labels?.tag ?? [])].flatMap(columnsOfCodec),
    ...[where, from.live, person?.secondary, ...links.map((link) => link.when)].flatMap(predicateColumns),
  ];
}

function joinColumns(joins: readonly Join[]): readonly Column[] {
  return joins.flatMap((join) => [...join.on.flat(), ...predicateColumns(join.where)]);
}

function columnsOfCodec(codec: Codec): readonly Column[] {
  return [
    ...codec.columns,
    ...(codec.sort?.columns ?? []),
    ...(codec.reference?.key ?? []),
    ...predicateColumns(codec.present),
  ];
}

/** The columns of a predicate that belong to the enclosing statement. */
function predicateColumns(predicate: Predicate | undefined): readonly Column[] {
  const found: Column[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('alias' in value && 'name' in value) found.push(value as Column);
      else if ('is' in value && value.is === 'exists' && 'on' in value)
        (value.on as readonly (readonly unknown[])[]).forEach((pair) => {
          visit(pair[1]);
        });
      else Object.values(value).forEach(visit);
    }
  };
  visit(predicate);
  return found;
}

function codecsIn(node: Node): readonly Codec[] {
  if (Array.isArray(node)) return (node as readonly Node[]).flatMap(codecsIn);
  if ('is' in node && node.is === 'codec') return [node];
  if ('is' in node && node.is === 'many') return [];
  return Object.values(node as Readonly<Record<string, Node>>).flatMap(codecsIn);
}

function manysIn(node: Node): readonly Many[] {
  if (Array.isArray(node)) return (node as readonly Node[]).flatMap(manysIn);
  if ('is' in node && node.is === 'codec') return [];
  if ('is' in node && node.is === 'many') return [node];
  return Object.values(node as Readonly<Record<string, Node>>).flatMap(manysIn);
}
