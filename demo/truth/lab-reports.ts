import { zonedOf } from '../model/calendar.ts';
import type { LabOrder, LabResult, Person, PointOfCareResult } from '../model/types.ts';
import { LAB_PANEL, SINGLE_TEST } from './codes-reports.ts';
import { SYSTEMS } from './codes.ts';
import { departmentRef, groupNative, registrationOf, resultNative, securityOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { concept, labelled, listOf, referenceTo, unknownReason, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { specimenNative, specimensIn } from './specimen-references.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

function orderNative({ number }: LabOrder): Native {
  return { table: 'LABORD', key: [number] };
}

function codeOf({ panelCode }: LabOrder): TruthValue | undefined {
  if (panelCode === null) return concept([{ system: SYSTEMS.loinc, ...SINGLE_TEST }]);
  return localConcept(panelCode, SYSTEMS.localPanel, { system: SYSTEMS.loinc, meanings: LAB_PANEL });
}

function currentOf({ results }: LabOrder): readonly LabResult[] {
  return results
    .filter(({ superseded }) => !superseded)
    .toSorted((a, b) => (BigInt(a.sequence) < BigInt(b.sequence) ? -1 : 1));
}

/** An order that nobody closed has a report as soon as it has a result, which may not be the last. */
function statusOf(order: LabOrder): string {
  if (order.statusCode === 'CM') return 'final';
  return currentOf(order).length > 0 ? 'partial' : 'registered';
}

/** When the last of the results was released; a reason where none of them says when, or none is there yet. */
function issuedOf(order: LabOrder): Readonly<Record<string, TruthValue>> {
  const times = currentOf(order).flatMap(({ loadedAt }) => loadedAt ?? []);
  const last = times.toSorted((a, b) => a.day - b.day || a.seconds - b.seconds).at(-1);
  return last === undefined ? { _issued: unknownReason() } : { issued: zonedOf(last.day, last.seconds) };
}

/** To the minute, as the order has it. */
function collected({ day, collectedAt }: LabOrder): string | undefined {
  return collectedAt === undefined ? undefined : zonedOf(day, collectedAt - (collectedAt % 60));
}

function groupsOf({ pointOfCare }: LabOrder): readonly PointOfCareResult[] {
  return pointOfCare.filter(({ comment }) => comment === undefined);
}

/** As sensitive as the first of its results that is. */
function labelsOf(order: LabOrder): readonly TruthValue[] | undefined {
  const tests = [
    ...currentOf(order).map(({ testCode, damage }) => ({ testCode: damage === 'missing-test' ? '' : testCode })),
    ...groupsOf(order),
  ];
  return tests.map(securityOf).find((labels) => labels !== undefined);
}

function reportTruth(order: LabOrder): TruthResource {
  const results = [...currentOf(order).map(resultNative), ...groupsOf(order).map((group) => groupNative(order, group))];
  const report = usCore(orderNative(order), 'DiagnosticReport', 'us-core-diagnosticreport-lab', {
    identifier: [{ system: SYSTEMS.labOrder, value: order.number }],
    status: statusOf(order),
    category: [{ coding: [{ system: SYSTEMS.diagnosticService, code: 'LAB', display: 'Laboratory' }] }],
    code: codeOf(order),
    subject: referenceTo('Patient', registrationOf({ key: order.patient })),
    effectiveDateTime: collected(order),
    ...issuedOf(order),
    performer: listOf(referenceTo('Organization', departmentRef(order.department))),
    specimen: listOf(...specimensIn(order).map((one) => referenceTo('Specimen', specimenNative(one)))),
    result: listOf(...results.map((native) => referenceTo('Observation', native))),
  });
  return labelled(labelsOf(order), report);
}

export function labReportRows({ orders }: Person): readonly TruthRow[] {
  return orders
    .filter(({ recorded }) => recorded)
    .map((order) => ({
      native: orderNative(order),
      about: { registration: order.patient },
      damage: order.damage,
      resource: () => reportTruth(order),
    }));
}
