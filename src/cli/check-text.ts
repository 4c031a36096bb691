import { isSound, type SystemReport } from '../app/index.ts';

type BranchReport = SystemReport['branches'][number];

/** A report for people: what must be mended is marked, and what stewards may look at is not. It has places and counts, never values. */
export function describeReport(report: SystemReport): string {
  return [
    `${report.system}: ${isSound(report) ? 'nothing to mend' : 'to be mended: the lines with !'}`,
    ...report.unseen.map(({ what, fault }) => `  ! ${what}: could not be looked at (${fault})`),
    ...report.expectations.map(expectationLine),
    ...report.closed.map((branch) => `  ! ${branch} is closed: it needs what is missing`),
    ...report.branches.flatMap(branchLines),
    ...new Set(report.missingIndexes.map(indexLine)),
    ...listed('always blank in the rows that were looked at', report.dead),
    ...listed('used by no mapping', report.unused),
    '',
  ].join('\n');
}

function expectationLine({
  is,
  table,
  column = '',
  optional,
  declared,
  live,
}: SystemReport['expectations'][number]): string {
  const mark = optional ? ' ' : '!';
  if (is === 'no-table') return `  ! the table ${table} is missing, or may not be read`;
  const name = `${table}.${column}${optional ? ' (optional)' : ''}`;
  return is === 'no-column'
    ? `  ${mark} ${name} is missing, or may not be read`
    : `  ${mark} ${name} is declared ${declared ?? ''} and holds ${live ?? ''}`;
}

function indexLine({ type, parameter, table, rows }: SystemReport['missingIndexes'][number]): string {
  return `  ! ${type}?${parameter}=: no index leads to the rows of ${table}, which has about ${String(rows)}`;
}

function branchLines(branch: BranchReport): string[] {
  const { type, rows, isWhole, refused, unmapped, invalid, uncoded, unreached } = branch;
  return [
    `  ${type} (${branch.branch}): ${isWhole ? `all ${String(rows)} rows` : `${String(rows)} rows, the first and the last by key`}`,
    ...refused.map(({ element, reason, count }) => `  ! ${count} × ${element}: ${reason}`),
    ...invalid.map(({ element, code, count }) => `  ! ${count} × ${element} is not valid R4 (${code})`),
    ...uncoded.map(({ table, column, count }) => `  ! ${count} × ${table}.${column}: a code that is not declared`),
    ...unreached.filter(({ reason }) => reason === 'none').map((one) => `  ! ${unreachedText(one)}`),
    ...unmapped.map(
      ({ element, columns, count }) => `    ${count} × ${element}: a code without a map (${columns.join(', ')})`,
    ),
    ...unreached.filter(({ reason }) => reason !== 'none').map((one) => `    ${unreachedText(one)}`),
  ];
}

const reasons: Readonly<Record<BranchReport['unreached'][number]['reason'], string>> = {
  none: 'is not in the resource, and nothing says why',
  unmapped: 'is not in the resource: no map knows the code',
  policy: 'is not in the resource, by the policy of its element',
  unknown: 'is read as "not known"',
  repeated: 'is in the resource by another column that holds the same',
  rows: 'only finds, joins or orders rows',
};

function unreachedText({ table, column, reason, count }: BranchReport['unreached'][number]): string {
  return `${count} × ${table}.${column} ${reasons[reason]}`;
}

/** Columns by table, one line each. */
function listed(what: string, places: SystemReport['dead']): string[] {
  const byTable = new Map<string, string[]>();
  for (const { table, column } of places) byTable.set(table, [...(byTable.get(table) ?? []), column]);
  return [...byTable].map(([table, columns]) => `    ${table}, ${what}: ${columns.join(', ')}`);
}
