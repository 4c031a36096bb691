import type { Issue, SearchPlan } from '../../contracts/index.ts';
import { memberText } from '../persons/book.ts';
import type { Lowering } from './lower.ts';
import { patientsNamed, subPlansOf } from './resolve.ts';

/**
 * What a search is told that names a registration under which nothing is found, because its person has another Patient. Only for persons whom the access
 * reaches: of others not even that is told.
 */
export function secondaryNotes(plan: SearchPlan, lowering: Lowering): readonly Issue[] {
  const codes = new Set<string>();
  for (const { type, where } of subPlansOf(plan)) {
    for (const criterion of where) {
      if (criterion.is !== 'parameter' || criterion.negated) continue;
      if (patientsNamed(type, criterion, lowering.ids).some((member) => isSecondary(member, lowering)))
        codes.add(criterion.code);
    }
  }
  return [...codes].map((code) => ({
    code: 'not-found',
    diagnostics:
      'It names a registration that was joined with another one: nothing is found under it. Read it: its link leads to the Patient of this person.',
    expression: code,
  }));
}

function isSecondary(member: Parameters<typeof memberText>[0], { persons, reach }: Lowering): boolean {
  const primary = persons.of(member)?.members[0];
  if (primary === undefined || memberText(primary) === memberText(member)) return false;
  return reach?.includes(persons.patientId(primary) ?? '') ?? true;
}
