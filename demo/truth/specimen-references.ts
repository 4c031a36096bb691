import type { Document } from '../model/documents.ts';
import type { Specimen } from '../model/specimens.ts';
import type { LabOrder, Person } from '../model/types.ts';
import type { Native } from './types.ts';

export function specimenNative({ number }: Pick<Specimen, 'number'>): Native {
  return { table: 'SPECMN', key: [number] };
}

function inOrder(specimens: readonly Specimen[]): readonly Specimen[] {
  return specimens.filter(({ deleted }) => !deleted).toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

/** The specimen that a result names, if it is there and was not struck out. */
export function servedSpecimen(
  { specimens }: LabOrder,
  { specimen }: { readonly specimen: string | null },
): Native | undefined {
  const found = specimens.find(({ number, deleted }) => number === specimen && !deleted);
  return found && specimenNative(found);
}

/** What was taken for an order, in the order of the numbers. */
export function specimensIn({ specimens }: LabOrder): readonly Specimen[] {
  return inOrder(specimens);
}

/** What a case of pathology or genomics is about. */
export function specimensOfCase({ accession }: Document, { specimens }: Person): readonly Specimen[] {
  return inOrder(specimens.filter((specimen) => specimen.order === null && specimen.accession === accession));
}
