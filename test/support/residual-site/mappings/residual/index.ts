import {
  alias,
  civilDate,
  code,
  codeableConcept,
  coding,
  constant,
  Damaged,
  date,
  decimal,
  decimalQuantity,
  defineBranch,
  defineModule,
  derive,
  integer,
  localDateTime,
  localTimestamp,
  many,
  reference,
  string,
  table,
  text,
  ucum,
} from 'fascia/mapping';

const person = alias('p', table('person', { id: integer(), surname: text(), place: text(), born: date() }));
const given = alias('g', table('given', { person_id: integer(), position: integer(), packed: text() }));

const patient = defineBranch('Patient', {
  prefix: 'rp',
  from: person,
  key: [person.id],
  elements: {
    name: [
      {
        family: string(person.surname),
        given: many({
          from: given,
          on: [[given.person_id, person.id]],
          order: [given.position],
          element: derive({ columns: [given.packed], write: (packed) => packed?.split('=')[1] }),
        }),
      },
    ],
    birthDate: civilDate(person.born),
    // `4020 Linz`: the place is the second half.
    address: [
      {
        city: derive({ columns: [person.place], write: (place) => place?.replace(/^\d+ /, '') }),
        country: string(person.place),
      },
    ],
  },
});

const STATUS = { P: 'preliminary', F: 'final' } as const;
const observationStatus = 'http://hl7.org/fhir/observation-status';

const reading = alias(
  'r',
  table('reading', {
    id: integer(),
    person_id: integer(),
    status: text(),
    packed: text(),
    at: localTimestamp('Europe/Vienna'),
  }),
);

/** `GLU;7.40;mmol/L`: one column for code, number and unit. */
function unpack(packed: string | null): readonly string[] {
  const parts = packed?.split(';') ?? [];
  if (parts[0] === 'BAD') throw new Damaged('', 'it is not packed as agreed');
  return parts;
}

const packedReading = defineBranch('Observation', {
  prefix: 'rr',
  from: reading,
  key: [reading.id],
  elements: {
    status: code(reading.status, STATUS, { unmapped: { fallback: 'unknown' }, system: observationStatus }),
    code: derive({
      columns: [reading.packed],
      write: (packed) => {
        const [test = ''] = unpack(packed);
        return test === '' ? { text: 'unknown' } : { coding: [{ system: 'urn:test', code: test }] };
      },
    }),
    subject: reference('Patient', 'rp', [reading.person_id]),
    effectiveDateTime: localDateTime(reading.at),
    valueQuantity: derive({
      columns: [reading.packed],
      write: (packed) => {
        const [, value, unit] = unpack(packed);
        if (value === undefined || unit === undefined) return undefined;
        return { value: Number(value), unit, system: 'http://unitsofmeasure.org', code: unit };
      },
    }),
  },
});

const plain = alias(
  'q',
  table('plain', {
    id: integer(),
    person_id: integer(),
    test: text(),
    value: decimal(),
    unit: text(),
    at: localTimestamp('Europe/Vienna'),
  }),
);

/** The same type where the system can be asked by everything. */
const plainReading = defineBranch('Observation', {
  prefix: 'rq',
  from: plain,
  key: [plain.id],
  elements: {
    status: constant('final', { system: observationStatus }),
    code: codeableConcept({ coding: [coding({ system: 'urn:test', code: plain.test })] }),
    subject: reference('Patient', 'rp', [plain.person_id]),
    effectiveDateTime: localDateTime(plain.at),
    valueQuantity: decimalQuantity(plain.value, { column: plain.unit, units: { 'mmol/L': ucum('mmol/L') } }),
  },
});

/** One of two texts by which it is found is computed. */
const device = defineBranch('Device', {
  prefix: 'rd',
  from: plain,
  key: [plain.id],
  elements: {
    deviceName: [
      { name: string(plain.unit), type: constant('other', { system: 'http://hl7.org/fhir/device-nametype' }) },
    ],
    type: derive({
      columns: [plain.test],
      write: (test) => (test === null ? undefined : { text: `Meter of ${test}` }),
    }),
    patient: reference('Patient', 'rp', [plain.person_id]),
  },
});

const risk = alias('k', table('risk', { id: integer(), person_id: integer(), percent: text(), day: text() }));
const riskAssessment = defineBranch('RiskAssessment', {
  prefix: 'rk',
  from: risk,
  key: [risk.id],
  elements: {
    status: derive({ columns: [risk.percent], write: (percent) => (percent === null ? 'registered' : 'final') }),
    subject: reference('Patient', 'rp', [risk.person_id]),
    occurrenceDateTime: derive({ columns: [risk.day], write: (day) => day ?? undefined }),
    prediction: [
      {
        probabilityDecimal: derive({
          columns: [risk.percent],
          write: (percent) => (percent === null ? undefined : Number(percent) / 100),
        }),
      },
    ],
  },
});

/** Values that are computed in ways that no predicate inverts, beside others that can be searched in SQL. */
export default defineModule({
  id: 'residual',
  title: 'Synthetic system whose values are packed',
  stewardship: {
    owner: 'tests',
    clinicalSteward: 'tests',
    contact: 'tests@example.org',
    serviceLevel: 'none',
    reviewDate: '2030-01-01',
  },
  branches: [patient, packedReading, plainReading, device, riskAssessment],
});
