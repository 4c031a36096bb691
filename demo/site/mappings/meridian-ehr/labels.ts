import { and, derivedCoding, isNotBlank, isNotNull, isNull, mappedCoding, or, type Column } from 'fascia/mapping';
import { CONFIDENTIALITY, RESTRICTED, SENSITIVITY } from './codes-problems.ts';

interface Labels {
  readonly security: readonly ReturnType<typeof mappedCoding>[];
}

/** Why a row is sensitive: what no table knows has no name. */
export const reasonLabel = (column: Column): ReturnType<typeof mappedCoding> =>
  mappedCoding({ column, map: SENSITIVITY });

/** Who may see a row, by its sensitivity: one that no table knows is restricted like the others. */
export function sensitivityLabels(column: Column): Labels {
  return {
    security: [
      mappedCoding({ column, map: CONFIDENTIALITY, unmapped: { fallback: RESTRICTED }, missing: 'omit' }),
      reasonLabel(column),
    ],
  };
}

interface Joined {
  /** What the row names, the same column of what was found, and its sensitivity. */
  readonly named: Column;
  readonly found: Column;
  readonly sensitivity: Column;
}

/** As `sensitivityLabels`, of all that a row names and that is joined to it: a row is restricted too where what it names is not there to ask. */
export function joinedLabels(...all: readonly Joined[]): Labels {
  return { security: [...all.map(restrictedByJoin), ...all.map(({ sensitivity }) => reasonLabel(sensitivity))] };
}

function restrictedByJoin({ named, found, sensitivity }: Joined): ReturnType<typeof derivedCoding> {
  return derivedCoding({
    coding: RESTRICTED,
    columns: [named, found, sensitivity],
    holds: (name, there, why) => (name !== null && there === null) || (why ?? '').trim() !== '',
    where: or(and(isNotNull(named), isNull(found)), isNotBlank(sensitivity)),
    policy: 'restricted where what is named is not there',
  });
}
