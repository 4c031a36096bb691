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

export type TextRow = readonly (string | null)[];

/** A resource as text, and its version. */
export interface HandResource {
  readonly id: string;
  readonly text: string;
  readonly versionId: string;
}

const CATEGORY = `,"category":[{"coding":[{"system":"${SYSTEMS.category}","code":"laboratory","display":"Laboratory"}]}]`;
const NO_RESULT = `,"dataAbsentReason":{"coding":[{"system":"${SYSTEMS.absent}","code":"unknown"}]}`;

const unitTexts = new Map(
  [...UNITS].map(([stored, { unit, system, code }]) => [
    stored,
    `,"unit":"${unit}","system":"${system}","code":"${code}"`,
  ]),
);

function unitText(stored: string | null): string {
  const trimmed = stored?.trim() ?? '';
  return trimmed === '' ? '' : (unitTexts.get(trimmed) ?? `,"unit":${JSON.stringify(trimmed)}`);
}

function quantityText(typed: string | null, unit: string): string {
  const found = typed === null ? null : NUMBER.exec(typed);
  if (found === null) return '';
  const comparator = found[1] === undefined ? '' : `,"comparator":"${found[1]}"`;
  return `{"value":${jsonNumber(found[2] ?? '')}${comparator}${unit}}`;
}

function valueText(typed: string | null, unit: string): string {
  const trimmed = typed?.trim() ?? '';
  if (trimmed === '') return NO_RESULT;
  const quantity = quantityText(typed, unit);
  return quantity === '' ? `,"valueString":${JSON.stringify(trimmed)}` : `,"valueQuantity":${quantity}`;
}

function rangeText(low: string | null, high: string | null, unit: string): string {
  const lowText = quantityText(low, unit);
  const highText = quantityText(high, unit);
  const words = lowText === '' ? (low?.trim() ?? '') : '';
  let text = lowText === '' ? '' : `"low":${lowText}`;
  if (highText !== '') text += `${text === '' ? '' : ','}"high":${highText}`;
  if (words !== '') text += `${text === '' ? '' : ','}"text":${JSON.stringify(words)}`;
  return text === '' ? '' : `,"referenceRange":[{${text}}]`;
}

function codeText(code: string, name: string | null): string {
  const loinc = LOINC.get(code);
  const translated = loinc === undefined ? '' : `{"system":"${SYSTEMS.loinc}","code":"${loinc}"},`;
  const quoted = name === null ? '' : JSON.stringify(name);
  const local = `{"system":"${SYSTEMS.localTest}","code":"${code}"${quoted === '' ? '' : `,"display":${quoted}`}}`;
  return `,"code":{"coding":[${translated}${local}]${quoted === '' ? '' : `,"text":${quoted}`}}`;
}

function performerText(department: string | null, verifier: string | null): string {
  const parts = department === null ? [] : [`{"reference":"Organization/mo.${department}"}`];
  if (verifier !== null) parts.push(`{"reference":"Practitioner/mq.${verifier}"}`);
  return parts.length === 0 ? '' : `,"performer":[${parts.join(',')}]`;
}

function specimenText(number: string | null): string {
  return number === null ? '' : `,"specimen":{"reference":"Specimen/msp.${number.trimEnd()}"}`;
}

function flagText(stored: string | null): string {
  const flag = stored?.trimEnd() ?? '';
  if (flag === '') return '';
  const code = INTERPRETATION.get(flag);
  const translated = code === undefined ? '' : `{"system":"${SYSTEMS.interpretation}","code":"${code}"},`;
  return `,"interpretation":[{"coding":[${translated}{"system":"${SYSTEMS.localFlag}","code":"${flag}"}]}]`;
}

/** In: a row of `LABS` or `RESULT`, and the id of the patient's Patient. */
export function observationText(row: TextRow, patientId: string, version: string): HandResource {
  return row[0] === '0' ? resultText(row, patientId, version) : groupText(row, patientId, version);
}

