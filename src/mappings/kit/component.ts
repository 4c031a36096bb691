import type { CodeableConcept, ObservationComponent, Quantity } from '@medplum/fhirtypes';
import type { Codec } from '../../contracts/index.ts';
import { reasonIfAbsent, type AbsentReason } from './codecs/absent.ts';
import { constant } from './codecs/constant.ts';
import type { ElementsOf } from './element-types.ts';

export interface ComponentSpec {
  readonly code: CodeableConcept;
  readonly value: Codec<Quantity>;
  /** Why the value is missing where it is. Without it, a component without a value is left out, and its code finds nothing. */
  readonly absent?: AbsentReason;
}

/** One measurement of a row that holds several, such as the systolic pressure, as an entry of `Observation.component`. */
export function component({ code, value, absent }: ComponentSpec): ElementsOf<ObservationComponent> {
  return {
    code: constant(code),
    valueQuantity: value,
    ...(absent === undefined ? {} : { dataAbsentReason: reasonIfAbsent(value, absent) }),
  };
}
