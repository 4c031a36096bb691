import type { ContactPoint } from '@medplum/fhirtypes';
import { componentText, type Hl7Repetition } from '../../../contracts/index.ts';
import { CONTACT_SYSTEMS, CONTACT_USES } from './tables.ts';

/**
 * A ContactPoint of an XTN in a field of phone numbers; undefined: it holds no number and no address. In: the use where it names none.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-xtn-to-contactpoint.html
 */
export function contactPointOf(xtn: Hl7Repetition, defaultUse: ContactPoint['use']): ContactPoint | undefined {
  const part = (component: number): string => componentText(xtn, component).trim();
  const [kind, equipment] = [part(2).toUpperCase(), part(3).toUpperCase()];
  // Mail addresses stand where numbers do in feeds that were there before version 2.3.
  const mail = part(4) === '' && part(1).includes('@') ? part(1) : part(4);
  const isMail = mail !== '' && (kind === 'NET' || ['', 'INTERNET', 'X.400'].includes(equipment) || part(1) === mail);
  const value = isMail ? mail : numberOf(part);
  if (value === '') return undefined;
  const use = equipment === 'CP' ? 'mobile' : (CONTACT_USES[kind] ?? (kind === '' ? defaultUse : undefined));
  const system = isMail ? 'email' : CONTACT_SYSTEMS[equipment];
  return {
    ...{ system: system ?? 'phone', value },
    ...(use === undefined ? {} : { use }),
  };
}

function numberOf(part: (component: number) => string): string {
  const [number, country, area, local, extension, plain] = [1, 5, 6, 7, 8, 12].map(part);
  if (local !== undefined && local !== '') {
    const main = [country === '' ? '' : `+${country ?? ''}`, area, local].filter((text) => text !== '').join(' ');
    return extension === '' ? main : `${main} X${extension ?? ''}`;
  }
  return number === '' ? (plain ?? '') : (number ?? '');
}