function resultText(row: TextRow, patientId: string, version: string): HandResource {
  const [, sequence, status, code, name, , , date, time, loaded, department, verifier, ...value] = row;
  const [typed, unit, flag, low, high, specimen, sensitivity] = value;
  const units = unitText(unit ?? null);
  const drawn = drawnText(date ?? null, time ?? null);
  const elements =
    `"identifier":[{"system":"${SYSTEMS.resultNumber}","value":"${sequence}"}],"status":"${RESULT_STATUS[status ?? '']}"` +
    `${CATEGORY}${codeText(code ?? '', name ?? null)},"subject":{"reference":"Patient/${patientId}"}` +
    (drawn === undefined ? '' : `,"effectiveDateTime":"${drawn}"`) +
    (loaded == null ? '' : `,"issued":"${stampText(loaded)}"`) +
    performerText(department ?? null, verifier ?? null) +
    valueText(typed ?? null, units) +
    specimenText(specimen ?? null) +
    flagText(flag ?? null) +
    rangeText(low ?? null, high ?? null, units);
  return observation(`ml.${sequence}`, elements, version, sensitivity ?? null);
}

function groupText(row: TextRow, patientId: string, version: string): HandResource {
  const [, order, status, code, name, , , time, sequence, , department, , ...value] = row;
  const [typed, unit, , low, high, specimen, sensitivity] = value;
  const units = unitText(unit ?? null);
  const elements =
    `"status":"${GROUP_STATUS[status ?? ''] ?? 'unknown'}"${CATEGORY}${codeText(code ?? '', name ?? null)}` +
    `,"subject":{"reference":"Patient/${patientId}"},"effectiveDateTime":"${compactText(time ?? '')}"` +
    performerText(department ?? null, null) +
    valueText(typed ?? null, units) +
    specimenText(specimen ?? null) +
    rangeText(low ?? null, high ?? null, units);
  return observation(`me.${order}-${sequence}`, elements, version, sensitivity ?? null);
}

const securityTexts = new Map([...SECURITY].map(([stored, labels]) => [stored, JSON.stringify(labels).slice(1, -1)]));
const restrictedText = JSON.stringify(RESTRICTED_ONLY).slice(1, -1);

function securityText(stored: string | null): string {
  const sensitivity = stored?.trimEnd() ?? '';
  return sensitivity === '' ? '' : (securityTexts.get(sensitivity) ?? restrictedText);
}

function observation(id: string, elements: string, version: string, sensitivity: string | null): HandResource {
  const labels = securityText(sensitivity);
  const versionId = versionOf(LAB_PROFILE, labels + elements, version);
  const security = labels === '' ? '' : `,"security":[${labels}]`;
  const meta = `{"versionId":"${versionId}","source":"${SOURCE}","profile":["${LAB_PROFILE}"]${security}}`;
  return { id, versionId, text: `{"resourceType":"Observation","id":"${id}","meta":${meta},${elements}}` };
}

function versionOf(profile: string, elements: string, version: string): string {
  return hash('sha256', `${version}"${profile}"${elements}`, 'hex').slice(0, 16);
}

/** In: a row of `PATIENT`, the rows of `ADDRESSES`, the record number's parts, and the person. */
export function patientText(
  row: TextRow,
  addresses: readonly TextRow[],
  key: { readonly id: string; readonly facility: string; readonly number: string },
  person: HandPerson,
  version: string,
): HandResource {
  const [name, home, cell, email, sex, born, died, marital, language, provider, facility, updated] = row;
  const own = `{"use":"usual","system":"${SYSTEMS.recordNumber}","value":"${key.facility}-${key.number}"}`;
  const elements =
    `"identifier":[${[own, ...person.identifiers].join(',')}],"active":true` +
    nameText(name ?? null) +
    telecomText(home ?? null, cell ?? null, email ?? null) +
    `,"gender":"${GENDER[sex ?? ''] ?? 'unknown'}"` +
    civilText('birthDate', born ?? null) +
    civilText('deceasedDateTime', died ?? null) +
    addressesText(addresses) +
    maritalText(marital ?? null) +
    languageText(language ?? null) +
    (provider == null ? '' : `,"generalPractitioner":[{"reference":"Practitioner/mq.${provider}"}]`) +
    (facility == null ? '' : `,"managingOrganization":{"reference":"Organization/mo.${facility}"}`) +
    linkText(person);
  const versionId = versionOf(PATIENT_PROFILE, elements, version);
  const lastUpdated = updated == null ? '' : `"lastUpdated":"${stampText(updated)}",`;
  const meta = `{"versionId":"${versionId}",${lastUpdated}"source":"${SOURCE}","profile":["${PATIENT_PROFILE}"]}`;
  return { id: key.id, versionId, text: `{"resourceType":"Patient","id":"${key.id}","meta":${meta},${elements}}` };
}

