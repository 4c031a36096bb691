import { civilOf } from '../model/calendar.ts';
import type { Implant, Udi } from '../model/implants.ts';
import type { Person } from '../model/types.ts';
import { SYSTEMS, type Meaning } from './codes.ts';
import { registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { known, plain, referenceTo, unknownConcept, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const IMPLANT_SYSTEM = 'https://meridian.example/sid/implant';
const TYPE_SYSTEM = 'https://meridian.example/cs/implant-type';

const TYPE: Readonly<Record<string, Meaning>> = {
  PACE: { code: '14106009', display: 'Cardiac pacemaker' },
  HIP: { code: '304120007', display: 'Total hip replacement prosthesis' },
  STNT: { code: '705643001', display: 'Coronary artery stent' },
};
const STATUS: Readonly<Record<string, string>> = { A: 'active', X: 'inactive', E: 'entered-in-error' };
const ENTRY: Readonly<Record<string, string>> = { B: 'barcode', M: 'manual', C: 'card' };

function implantNative({ number }: Implant): Native {
  return { table: 'IMPLNT', key: [number] };
}

/** The carrier in the form that people read: identifiers in parentheses, in the order in which the reader writes them. */
function readable({ device, lot, serial, made, expires }: Udi): string | undefined {
  const six = (civil: string): string => civil.slice(2).replaceAll('-', '');
  const expiry = expires && civilOf(expires.day);
  const text = [
    device === undefined ? '' : `(01)${device}`,
    made === undefined ? '' : `(11)${six(civilOf(made))}`,
    expiry === undefined ? '' : `(17)${expires?.isMonth === true ? `${six(expiry).slice(0, 4)}00` : six(expiry)}`,
    lot === undefined ? '' : `(10)${lot}`,
    serial === undefined ? '' : `(21)${serial}`,
  ].join('');
  return text === '' ? undefined : text;
}

function carrier({ udi, entry }: Implant): TruthValue | undefined {
  const hrf = udi === null ? undefined : typeof udi === 'string' ? udi : readable(udi);
  const device = udi === null || typeof udi === 'string' ? undefined : udi.device;
  const entryType = ENTRY[entry ?? ''];
  if (hrf === undefined && entryType === undefined) return undefined;
  return known({
    deviceIdentifier: device,
    issuer: device === undefined ? undefined : 'http://hl7.org/fhir/NamingSystem/gs1-di',
    carrierHRF: hrf,
    entryType,
  });
}

/** The Device of a sound row. The profile wants an identifier of the device on a carrier that there is. */
function implantTruth(implant: Implant): TruthResource {
  const { udi, maker, model, name, note, distinct, status } = implant;
  const elements = udi === null || typeof udi === 'string' ? undefined : udi;
  const expiry = elements?.expires;
  const udiCarrier = carrier(implant);
  const snomed = { system: SYSTEMS.snomed, meanings: TYPE };
  const conforms = elements?.device !== undefined;
  const whole = {
    identifier: [{ system: IMPLANT_SYSTEM, value: implant.number }],
    udiCarrier: udiCarrier && [udiCarrier],
    status: status === null ? 'unknown' : STATUS[status],
    distinctIdentifier: distinct ?? undefined,
    manufacturer: maker ?? undefined,
    manufactureDate: elements?.made && civilOf(elements.made),
    expirationDate: expiry && civilOf(expiry.day).slice(0, expiry.isMonth ? 7 : 10),
    lotNumber: elements?.lot,
    serialNumber: elements?.serial,
    modelNumber: model ?? undefined,
    deviceName: name === null ? undefined : [{ name, type: 'model-name' }],
    type: localConcept(implant.type, TYPE_SYSTEM, snomed) ?? unknownConcept(),
    patient: referenceTo('Patient', registrationOf({ key: implant.patient })),
    note: note === null ? undefined : [{ text: note.trim() }],
  };
  return conforms
    ? usCore(implantNative(implant), 'Device', 'us-core-implantable-device', whole)
    : plain(implantNative(implant), 'Device', whole);
}

export function implantRows({ implants }: Person): readonly TruthRow[] {
  return implants.map((implant) => ({
    native: implantNative(implant),
    about: { registration: implant.patient },
    damage: implant.damage,
    hidden: implant.deleted ? 'deleted' : undefined,
    resource: () => implantTruth(implant),
  }));
}
