import {
  alias,
  and,
  code,
  codeableConcept,
  defineBranch,
  isFlag,
  isNull,
  join,
  localCode,
  localDateTime,
  not,
  packedConcept,
  period,
  reference,
  required,
  string,
  ymd,
} from 'fascia/mapping';
import { PATREL } from './tables-affiliations.ts';
import { LIST_SOURCE } from './codes-medications.ts';
import { dosage, repeat, rhythm } from './dosage.ts';
import { sensitivityLabels } from './labels.ts';
import { PATMAST } from './tables.ts';
import { FRQMST, HOMELN, HOMELST } from './tables-medications.ts';
import { STAY } from './tables-stays.ts';

const line = alias('hl', HOMELN);
const list = alias('hls', HOMELST);
const newer = alias('hln', HOMELST);
const registration = alias('hlp', PATMAST);
const stay = alias('hlt', STAY, { live: (row) => not(isFlag(row.REC_ST, 'Z')) });
const relative = alias('hlr', PATREL, { live: (row) => not(isFlag(row.DEL_FLG, 'Y')) });
const frequency = alias('hlf', FRQMST);

/** A line of a list of home, until a newer list takes its place. */
export const homeLine = defineBranch('MedicationStatement', {
  prefix: 'mms',
  from: line,
  joins: [
    join(list, [[list.LST_NO, line.LST_NO]]),
    join(newer, [[newer.REPL_NO, line.LST_NO]]),
    join(registration, [
      [registration.FAC_CD, list.FAC_CD],
      [registration.PT_NO, list.PT_NO],
    ]),
    join(stay, [[stay.STAY_NO, list.STAY_NO]]),
    join(relative, [[relative.REL_NO, list.REL_NO]]),
    join(frequency, [[frequency.FRQ_CD, line.FRQ_CD]]),
  ],
  where: and(isNull(newer.LST_NO), not(isFlag(registration.DEL_FLG, 'Y'))),
  key: [line.LST_NO, line.LN_NO],
  labels: sensitivityLabels(line.SENS_CD),
  elements: {
    status: code(
      line.TAK_CD,
      {
        ...{ T: 'active', N: 'not-taken', S: 'stopped', H: 'on-hold', U: 'unknown' },
        E: 'entered-in-error',
      },
      {
        unmapped: 'damaged',
        missing: { fallback: 'unknown' },
        system: 'http://hl7.org/fhir/CodeSystem/medication-statement-status',
      },
    ),
    statusReason: [codeableConcept({ coding: [], text: string(line.WHY_TXT) })],
    category: localCode({
      column: list.SRC_CD,
      system: 'https://meridian.example/cs/home-list-source',
      maps: [LIST_SOURCE],
    }),
    medicationCodeableConcept: required(
      packedConcept({
        column: line.CODES,
        systems: {
          RXN: 'http://www.nlm.nih.gov/research/umls/rxnorm',
          NDC: 'http://hl7.org/fhir/sid/ndc',
          LOC: 'https://meridian.example/cs/drug',
        },
        text: string(line.DRUG_TXT),
      }),
    ),
    subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
    context: reference('Encounter', 'mv', [stay.STAY_NO]),
    effectivePeriod: period(ymd(line.SINCE_DT), ymd(line.UNTIL_DT)),
    dateAsserted: localDateTime(list.ASK_TS),
    informationSource: reference('RelatedPerson', 'mr', [relative.REL_NO]),
    reasonCode: [codeableConcept({ coding: [], text: string(line.PURP_TXT) })],
    note: [{ text: string(line.NOTE_TXT) }],
    dosage: [{ ...dosage(line), timing: { repeat: repeat(frequency), code: rhythm(line, frequency) } }],
  },
});
