import type { Population } from '../model/population.ts';
import { ORGANIZATION_TYPE, SYSTEMS } from './codes.ts';
import { departmentRef } from './labs.ts';
import { SHARED_DAMAGE_KINDS } from '../model/quirks.ts';
import { locationNative, locationTruth, servedLocations } from './locations.ts';
import type { SharedTruth, TruthIdentifier, TruthOrganization, TruthPractitioner } from './types.ts';

function npi(value: string | null): readonly TruthIdentifier[] {
  return value === null ? [] : [{ system: SYSTEMS.npi, value }];
}

/** The practitioners of both systems: the same human being in both is two Practitioners with one NPI. */
export function practitionerTruths(population: Population): readonly TruthPractitioner[] {
  const providers = population.providers.map(({ number, npi: value, name, active }) => ({
    native: { table: 'PROVMST', key: [number] },
    identifiers: [...npi(value), { system: SYSTEMS.provider, value: number }],
    family: name.family,
    given: name.given,
    active,
  }));
  const prescribers = population.prescribers.map(({ number, npi: value, firstName, lastName, active }) => ({
    native: { table: 'prescriber', key: [String(number)] },
    identifiers: [...npi(value), { system: SYSTEMS.prescriber, value: String(number) }],
    family: lastName,
    given: [firstName],
    active,
  }));
  return [...providers, ...prescribers];
}

/** The organizations of both systems. */
export function organizationTruths(population: Population): readonly TruthOrganization[] {
  const departments = population.departments.map((department): TruthOrganization => {
    const parent = departmentRef(department.parent);
    const type = ORGANIZATION_TYPE[department.type];
    return {
      native: { table: 'DEPT', key: [department.code] },
      identifiers: [{ system: SYSTEMS.department, value: department.code }],
      name: department.name,
      active: department.active,
      ...(type === undefined ? {} : { type: { system: SYSTEMS.organizationType, code: type } }),
      ...(department.phone === null ? {} : { phone: department.phone }),
      ...(parent === undefined ? {} : { partOf: parent }),
    };
  });
  const stores = population.stores.map(({ number, name, phone, postcode }): TruthOrganization => ({
    native: { table: 'store', key: [String(number)] },
    identifiers: [{ system: SYSTEMS.store, value: String(number) }],
    name,
    ...(phone === null ? {} : { phone }),
    ...(postcode === null ? {} : { postalCode: postcode }),
  }));
  return [...departments, ...stores];
}

/** The locations of the hospital. */
export function sharedTruth({ locations }: Population): SharedTruth {
  const sound = locations.filter(({ damage, deletedAt }) => damage === undefined && deletedAt === undefined);
  const served = servedLocations(locations);
  return {
    resources: sound.map((location) => locationTruth(location, served)),
    damaged: locations.flatMap((location) => {
      const { damage } = location;
      if (damage === undefined) return [];
      return [{ native: locationNative(location), kind: damage, element: SHARED_DAMAGE_KINDS[damage].element }];
    }),
    notServed: locations.flatMap((location) =>
      location.deletedAt === undefined ? [] : [{ native: locationNative(location), reason: 'deleted' as const }],
    ),
  };
}
