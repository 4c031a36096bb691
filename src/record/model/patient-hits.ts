import type { Branch } from '../../contracts/index.ts';
import { patientPathOf } from '../../fhir/index.ts';
import type { BranchParams } from './params.ts';
import { leaves, rootOf, walk, type Hit } from './walk.ts';

/** Where a branch names the patient whom its rows are about. None for types without a patient, and for Patient itself. */
export function patientHits({ type, elements }: Branch, params: BranchParams): readonly Hit[] {
  const path = patientPathOf(type);
  if (typeof path !== 'object') return [];
  if (path.is === 'patient') return path.code === '_id' ? [] : (params.get(path.code)?.hits ?? []);
  const found = walk(rootOf(elements, type), [{ name: path.element }]).flatMap(leaves);
  return found.filter(({ codec }) => codec.reference !== undefined);
}

/** Whether rows of the type are told apart by a patient whom they name: an access is narrowed by it. */
export function namesPatient({ type }: Branch): boolean {
  const path = patientPathOf(type);
  return typeof path === 'object' && !(path.is === 'patient' && path.code === '_id');
}
