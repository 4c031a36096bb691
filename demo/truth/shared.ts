import type { Population } from '../model/population.ts';
import { ORGANIZATION_TYPE, SYSTEMS } from './codes.ts';
import { departmentRef } from './labs.ts';
import { SHARED_DAMAGE_KINDS, type SharedDamageKind } from '../model/damage-kinds.ts';
import { payerTruths, roleTruth } from './affiliations.ts';
import { partnerTruths } from './consents.ts';
import { isDeletedService, serviceNative, serviceTruth } from './services.ts';
import { medicationTruths } from './formulary.ts';
import { locationNative, locationTruth, servedLocations } from './locations.ts';
import { rosterNative, rosterTruths } from './rosters.ts';
import type {
  Native,
  SharedTruth,
  TruthDamage,
  TruthIdentifier,
  TruthOrganization,
  TruthPractitioner,
} from './types.ts';

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

/** Locations, services, roles of providers, insurers, partners and rosters. */
export function sharedTruth(population: Population): SharedTruth {
  const { locations, services, providerRoles, rosters } = population;
  const served = servedLocations(locations);
  const isSound = ({ damage }: { readonly damage?: SharedDamageKind }): boolean => damage === undefined;
  return {
    resources: [
      ...locations.filter(({ code }) => served.has(code)).map((location) => locationTruth(location, served)),
      ...services.filter((one) => isSound(one) && !isDeletedService(one)).map(serviceTruth),
      ...providerRoles.filter(isSound).map(roleTruth),
      ...payerTruths(),
      ...medicationTruths(),
      ...partnerTruths(),
      ...rosterTruths(population),
    ],
    damaged: [
      ...locations.flatMap((location) => damageOf(locationNative(location), location.damage)),
      ...services.flatMap((service) => damageOf(serviceNative(service), service.damage)),
      ...providerRoles.flatMap((role) => damageOf({ table: 'PROVROLE', key: [role.number] }, role.damage)),
      ...rosters.flatMap((roster) => damageOf(rosterNative(roster), roster.damage)),
    ],
    notServed: [
      ...locations.filter(({ deletedAt }) => deletedAt !== undefined).map(locationNative),
      ...services.filter(isDeletedService).map(serviceNative),
    ].map((native) => ({ native, reason: 'deleted' as const })),
  };
}

function damageOf(native: Native, kind: SharedDamageKind | undefined): readonly TruthDamage[] {
  return kind === undefined ? [] : [{ native, kind, element: SHARED_DAMAGE_KINDS[kind].element }];
}
