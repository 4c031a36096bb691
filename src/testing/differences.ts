const shownMax = 8;

/** Rejects with the first findings, where there are any. */
export function expectNone(what: string, findings: readonly string[]): void {
  if (findings.length === 0) return;
  const more = findings.length > shownMax ? [`… and ${findings.length - shownMax} more`] : [];
  throw new Error([`${what}:`, ...findings.slice(0, shownMax), ...more].join('\n  '));
}
