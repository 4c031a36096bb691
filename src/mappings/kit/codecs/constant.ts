import {
  always,
  never,
  type Codec,
  type Predicate,
  type Searches,
  type StringValue,
  type TokenValue,
} from '../../../contracts/index.ts';
import { lowerSimple } from '../../../core/index.ts';
import { tokenFits, type Token } from '../token.ts';

/** A literal without `readonly`, as FHIR types have it. */
export type Plain<T> = T extends string | number | boolean
  ? T
  : T extends readonly unknown[]
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : { -readonly [K in keyof T]: Plain<T[K]> };

/**
 * The same value in every row: a primitive, or a whole datatype such as a CodeableConcept. Predicates on it fold to always or never, so a
 * branch whose constant cannot match is not asked. `system` is the code system of a code with a required binding.
 */
export function constant<const T>(value: T, options: { readonly system?: string } = {}): Codec<Plain<T>> {
  const text = JSON.stringify(value);
  const parts = partsOf(value);
  return {
    is: 'codec',
    columns: [],
    compile: () => () => text,
    present: always,
    searches: searchesOf(value, options.system),
    constant: value as Plain<T>,
    ...(parts === undefined ? {} : { parts }),
  };
}

/** As `constant`, for a text that people search by words, such as a country. */
export function constantString(value: string): Codec<string> {
  const codec = constant(value);
  const string = ({ mode, value: sought }: StringValue): Predicate => {
    if (mode === 'exact') return sought === value ? always : never;
    const [whole, part] = [lowerSimple(value), lowerSimple(sought)];
    return (mode === 'contains' ? whole.includes(part) : whole.startsWith(part)) ? always : never;
  };
  return { ...codec, searches: { ...codec.searches, string } };
}

function partsOf(value: unknown): Record<string, Codec> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const scalars = Object.entries(value).filter(([, part]) => !Array.isArray(part));
  return Object.fromEntries(scalars.map(([name, part]) => [name, constant(part as string)]));
}

function searchesOf(value: unknown, system: string | undefined): Searches {
  const tokens = tokensOf(value, system);
  const token = (sought: TokenValue): Predicate =>
    tokens.some((known) => (typeof value === 'boolean' ? sought.code === known.code : tokenFits(sought, known)))
      ? always
      : never;
  if (typeof value !== 'string') return { token };
  return { token, uri: (sought) => (sought.mode === 'exact' && sought.value === value ? always : never) };
}

function tokensOf(value: unknown, system: string | undefined): readonly Token[] {
  if (typeof value !== 'object' || value === null) return [{ system, code: String(value) }];
  const fields = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(fields['coding'])) return fields['coding'].flatMap((coding) => tokensOf(coding, undefined));
  const code = fields['code'] ?? fields['value'];
  return [{ system: fields['system'] as string | undefined, code: typeof code === 'string' ? code : undefined }];
}
