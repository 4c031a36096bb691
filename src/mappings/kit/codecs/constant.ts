import {
  always,
  never,
  type Codec,
  type Node,
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
  return { ...codec, searches: { ...codec.searches, string: (sought) => (wordsFit(sought, value) ? always : never) } };
}

/** Whether a text that no column folds is found by words: case-insensitively, exactly in accents. */
export function wordsFit({ mode, value: sought }: StringValue, text: string): boolean {
  if (mode === 'exact') return sought === text;
  const [whole, part] = [lowerSimple(text), lowerSimple(sought)];
  return mode === 'contains' ? whole.includes(part) : whole.startsWith(part);
}

function partsOf(value: unknown): Readonly<Record<string, Node>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, partOf(part)]));
}

function partOf(value: unknown): Node {
  if (Array.isArray(value)) return value.map(partOf);
  return typeof value === 'string' ? constantString(value) : constant(value as object);
}

function searchesOf(value: unknown, system: string | undefined): Searches {
  const tokens = tokensOf(value, system);
  const token = (sought: TokenValue): ReturnType<NonNullable<Searches['token']>> =>
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
