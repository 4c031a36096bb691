import { code, coding, codeableConcept, constant, defineBranch, defineModule, reference } from 'fascia/mapping';
import { r } from './legacy.ts';

const base = { prefix: 'lab', from: r, key: [r.RSLT_SEQ] } as const;
const test = codeableConcept({ coding: [coding({ code: r.TEST_CD })] });
const status = code(r.STAT_CD, { F: 'final' }, { unmapped: 'damaged', system: 'urn:system' });

export const missingStatus = defineBranch('Observation', {
  ...base,
  // error: Property 'status' is missing in type
  elements: { code: test },
});

export const missingCode = defineBranch('Observation', {
  ...base,
  // error: Property 'code' is missing in type
  elements: { status },
});

export const wrongStatus = defineBranch('Observation', {
  ...base,
  // error: Type '"done"' is not assignable to type
  elements: { status: constant('done'), code: test },
});

export const wrongTarget = defineBranch('Observation', {
  ...base,
  // error: Type 'Practitioner' is not assignable to type
  elements: { status, code: test, subject: reference('Practitioner', 'prov', [r.PT_NO]) },
});

export const missingMedication = defineBranch('MedicationDispense', {
  ...base,
  // error: Property 'medicationReference' is missing in type
  elements: { status: constant('completed') },
});

export const noKey = defineBranch('Observation', {
  prefix: 'lab',
  from: r,
  // error: Source has 0 element(s) but target requires 1
  key: [],
  elements: { status, code: test },
});

export const unowned = defineModule({
  id: 'ehr',
  title: 'EHR',
  // error: Property 'reviewDate' is missing in type
  stewardship: { owner: 'o', clinicalSteward: 'c', contact: 'c@example.org', serviceLevel: 'office hours' },
  branches: [],
});
