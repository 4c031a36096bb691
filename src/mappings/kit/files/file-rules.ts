import type {
  Branch,
  FileDelivery,
  FileTable,
  FileTrailer,
  Many,
  MappingModule,
  TableAlias,
} from '../../../contracts/index.ts';

/** What is wrong with the files of a module, as phrases. */
export function problemsOfFiles(module: MappingModule, manys: (branch: Branch) => readonly Many[]): readonly string[] {
  const { files } = module;
  if (files === undefined) return [];
  return [
    ...deliveryProblems(files),
    ...files.tables.flatMap((file) => tableProblems(file).map((problem) => `file ${file.name}: ${problem}`)),
    ...branchProblems(module.branches, files, manys),
  ];
}

function deliveryProblems({ zone, ageHoursMax, rejectedShareMax, tables }: FileDelivery): readonly string[] {
  const problems: string[] = [];
  if (!isZone(zone)) problems.push(`files.zone '${zone}' is not an IANA time zone`);
  if (!(ageHoursMax > 0)) problems.push('files.ageHoursMax must be more than 0');
  if (!(rejectedShareMax >= 0 && rejectedShareMax < 1))
    problems.push('files.rejectedShareMax must be at least 0 and less than 1');
  if (tables.length === 0) problems.push('files.tables is empty');
  const names = tables.map(({ table }) => table.name);
  if (new Set(names).size !== names.length) problems.push('two files fill the same table');
  const stamps = new Set(tables.map(({ name }) => stampOf(name)));
  if (tables.length > 1 && (stamps.size > 1 || stamps.has(undefined)))
    problems.push('several files need the same form of date in their names, which says what belongs together');
  return problems;
}

const stampForm = /\{(YYYYMMDD(?:hhmm(?:ss)?)?)\}/;

function stampOf(name: string): string | undefined {
  return stampForm.exec(name)?.[1];
}

function tableProblems(file: FileTable): readonly string[] {
  const { table, name, key, indexes, asOf, columns, trailer } = file;
  const problems: string[] = [];
  if (/[/\\]/.test(name) || /[{}]/.test(name.replace(stampForm, '')))
    problems.push('the name may hold one of {YYYYMMDD}, {YYYYMMDDhhmm} and {YYYYMMDDhhmmss}, and no folder');
  if (table.schema !== undefined) problems.push('its table may not name a schema');
  const known = new Set(Object.keys(table.columns));
  for (const column of known)
    if (column !== asOf && columns[column] === undefined) problems.push(`no field fills the column ${column}`);
  for (const column of [...key, ...indexes.flat()])
    if (!known.has(column)) problems.push(`the key or an index names the column ${column}, which is not declared`);
  if (asOf !== undefined && (table.columns[asOf]?.kind !== 'text' || key.includes(asOf)))
    problems.push('asOf must be a text column beside the key');
  if (trailer?.date !== undefined && stampOf(name) === undefined)
    problems.push('the date of its trailer needs a date in its name');
  return [...problems, ...layoutProblems(file), ...encodingProblems(file)];
}

function layoutProblems({ layout, columns, trailer }: FileTable): readonly string[] {
  const fields = layout.is === 'delimited' ? layout.fields : Object.keys(layout.fields);
  const problems = Object.values(columns)
    .filter(({ field }) => !fields.includes(field))
    .map(({ field }) => `the layout has no field ${field}`);
  if (new Set(fields).size !== fields.length) problems.push('two fields have one name');
  if (layout.is === 'delimited') {
    const { delimiter, quote } = layout;
    if (!isMark(delimiter) || (quote !== undefined && (!isMark(quote) || quote === delimiter)))
      problems.push('delimiter and quote must be two different ASCII characters, and no line ends');
  } else {
    for (const [field, place] of Object.entries(layout.fields))
      if (!isInside(place, layout.width)) problems.push(`the field ${field} does not lie within the line`);
  }
  if (trailer !== undefined && !isTrailer(trailer, layout.is))
    problems.push('the trailer needs a marker, and the places of its count and date in the way of the layout');
  return problems;
}

function isMark(text: string): boolean {
  return /^[\t -~]$/.test(text);
}

function isInside([position, width]: readonly [number, number], lineWidth: number): boolean {
  return (
    Number.isInteger(position) &&
    Number.isInteger(width) &&
    position >= 1 &&
    width >= 1 &&
    position + width - 1 <= lineWidth
  );
}

function isTrailer({ marker, count, date }: FileTrailer, is: FileTable['layout']['is']): boolean {
  const fits = (place: FileTrailer['count']): boolean =>
    typeof place === 'number'
      ? is === 'delimited' && Number.isInteger(place) && place >= 2
      : is === 'fixed-width' && isInside(place, Infinity);
  return marker !== '' && fits(count) && (date === undefined || fits(date));
}

function encodingProblems({ encoding, layout }: FileTable): readonly string[] {
  try {
    const decoded = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    return layout.is === 'delimited' || new Set(decoded).size === 256
      ? []
      : [`a line of fixed width counts bytes, and in ${encoding} a character may have several`];
  } catch {
    return [`the encoding '${encoding}' is not known`];
  }
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function branchProblems(
  branches: readonly Branch[],
  { tables }: FileDelivery,
  manys: (branch: Branch) => readonly Many[],
): readonly string[] {
  const filled = new Set(tables.map(({ table }) => table));
  const used = (branch: Branch): readonly TableAlias[] => [
    branch.from,
    ...branch.joins.map((join) => join.to),
    ...manys(branch).flatMap((many) => [many.from, ...many.joins.map((join) => join.to)]),
  ];
  return branches.flatMap((branch) =>
    used(branch)
      .filter(({ table }) => !filled.has(table))
      .map(({ table }) => `branch '${branch.prefix}' reads the table ${table.name}, which no file fills`),
  );
}
