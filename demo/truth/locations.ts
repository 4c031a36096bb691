import { locationsOf, type Location } from '../model/locations.ts';
import { BED_STATE, LOCATION_FUNCTION, PHYSICAL_TYPE, SYSTEMS } from './codes.ts';
import { departmentRef } from './labs.ts';
import { codingIn } from './local-codes.ts';
import { concept, listOf, referenceTo, unknownReason, usCore } from './resources.ts';
import type { Native, TruthResource } from './types.ts';

export function locationNative({ code }: Pick<Location, 'code'>): Native {
  return { table: 'LOCMST', key: [code] };
}

/** The Location of a sound row. `served`: the codes of all rows that are served. */
export function locationTruth(location: Location, served: ReadonlySet<string>): TruthResource {
  const { name, phone } = location;
  const parent = location.parent !== null && served.has(location.parent) ? { code: location.parent } : undefined;
  return usCore(locationNative(location), 'Location', 'us-core-location', {
    identifier: [{ system: SYSTEMS.location, value: location.code }],
    status: location.closed === undefined ? 'active' : 'inactive',
    operationalStatus: codingIn(SYSTEMS.bedStatus, BED_STATE, location.bedState),
    ...(name === null ? { _name: unknownReason() } : { name }),
    mode: 'instance',
    type: listOf(concept([codingIn(SYSTEMS.roleCode, LOCATION_FUNCTION, location.function)])),
    telecom: phone === null ? undefined : [{ system: 'phone', value: phone }],
    physicalType: concept([codingIn(SYSTEMS.physicalType, PHYSICAL_TYPE, location.type)]),
    managingOrganization: referenceTo('Organization', departmentRef(location.department)),
    partOf: referenceTo('Location', parent && locationNative(parent)),
  });
}

/** The codes of the locations that can be referred to. */
export function servedLocations(locations: readonly Location[]): ReadonlySet<string> {
  const sound = locations.filter(({ damage, deletedAt }) => damage === undefined && deletedAt === undefined);
  return new Set(sound.map(({ code }) => code));
}

const SERVED = servedLocations(locationsOf(true));

/** The location that exists and was not deleted, or nothing. */
export function locationRef(code: string | null): Native | undefined {
  return code !== null && SERVED.has(code) ? locationNative({ code }) : undefined;
}
