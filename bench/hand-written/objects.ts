import { hash } from 'node:crypto';
import {
  ADDRESS_USE,
  GENDER,
  GROUP_STATUS,
  INTERPRETATION,
  jsonNumber,
  LAB_PROFILE,
  LANGUAGES,
  LOINC,
  MARITAL,
  NUMBER,
  PATIENT_PROFILE,
  RESTRICTED_ONLY,
  RESULT_STATUS,
  SECURITY,
  SOURCE,
  SYSTEMS,
  UNITS,
} from './codes.ts';
import { compactText, dateText, drawnText, stampText } from './new-york.ts';
import type { HandPerson } from './person.ts';

/** A row as knex hands it over: by column name. */
export type ObjectRow = Readonly<Record<string, string | null>>;
export type FhirObject = Record<string, unknown>;

/** The text of a column without blanks around it; undefined for none. */
function trimmed(stored: string | null | undefined): string | undefined {
  const text = stored?.trim() ?? '';
  return text === '' ? undefined : text;
}

function quantity(typed: string | null | undefined, stored: string | null | undefined): FhirObject | undefined {
  const found = NUMBER.exec(typed ?? 'none');
  if (found === null) return undefined;
  const unit = trimmed(stored);
  return {
    value: Number(jsonNumber(found[2] ?? '')),
    ...(found[1] === undefined ? {} : { comparator: found[1] }),
    ...(unit === undefined ? {} : (UNITS.get(unit) ?? { unit })),
  };
}

function value(row: ObjectRow): FhirObject {
  const valueQuantity = quantity(row['typed'], row['unit']);
  if (valueQuantity !== undefined) return { valueQuantity };
  const valueString = trimmed(row['typed']);
  return valueString === undefined
    ? { dataAbsentReason: { coding: [{ system: SYSTEMS.absent, code: 'unknown' }] } }
    : { valueString };
}

function range(row: ObjectRow): FhirObject {
  const low = quantity(row['low'], row['unit']);
  const high = quantity(row['high'], row['unit']);
  const text = low === undefined ? trimmed(row['low']) : undefined;
  if (low === undefined && high === undefined && text === undefined) return {};
  const one = { ...(low && { low }), ...(high && { high }), ...(text !== undefined && { text }) };
  return { referenceRange: [one] };
}

function coded(system: string, map: ReadonlyMap<string, string>, localSystem: string, code: string): FhirObject[] {
  const known = map.get(code);
  return [...(known === undefined ? [] : [{ system, code: known }]), { system: localSystem, code }];
}

function testCode(row: ObjectRow): FhirObject {
  const coding = coded(SYSTEMS.loinc, LOINC, SYSTEMS.localTest, row['code'] ?? '');
  const name = row['name'] ?? undefined;
  if (name === undefined) return { coding };
  return { coding: coding.map((one, i) => (i === coding.length - 1 ? { ...one, display: name } : one)), text: name };
}

function performers(row: ObjectRow): FhirObject {
  const performer: FhirObject[] = [];
  if (row['department'] != null) performer.push({ reference: `Organization/mo.${row['department']}` });
  if (row['verifier'] != null) performer.push({ reference: `Practitioner/mq.${row['verifier']}` });
  return performer.length === 0 ? {} : { performer };
}

function specimen(row: ObjectRow): FhirObject {
  const number = trimmed(row['specimen']);
  return number === undefined ? {} : { specimen: { reference: `Specimen/msp.${number}` } };
}

const category = [{ coding: [{ system: SYSTEMS.category, code: 'laboratory', display: 'Laboratory' }] }];

/** In: a row of either habit, and the id of the patient's Patient. */
export function observationObject(row: ObjectRow, patientId: string, version: string): FhirObject {
  const subject = { reference: `Patient/${patientId}` };
  const code = testCode(row);
  if (row['habit'] === '1') {
    const elements = {
      ...{ status: GROUP_STATUS[row['status'] ?? ''] ?? 'unknown', category, code, subject },
      ...{ effectiveDateTime: compactText(row['time'] ?? ''), ...performers(row), ...value(row), ...specimen(row) },
      ...range(row),
    };
    return resource('Observation', `me.${row['key']}-${row['sequence']}`, LAB_PROFILE, elements, {
      version,
      ...labels(row),
    });
  }
  const effectiveDateTime = drawnText(row['drawn_date'] ?? null, row['drawn_time'] ?? null);
  const flag = trimmed(row['flag']);
  const elements = {
    ...{
      identifier: [{ system: SYSTEMS.resultNumber, value: row['key'] }],
      status: RESULT_STATUS[row['status'] ?? ''],
    },
    ...{ category, code, subject },
    ...(effectiveDateTime === undefined ? {} : { effectiveDateTime }),
    ...(row['loaded'] == null ? {} : { issued: stampText(row['loaded']) }),
    ...performers(row),
    ...value(row),
    ...specimen(row),
    ...(flag === undefined
      ? {}
      : { interpretation: [{ coding: coded(SYSTEMS.interpretation, INTERPRETATION, SYSTEMS.localFlag, flag) }] }),
    ...range(row),
  };
  return resource('Observation', `ml.${row['key']}`, LAB_PROFILE, elements, { version, ...labels(row) });
}

