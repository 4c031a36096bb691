import type { GeneratedQuery } from './generate.ts';
import type { Oracle } from './oracle.ts';
import type { Reach } from './world.ts';

export interface Coverage {
  readonly queries: number;
  readonly emptyAnswers: number;
  /** What some search with a non-empty answer exercised. */
  readonly tested: readonly string[];
  /** Advertised parameters (`Type.param`) that never had a non-empty answer to anything but `:missing` and `:not`: untested. */
  readonly untestedParameters: readonly string[];
  /** Other things (chains, `_has`, includes, orders) that never had one. */
  readonly untested: readonly string[];
}

/** Which parameters were really put to the test: one without a non-empty answer counts as untested. */
export function coverageOf(oracle: Oracle, queries: readonly GeneratedQuery[], reach?: Reach): Coverage {
  const tested = new Set<string>();
  const asked = new Set(queries.flatMap(({ about }) => about).filter((one) => !one.endsWith(' malformed')));
  let emptyAnswers = 0;
  for (const { type, query, about } of queries) {
    const answer = oracle.search(type, query, reach);
    if (answer.total === 0) emptyAnswers += 1;
    else for (const one of about) if (!isInclude(one) || answer.includes.size > 0) tested.add(one);
  }
  const parameters = oracle.advertised.types.flatMap((type) =>
    oracle.advertised.parameters(type).map((parameter) => `${type}.${parameter.code}`),
  );
  const isTested = (name: string) => [name, `${name}:exact`, `${name}:contains`].some((one) => tested.has(one));
  return {
    queries: queries.length,
    emptyAnswers,
    tested: [...tested].sort(),
    untestedParameters: parameters.filter((parameter) => !isTested(parameter)),
    untested: [...asked].filter((one) => !tested.has(one) && !parameters.includes(one)).sort(),
  };
}

function isInclude(about: string): boolean {
  return /\._(rev)?include /.test(about);
}
