import type { Address, ContactPoint, HumanName, Patient } from '@medplum/fhirtypes';

/**
 * Codes of HL7 v2 tables for elements whose codes FHIR requires, as the guide maps them
 * (https://build.fhir.org/ig/HL7/v2-to-fhir/concept_maps.html). What is not here has no code there.
 */

/** Table 0001. */
export const GENDERS: Readonly<Record<string, NonNullable<Patient['gender']>>> = {
  ...{ F: 'female', M: 'male', O: 'other', U: 'unknown', A: 'other', N: 'other' },
};

/** Table 0200. */
export const NAME_USES: Readonly<Record<string, NonNullable<HumanName['use']>>> = {
  ...{ BAD: 'old', D: 'usual', L: 'official', M: 'maiden', MSK: 'anonymous', N: 'nickname' },
  ...{ NAV: 'temp', R: 'official', TEMP: 'temp' },
};

/** Table 0190. */
export const ADDRESS_USES: Readonly<Record<string, NonNullable<Address['use']>>> = {
  ...{ BA: 'old', BI: 'billing', C: 'temp', B: 'work', H: 'home', O: 'work' },
};

/** Table 0190. */
export const ADDRESS_TYPES: Readonly<Record<string, NonNullable<Address['type']>>> = { M: 'postal', SH: 'postal' };

/** Table 0201. */
export const CONTACT_USES: Readonly<Record<string, NonNullable<ContactPoint['use']>>> = {
  ...{ PRN: 'home', WPN: 'work', PRS: 'mobile' },
};

/** Table 0202. */
export const CONTACT_SYSTEMS: Readonly<Record<string, NonNullable<ContactPoint['system']>>> = {
  ...{ PH: 'phone', CP: 'phone', FX: 'fax', BP: 'pager', INTERNET: 'email', 'X.400': 'email' },
  ...{ MD: 'other', SAT: 'other', TDD: 'other', TTY: 'other' },
};
