import {
  alias,
  code,
  codeableConcept,
  coding,
  date,
  decimal,
  decimalQuantity,
  defineBranch,
  descending,
  equals,
  groupBy,
  integer,
  isFlag,
  joinFirst,
  localCode,
  localDateTime,
  localTimestamp,
  many,
  not,
  reference,
  reasonIfAbsent,
  string,
  table,
  text,
  ucum,
} from 'fascia/mapping';

const RESULT = table(
  'result',
  {
    id: integer(),
    panel_no: integer(),
    seq: integer(),
    person_id: integer(),
    panel_code: text(),
    test_code: text(),
    value: decimal(),
    unit: text(),
    at: localTimestamp('Australia/Lord_Howe'),
    withdrawn: text(),
  },
  { key: ['id'] },
);
const live = { live: (row: { readonly withdrawn: Parameters<typeof isFlag>[0] }) => not(isFlag(row.withdrawn, 'Y')) };
const result = alias('r', RESULT, live);
const part = alias('rp', RESULT, live);
const name = alias(
  'pn',
  table(
    'panel_name',
    { id: integer(), code: text(), name: text(), valid_from: date(), valid: text() },
    { key: ['id'] },
  ),
);
const history = alias(
  'ps',
  table('panel_status', {
    id: integer(),
    panel_no: integer(),
    status: text(),
    at: localTimestamp('Australia/Lord_Howe'),
  }),
);
const value = decimalQuantity(part.value, {
  column: part.unit,
  units: { 'mmol/L': ucum('mmol/L'), 'mg/dL': ucum('mg/dL') },
});

/** The rows of one panel number are one Observation: its name from a catalogue with doubles, its status the newest of a history. */
export const panel = defineBranch('Observation', {
  prefix: 'pr',
  from: result,
  ...groupBy(result, { by: [result.panel_no], order: [result.seq] }),
  joins: [
    joinFirst(name, [[name.code, result.panel_code]], {
      where: equals(name.valid, 'Y'),
      order: [descending(name.valid_from)],
    }),
    joinFirst(history, [[history.panel_no, result.panel_no]], {
      order: [descending(history.at), descending(history.id)],
    }),
  ],
  elements: {
    status: code(
      history.status,
      { P: 'preliminary', F: 'final', C: 'corrected' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/observation-status' },
    ),
    code: localCode({ column: result.panel_code, system: 'urn:panel', display: name.name, maps: [] }),
    method: codeableConcept({ coding: [coding({ code: name.name })] }),
    subject: reference('Patient', 'sp', [result.person_id]),
    effectiveDateTime: localDateTime(result.at),
    component: many({
      from: part,
      on: [[part.panel_no, result.panel_no]],
      order: [part.seq, part.id],
      element: {
        code: localCode({ column: part.test_code, system: 'urn:test', maps: [] }),
        valueQuantity: value,
        dataAbsentReason: reasonIfAbsent(value, 'unknown'),
      },
    }),
    note: [{ text: string(name.name) }],
  },
});
