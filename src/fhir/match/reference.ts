import type { ReferenceValue } from '../../contracts/index.ts';
import { isObject, textOf, type Element, type ElementTest } from './element.ts';

const local = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/;

/** https://hl7.org/fhir/R4/search.html#reference: an instance of this server, in whatever version, or a URL as it is written. */
export function referenceTest({ type, id, url }: ReferenceValue): ElementTest {
  return (element) => {
    const written = writtenIn(element);
    if (written === undefined) return false;
    const [, targetType, targetId] = local.exec(written) ?? [];
    if (targetId === undefined) return url !== undefined && url === written;
    return id === targetId && (type === undefined || type === targetType);
  };
}

/** A Reference, or a canonical or uri. */
function writtenIn(element: Element): string | undefined {
  if (typeof element === 'string') return element;
  return isObject(element) ? textOf(element, 'reference') : undefined;
}
