import type { ReferenceValue } from '../../contracts/index.ts';
import { isResourceType } from '../definitions/index.ts';
import { unescapeValue } from './escape.ts';
import type { Parameter, ValueParser } from './parameter.ts';
import { invalidValue } from './refuse.ts';

/** The syntax of ids (https://hl7.org/fhir/R4/datatypes.html#id). */
export const idSyntax = /^[A-Za-z0-9.-]{1,64}$/;

const right = 'a reference is an id, Type/id or an absolute URL.';

/**
 * https://hl7.org/fhir/R4/search.html#reference: `id`, `Type/id`, or a URL; one that begins with this server's base is the same as the relative
 * one, and a version is passed over. A modifier that is a type says what an id is of.
 */
export const parseReference: ValueParser<ReferenceValue> = (text, parameter) => {
  const written = unescapeValue(text);
  const local = withoutBase(written, parameter.base);
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(local)) return { is: 'reference', url: local };
  const [first = '', id, ...version] = local.split('/');
  if (version.length > 0 && (version.length !== 2 || version[0] !== '_history' || !idSyntax.test(version[1] ?? '')))
    throw invalidValue(parameter.name, right);
  if (id === undefined) return byId(first, parameter);
  if (!isResourceType(first) || !idSyntax.test(id)) throw invalidValue(parameter.name, right);
  if (parameter.modifier !== undefined && parameter.modifier !== first)
    throw invalidValue(parameter.name, 'the type of the reference differs from the modifier.');
  return { is: 'reference', type: first, id };
};

function byId(id: string, { name, modifier }: Parameter): ReferenceValue {
  if (!idSyntax.test(id)) throw invalidValue(name, right);
  return { is: 'reference', ...(modifier === undefined ? {} : { type: modifier }), id };
}

function withoutBase(written: string, base: string | undefined): string {
  return base !== undefined && written.startsWith(`${base}/`) ? written.slice(base.length + 1) : written;
}
