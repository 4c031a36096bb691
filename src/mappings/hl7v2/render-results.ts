import type { Annotation, CodeableConcept, DiagnosticReport, Identifier, Observation } from '@medplum/fhirtypes';
import type { ThingKey } from '../../contracts/index.ts';
import { absent } from './datatypes/absent.ts';
import { rawNumber, type Value, type WrittenQuantity } from './datatypes/value.ts';
import type { ReportStatus, ResultStatus } from './result-status.ts';

const ABSENT_REASON = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** The parts of a result. What was said of it at once belongs together: a status is that of its value. */
export interface ObservationParts {
  readonly subject: ThingKey;
  readonly encounter: ThingKey;
  readonly code: CodeableConcept;
  readonly category: readonly CodeableConcept[];
  readonly result: {
    readonly status: ResultStatus;
    readonly value?: Value;
    readonly interpretation?: readonly CodeableConcept[];
    readonly range?: string;
    readonly note?: readonly Annotation[];
    readonly effective?: string;
    readonly issued?: string;
    /** Why there is no value. */
    readonly absent?: 'not-asked' | 'unsupported';
  };
}

/** The parts of a report, and those that are called as its results are. */
export interface ReportParts {
  readonly subject: ThingKey;
  readonly encounter: ThingKey;
  readonly identifier: readonly Identifier[];
  readonly code: CodeableConcept;
  readonly category: readonly CodeableConcept[];
  readonly report: {
    readonly status: ReportStatus;
    readonly effective?: string;
    readonly issued?: string;
  };
  readonly [result: `result:${string}`]: ThingKey;
}

type ReferenceTo = (key: ThingKey) => string;

/** What a result's parts are as an Observation. */
export function renderObservation(parts: Partial<ObservationParts>, referenceTo: ReferenceTo): Observation {
  const { subject, encounter, code, category, result } = parts;
  const { value, absent: reason, interpretation, range, note, effective, issued } = result ?? {};
  return {
    resourceType: 'Observation',
    status: result?.status ?? 'unknown',
    ...(category === undefined ? {} : { category: [...category] }),
    code: code ?? absent('unknown'),
    ...(subject === undefined ? {} : { subject: { reference: referenceTo(subject) } }),
    ...(encounter === undefined ? {} : { encounter: { reference: referenceTo(encounter) } }),
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    ...(issued === undefined ? {} : { issued }),
    ...(value === undefined ? {} : writtenValue(value)),
    ...(reason === undefined ? {} : { dataAbsentReason: { coding: [{ system: ABSENT_REASON, code: reason }] } }),
    ...(interpretation === undefined ? {} : { interpretation: [...interpretation] }),
    ...(note === undefined ? {} : { note: [...note] }),
    ...(range === undefined ? {} : { referenceRange: [{ text: range }] }),
  };
}

/** The number of a quantity goes into the JSON text as it was written. */
function writtenValue(value: Value): Partial<Observation> {
  if (!('valueQuantity' in value)) return value;
  const { value: number, ...rest }: WrittenQuantity = value.valueQuantity;
  return { valueQuantity: { value: rawNumber(number.decimal), ...rest } };
}

/** What a report's parts are as a DiagnosticReport; its results in the order of their names. */
export function renderReport(parts: Partial<ReportParts>, referenceTo: ReferenceTo): DiagnosticReport {
  const { subject, encounter, identifier, code, category, report } = parts;
  const result = Object.entries(parts)
    .filter(([part]) => part.startsWith('result:'))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, key]) => ({ reference: referenceTo(key as ThingKey) }));
  return {
    resourceType: 'DiagnosticReport',
    ...(identifier === undefined ? {} : { identifier: [...identifier] }),
    status: report?.status ?? 'unknown',
    ...(category === undefined ? {} : { category: [...category] }),
    code: code ?? absent('unknown'),
    ...(subject === undefined ? {} : { subject: { reference: referenceTo(subject) } }),
    ...(encounter === undefined ? {} : { encounter: { reference: referenceTo(encounter) } }),
    ...(report?.effective === undefined ? {} : { effectiveDateTime: report.effective }),
    ...(report?.issued === undefined ? {} : { issued: report.issued }),
    ...(result.length === 0 ? {} : { result }),
  };
}
