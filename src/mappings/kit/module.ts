import { Fault } from '../../core/index.ts';
import type { MappingModule } from '../../contracts/index.ts';
import { provenanceOf } from './provenance.ts';
import { problemsOf } from './module-rules.ts';

/**
 * Declares one legacy system; of everything that it serves there is a Provenance too. Throws `module.invalid` that names everything that is missing
 * or wrong: a module without owner, clinical steward, contact, service level and review date does not start.
 */
export function defineModule(module: MappingModule): MappingModule {
  const problems = problemsOf(module);
  if (problems.length > 0) throw new Fault('module.invalid', `Module '${module.id}': ${problems.join('; ')}.`);
  return {
    ...module,
    branches: [...module.branches, ...module.branches.map((branch) => provenanceOf(branch, module))],
  };
}