function resource(
  resourceType: string,
  id: string,
  profile: string,
  elements: FhirObject,
  { version, lastUpdated, security }: About,
): FhirObject {
  const labels = security === undefined ? '' : JSON.stringify(security);
  const versionId = hash('sha256', `${version}"${profile}"${labels}${JSON.stringify(elements)}`, 'hex').slice(0, 16);
  const meta = {
    versionId,
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    source: SOURCE,
    profile: [profile],
    ...(security === undefined ? {} : { security }),
  };
  return { resourceType, id, meta, ...elements };
}

/** What is no element of a resource. */
interface About {
  readonly version: string;
  readonly lastUpdated?: string;
  readonly security?: readonly object[];
}

function labels(row: ObjectRow): Pick<About, 'security'> {
  const sensitivity = trimmed(row['sensitivity']);
  return sensitivity === undefined ? {} : { security: SECURITY.get(sensitivity) ?? RESTRICTED_ONLY };
}

/** In: a row of PATMAST, the rows of PATADDR, the record number's parts, and the person. */
export function patientObject(
  row: ObjectRow,
  addresses: readonly ObjectRow[],
  key: { readonly id: string; readonly facility: string; readonly number: string },
  person: HandPerson,
  version: string,
): FhirObject {
  const own = { use: 'usual', system: SYSTEMS.recordNumber, value: `${key.facility}-${key.number}` };
  const address = addresses.map(addressObject).filter((one) => Object.keys(one).length > 0);
  const marital = trimmed(row['marital']);
  const language = LANGUAGES.get(row['language'] ?? '');
  const telecom = telecoms(row);
  const link = [...links(person.replaced, 'replaces'), ...links(person.candidates, 'seealso')];
  const elements = {
    identifier: [own, ...person.identifiers.map((text) => JSON.parse(text) as FhirObject)],
    active: true,
    name: [name(row['name'] ?? null)],
    ...(telecom.length === 0 ? {} : { telecom }),
    gender: GENDER[row['sex'] ?? ''] ?? 'unknown',
    ...civil('birthDate', row['born']),
    ...civil('deceasedDateTime', row['died']),
    ...(address.length === 0 ? {} : { address }),
    ...(marital === undefined
      ? {}
      : { maritalStatus: { coding: coded(SYSTEMS.marital, MARITAL, SYSTEMS.localMarital, marital) } }),
    ...(language === undefined
      ? {}
      : { communication: [{ language: { coding: [{ system: SYSTEMS.language, code: language }] } }] }),
    ...(row['provider'] == null ? {} : { generalPractitioner: [{ reference: `Practitioner/mq.${row['provider']}` }] }),
    ...(row['facility'] == null ? {} : { managingOrganization: { reference: `Organization/mo.${row['facility']}` } }),
    ...(link.length === 0 ? {} : { link }),
  };
  const lastUpdated = row['updated'] == null ? {} : { lastUpdated: stampText(row['updated']) };
  return resource('Patient', key.id, PATIENT_PROFILE, elements, { version, ...lastUpdated });
}

function links(ids: readonly string[], type: string): FhirObject[] {
  return ids.map((id) => ({ other: { reference: `Patient/${id}` }, type }));
}

function name(stored: string | null): FhirObject {
  if (trimmed(stored) === undefined)
    return { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  const [family, ...rest] = (stored ?? '').split('^').map((part) => part.trim());
  const given = rest.slice(0, 2).filter((part) => part !== '');
  return { ...(family === '' ? {} : { family }), ...(given.length === 0 ? {} : { given }) };
}

function telecoms(row: ObjectRow): FhirObject[] {
  const point = (system: string, stored: string | null | undefined, use?: string): FhirObject[] => {
    const text = trimmed(stored);
    return text === undefined ? [] : [{ system, value: text, ...(use === undefined ? {} : { use }) }];
  };
  return [
    ...point('phone', row['home'], 'home'),
    ...point('phone', row['cell'], 'mobile'),
    ...point('email', row['email']),
  ];
}

function civil(element: string, stored: string | null | undefined): FhirObject {
  return stored == null || stored === '0' || stored === '99999999' ? {} : { [element]: dateText(stored) };
}

function addressObject(row: ObjectRow): FhirObject {
  const line = [trimmed(row['line1']), trimmed(row['line2'])].filter((one) => one !== undefined);
  const period = { ...civil('start', row['from_day']), ...civil('end', row['to_day']) };
  const parts: FhirObject = {
    use: ADDRESS_USE[row['type'] ?? ''],
    line: line.length === 0 ? undefined : line,
    city: trimmed(row['city']),
    state: trimmed(row['state']),
    postalCode: trimmed(row['zip']),
    period: Object.keys(period).length === 0 ? undefined : period,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}