function nameText(stored: string | null): string {
  if (stored === null || stored.trim() === '')
    return ',"name":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}]';
  const [family = '', ...given] = stored.split('^').map((part) => part.trim());
  const givens = given.slice(0, 2).filter((part) => part !== '');
  const parts = family === '' ? [] : [`"family":${JSON.stringify(family)}`];
  if (givens.length > 0) parts.push(`"given":[${givens.map((part) => JSON.stringify(part)).join(',')}]`);
  return `,"name":[{${parts.join(',')}}]`;
}

function telecomText(home: string | null, cell: string | null, email: string | null): string {
  const point = (system: string, stored: string | null, use: string): string => {
    const value = stored?.trim() ?? '';
    return value === '' ? '' : `{"system":"${system}","value":${JSON.stringify(value)}${use}}`;
  };
  const points = [
    point('phone', home, ',"use":"home"'),
    point('phone', cell, ',"use":"mobile"'),
    point('email', email, ''),
  ];
  const text = points.filter((one) => one !== '').join(',');
  return text === '' ? '' : `,"telecom":[${text}]`;
}

function civilText(element: string, stored: string | null): string {
  if (stored === null || stored === '0' || stored === '99999999') return '';
  return `,"${element}":"${dateText(stored)}"`;
}

function addressesText(rows: readonly TextRow[]): string {
  const texts = rows.map(addressText).filter((text) => text !== '');
  return texts.length === 0 ? '' : `,"address":[${texts.join(',')}]`;
}

function addressText([type, line1, line2, city, state, zip, from, to]: TextRow): string {
  const parts: string[] = [];
  const put = (name: string, stored: string | null | undefined): void => {
    const value = stored?.trim() ?? '';
    if (value !== '') parts.push(`"${name}":${JSON.stringify(value)}`);
  };
  put('use', ADDRESS_USE[type ?? '']);
  const lines = [line1, line2].flatMap((line) =>
    line == null || line.trim() === '' ? [] : JSON.stringify(line.trim()),
  );
  if (lines.length > 0) parts.push(`"line":[${lines.join(',')}]`);
  put('city', city);
  put('state', state);
  put('postalCode', zip);
  const start = civilText('start', from ?? null);
  const end = civilText('end', to ?? null);
  if (start + end !== '') parts.push(`"period":{${(start + end).slice(1)}}`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function maritalText(code: string | null): string {
  if (code === null || code.trim() === '') return '';
  const known = MARITAL.get(code);
  const translated = known === undefined ? '' : `{"system":"${SYSTEMS.marital}","code":"${known}"},`;
  return `,"maritalStatus":{"coding":[${translated}{"system":"${SYSTEMS.localMarital}","code":"${code}"}]}`;
}

function languageText(code: string | null): string {
  const known = LANGUAGES.get(code ?? '');
  return known === undefined
    ? ''
    : `,"communication":[{"language":{"coding":[{"system":"${SYSTEMS.language}","code":"${known}"}]}}]`;
}

function linkText({ replaced, candidates }: HandPerson): string {
  const link = (id: string, type: string): string => `{"other":{"reference":"Patient/${id}"},"type":"${type}"}`;
  const links = [...replaced.map((id) => link(id, 'replaces')), ...candidates.map((id) => link(id, 'seealso'))];
  return links.length === 0 ? '' : `,"link":[${links.join(',')}]`;
}
