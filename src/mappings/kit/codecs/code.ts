import { never, type Codec, type Column } from '../../../contracts/index.ts';
import type { PathedCodec } from '../codec.ts';
import { mapped, type MappedOptions, type Policy } from '../mapped.ts';
import { systemFits } from '../token.ts';

export interface CodeOptions<F> extends MappedOptions<F> {
  /** The code system that the element's binding implies (https://hl7.org/fhir/R4/search.html#token), so that `system|code` finds it. */
  readonly system: string;
}

/**
 * A code of a required binding by an in-code map from stored codes, so that a wrong code does not compile.
 * Search is by lists of stored codes; a fallback also finds NULL and unknown codes.
 */
export function code<const M extends Readonly<Record<string, string>>, const F extends string = never>(
  column: Column,
  map: M,
  options: CodeOptions<F>,
): Codec<M[keyof M] | F> {
  const codes = mapped<string>(column, new Map(Object.entries(map)), options);
  const codec: PathedCodec<M[keyof M] | F> = {
    is: 'codec',
    columns: [column],
    compile: (slot, path) => codes.compile(slot, (value) => JSON.stringify(value), path),
    present: codes.present,
    searches: {
      token: (sought) => {
        if (!systemFits(sought, options.system)) return never;
        return codes.where((value) => sought.code === undefined || value === sought.code);
      },
    },
    note: { codeMap: 'in the mapping', policy: policyText(options.unmapped) },
  };
  return codec;
}

/** What the generated documentation says of a policy. */
export function policyText(policy: Policy<unknown>): string {
  return typeof policy === 'string' ? policy : `fallback ${JSON.stringify(policy.fallback)}`;
}

export interface FlagTexts {
  readonly yes: readonly (string | null)[];
  readonly no: readonly (string | null)[];
}

/** A boolean from stored texts; what is in neither list follows the policy. */
export function flag(column: Column, texts: FlagTexts, unmapped: Policy<boolean> = 'damaged'): Codec<boolean> {
  const pairs = [...texts.yes.map((raw) => [raw, true] as const), ...texts.no.map((raw) => [raw, false] as const)];
  const entries = new Map(pairs.flatMap(([raw, value]) => (raw === null ? [] : [[raw, value] as const])));
  const whenNull = pairs.find(([raw]) => raw === null);
  return booleanCodec(
    column,
    entries,
    whenNull === undefined ? { unmapped } : { unmapped, missing: { fallback: whenNull[1] } },
  );
}

/** A boolean column; NULL is absent. */
export function booleanOf(column: Column<'boolean'>): Codec<boolean> {
  return booleanCodec(
    column,
    new Map([
      ['true', true],
      ['false', false],
    ]),
    { unmapped: 'omit' },
  );
}

function booleanCodec(
  column: Column,
  entries: ReadonlyMap<string, boolean>,
  options: MappedOptions<boolean>,
): Codec<boolean> {
  const values = mapped(column, entries, options);
  const codec: PathedCodec<boolean> = {
    is: 'codec',
    columns: [column],
    compile: (slot, path) => values.compile(slot, String, path),
    present: values.present,
    searches: {
      token: (sought) => values.where((value) => sought.code === undefined || String(value) === sought.code),
    },
    note: { policy: policyText(options.unmapped) },
  };
  return codec;
}
