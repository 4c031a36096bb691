import { describe, expect, it } from '@jest/globals';
import { DAMAGE_KINDS, generatePopulation, SHARED_DAMAGE_KINDS, STORIES } from '../../../demo/index.ts';
import { civilOf, clockOf, dayOf, fallBack, offsetOf, springForward } from '../../../demo/model/calendar.ts';
import { missedDays } from '../../../demo/model/population.ts';
import { npiOf } from '../../../demo/model/staff.ts';
import { searchForm } from '../../../demo/ehr/patients.ts';
import { projectOrders } from '../../../demo/ehr/project.ts';
import { keyOf, rowsOf, TABLES, type TableRow } from './rows.ts';

const CHOICES = { seed: 1, patients: 300, anchorDate: '2026-11-01', throughDate: '2026-11-20' };
const rows = rowsOf(CHOICES);

function table(name: string): readonly TableRow[] {
  return rows.get(name)!;
}

function texts(name: string, column: string): string[] {
  return table(name).map((row) => row[column] ?? '<null>');
}

describe('the calendar of the model', () => {
  it('knows the hours of New York as the platform does', () => {
    const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'longOffset' });
    for (let day = dayOf('2019-01-01'); day < dayOf('2031-01-01'); day += 1) {
      for (const seconds of [0, 3599, 5400, 7199, 7200, 9000, 10_800, 50_000]) {
        if (day === springForward(Number(civilOf(day).slice(0, 4))) && seconds >= 7200 && seconds < 10_800) continue;
        const offset = offsetOf(day, seconds);
        const shown = zone.formatToParts(new Date(`${civilOf(day)}T${clockOf(seconds)}${offset}`)).at(-1)!.value;
        if (shown !== `GMT${offset}`) throw new Error(`${civilOf(day)} ${clockOf(seconds)}: ${offset}, not ${shown}`);
      }
    }
  });

  it('takes the first occurrence of a doubled hour and refuses a skipped one', () => {
    expect([civilOf(springForward(2026)), civilOf(fallBack(2026))]).toEqual(['2026-03-08', '2026-11-01']);
    expect(offsetOf(fallBack(2026), 5400)).toBe('-04:00');
    expect(() => offsetOf(springForward(2026), 9000)).toThrow(RangeError);
  });
});

describe('the population', () => {
  it('is the same for the same choices, and another for another seed', () => {
    expect(rowsOf(CHOICES)).toEqual(rows);
    expect(rowsOf({ ...CHOICES, seed: 2, patients: 20 }).get('PATMAST')).not.toEqual(table('PATMAST').slice(0, 20));
  });

  it('has only times of a day in columns of times, and each key once, among thousands', () => {
    const many = rowsOf({ ...CHOICES, patients: 4_000 });
    for (const { name, columns } of TABLES) {
      const list = many.get(name) ?? [];
      expect({ name, doubles: list.length - new Set(list.map((row) => keyOf(name, row))).size }).toEqual({
        name,
        doubles: 0,
      });
      for (const [column] of columns.filter(([, type]) => type.startsWith('timestamp'))) {
        const values = list.flatMap((row) => row[column] ?? []);
        const wrong = values.filter((value) => !/^\d{4}-\d\d-\d\d (?:[01]\d|2[0-3])(?::[0-5]\d){2}/.test(value));
        expect({ name, column, wrong: wrong.slice(0, 3) }).toEqual({ name, column, wrong: [] });
      }
    }
  });

  it('has infants who died, of whom no diagnosis of the others can be', () => {
    const options = { seed: 1, patients: 100_000, anchorDate: '2026-03-01', throughDate: '2026-03-01' };
    const population = generatePopulation(options);
    for (const number of [17_139, 28_251, 34_582, 60_939, 66_439])
      expect([...population.people(number, number)]).toHaveLength(1);
  });

  it('does not depend on its size', () => {
    const [first, all] = [{ ...CHOICES, patients: 40 }, CHOICES].map((options) => [
      ...generatePopulation(options).people(1, 40),
    ]);
    expect(first).toEqual(all);
  });

  it.each(['2026-10-31', '2026-11-01', '2026-11-19'])('has after %s exactly what catch-up adds', async (after) => {
    const days = await missedDays(CHOICES, after);
    const before = [...generatePopulation({ ...CHOICES, throughDate: after }).people()];
    const whole = [...generatePopulation(CHOICES).people()];
    expect(days.map(({ day }) => civilOf(day)).at(-1)).toBe(CHOICES.throughDate);
    const orders = (people: typeof whole): string[] => {
      const rows: string[] = [];
      for (const person of people) projectOrders(person.orders, (name, row) => rows.push(JSON.stringify([name, row])));
      return rows;
    };
    const dispenses = (people: typeof whole): string[] =>
      people.flatMap((person) => person.dispenses.map((dispense) => JSON.stringify(dispense)));
    const addedOrders = days.flatMap((day) => orders([...day.people]));
    const addedDispenses = days.flatMap((day) => dispenses([...day.people]));
    expect([...orders(before), ...addedOrders].sort()).toEqual(orders(whole).sort());
    expect([...dispenses(before), ...addedDispenses].sort()).toEqual(dispenses(whole).sort());
    expect(before.map(({ records, customers }) => [records, customers])).toEqual(
      whole.map(({ records, customers }) => [records, customers]),
    );
    if (after !== '2026-11-19') expect(Math.min(addedOrders.length, addedDispenses.length)).toBeGreaterThan(5);
  });

  it('loses only the damaged rows when they are switched off', () => {
    const clean = rowsOf({ ...CHOICES, damage: false });
    for (const { name } of TABLES) {
      const kept = new Set(clean.get(name)!.map((row) => JSON.stringify(row)));
      const extra = table(name).filter((row) => !kept.has(JSON.stringify(row)));
      expect(table(name).length - extra.length).toBe(kept.size);
    }
    const extra = (name: string): number => table(name).length - clean.get(name)!.length;
    const kinds = [Object.values(DAMAGE_KINDS), Object.values(SHARED_DAMAGE_KINDS)] as const;
    // A device's result is several rows, and most damaged results have an order of their own.
    for (const name of new Set(
      kinds
        .flat()
        .map((kind) => kind.table)
        .filter((one) => one !== 'LABEAV' && one !== 'LABORD'),
    )) {
      const [own, shared] = kinds.map((list) => list.filter((kind) => kind.table === name).length) as [number, number];
      expect([name, extra(name)]).toEqual([name, 3 * own + shared]);
    }
  });

  it('gives every row a key of its own, and every text a column that holds it', () => {
    for (const { name, columns } of TABLES) {
      const keys = table(name).map((row) => keyOf(name, row));
      expect(new Set(keys).size).toBe(keys.length);
      for (const [column, type] of columns) {
        const width = /^(?:var)?char\((\d+)\)$/.exec(type)?.[1];
        if (width !== undefined)
          expect(Math.max(...texts(name, column).map((text) => text.replace('<null>', '').length))).toBeLessThanOrEqual(
            Number(width),
          );
      }
    }
  });

  it('has three people with stories, who can be found by their identifiers', () => {
    const numbers = STORIES.map(({ identifier }) => identifier.split('|')[1]!);
    for (const number of numbers) expect(texts('PATMAST', 'PT_NO')).toContain(number.slice(3));
    expect(STORIES.map(({ name }) => name)).toEqual([
      'Eleanor June Vance-Holloway',
      'Marcus Émile Thibodeaux',
      '欧阳秀英',
    ]);
  });

  it('numbers providers with valid check digits that belong to nobody', () => {
    // The worked example of the identifier's standard: 123456789 has the check digit 3; ours begin with 9.
    const luhn = (digits: string): number =>
      Array.from(digits, Number)
        .reverse()
        .reduce((sum, digit, i) => sum + (i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0) % 10;
    expect(luhn('808401234567893')).toBe(0);
    for (const serial of [1, 37, 10_000, 99_999_999])
      expect([npiOf(serial).length, luhn(`80840${npiOf(serial)}`)]).toEqual([10, 0]);
  });

  it('folds names for search', () => {
    expect(['Núñez', "O'Brien", 'Łukasik', 'Weiß', 'İnan', 'Королёв', 'Χατζής', '王'].map(searchForm)).toEqual([
      'NUNEZ',
      "O'BRIEN",
      'ŁUKASIK',
      'WEISS',
      'INAN',
      'КОРОЛЕВ',
      'ΧΑΤΖΗΣ',
      '王',
    ]);
  });
});

/** The newest status of the stay that a row of STAYSTAT belongs to. */
function newestOf(row: TableRow): TableRow | undefined {
  const ofStay = table('STAYSTAT').filter((status) => status['STAY_NO'] === row['STAY_NO']);
  return ofStay.toSorted((a, b) => (a['CHG_TS']! < b['CHG_TS']! ? -1 : 1)).at(-1);
}

/** The changes of an order of a drug, in their order. */
function changesOf(row: TableRow): readonly TableRow[] {
  return table('MEDSTAT').filter((change) => change['ORD_NO'] === row['ORD_NO']);
}

/** Each ugliness as a question to the rows: it must be answered yes by at least one. */
const UGLINESS: Readonly<Record<string, readonly [table: string, holds: (row: TableRow) => boolean]>> = {
  'sex without a meaning': ['PATMAST', (row) => row['SEX_CD'] === '7'],
  'sex null': ['PATMAST', (row) => row['SEX_CD'] === null],
  'sex other': ['PATMAST', (row) => row['SEX_CD'] === '9'],
  'birth 0': ['PATMAST', (row) => row['DOB'] === '0'],
  'birth 99999999': ['PATMAST', (row) => row['DOB'] === '99999999'],
  'birth null': ['PATMAST', (row) => row['DOB'] === null],
  'birth year only': ['PATMAST', (row) => /^(19|20)\d\d0000$/.test(row['DOB'] ?? '')],
  'birth month only': ['PATMAST', (row) => /^(19|20)\d\d(0[1-9]|1[012])00$/.test(row['DOB'] ?? '')],
  'death year only': ['PATMAST', (row) => /^20\d\d0000$/.test(row['DOD'] ?? '')],
  'death to the day': ['PATMAST', (row) => /^20\d\d(0[1-9]|1[012])(0[1-9]|[123]\d)$/.test(row['DOD'] ?? '')],
  'deleted patient': ['PATMAST', (row) => row['DEL_FLG'] === 'Y'],
  'live by null': ['PATMAST', (row) => row['DEL_FLG'] === null],
  'live by blank': ['PATMAST', (row) => row['DEL_FLG'] === ' '],
  'merged patient': ['PATMAST', (row) => row['MRG_NO'] !== null],
  'merged across facilities': ['PATMAST', (row) => row['MRG_FAC'] !== null && row['MRG_FAC'] !== row['FAC_CD']],
  'name null': ['PATMAST', (row) => row['PT_NM'] === null],
  'name of one part': ['PATMAST', (row) => /^[^^]+\^*$/.test(row['PT_NM'] ?? '')],
  'blanks around name parts': ['PATMAST', (row) => /\s\^\s/.test(row['PT_NM'] ?? '')],
  'name with percent': ['PATMAST', (row) => (row['PT_NM'] ?? '').includes('%')],
  'name with underscore': ['PATMAST', (row) => (row['PT_NM'] ?? '').includes('_')],
  'name with backslash': ['PATMAST', (row) => (row['PT_NM'] ?? '').includes('\\')],
  'name with apostrophe': ['PATMAST', (row) => (row['PT_NM'] ?? '').includes("'")],
  'name in Cyrillic': ['PATMAST', (row) => /\p{Script=Cyrillic}/u.test(row['PT_NM'] ?? '')],
  'name in Greek': ['PATMAST', (row) => /\p{Script=Greek}/u.test(row['PT_NM'] ?? '')],
  'name in Chinese': ['PATMAST', (row) => /\p{Script=Han}/u.test(row['PT_NM'] ?? '')],
  'name in Arabic': ['PATMAST', (row) => /\p{Script=Arabic}/u.test(row['PT_NM'] ?? '')],
  'name with accents': ['PATMAST', (row) => /[À-ſ]/.test(row['PT_NM'] ?? '')],
  'phone blank': ['PATMAST', (row) => row['HOME_PH'] === '   '],
  'marital code without a meaning': ['PATMAST', (row) => row['MARITAL'] === 'Q'],
  'language without a meaning': ['PATMAST', (row) => row['LANG'] === 'XX'],
  'update time null': ['PATMAST', (row) => row['LAST_UPD'] === null],
  'update in the doubled hour': ['PATMAST', (row) => row['LAST_UPD'] === '2025-11-02 01:30:00'],
  'primary care provider that does not exist': ['PATMAST', (row) => row['PCP_NO'] === 'P9999'],
  'open and closed addresses': ['PATADDR', (row) => /^[12]/.test(row['TO_DT'] ?? '') && row['ADDR_TYP'] === 'O'],
  'address without a known type': ['PATADDR', (row) => row['ADDR_TYP'] === 'Z' || row['ADDR_TYP'] === null],
  'number with blank and comma': ['LABRSLT', (row) => /^ \d+,\d/.test(row['RSLT_TXT'] ?? '')],
  'number with comma': ['LABRSLT', (row) => /^\d+,\d/.test(row['RSLT_TXT'] ?? '')],
  'number with a leading zero': ['LABRSLT', (row) => /^0\d/.test(row['RSLT_TXT'] ?? '')],
  'number below': ['LABRSLT', (row) => /^<\d/.test(row['RSLT_TXT'] ?? '')],
  'number not above': ['LABRSLT', (row) => /^<=\d/.test(row['RSLT_TXT'] ?? '')],
  'number not below': ['LABRSLT', (row) => /^>=\d/.test(row['RSLT_TXT'] ?? '')],
  'number above': ['LABRSLT', (row) => /^>\d/.test(row['RSLT_TXT'] ?? '')],
  'number with a sign': ['LABEAV', (row) => row['ATTR_CD'] === 'VALUE' && /^\+\d/.test(row['ATTR_VAL'] ?? '')],
  'result NEG': ['LABRSLT', (row) => row['RSLT_TXT'] === 'NEG'],
  'result POSITIVE': ['LABRSLT', (row) => row['RSLT_TXT'] === 'POSITIVE'],
  'result null': ['LABRSLT', (row) => row['RSLT_TXT'] === null],
  'result empty': ['LABRSLT', (row) => row['RSLT_TXT'] === ''],
  'result blank': ['LABRSLT', (row) => row['RSLT_TXT'] === '   '],
  'unit in capitals': ['LABRSLT', (row) => row['UNIT_CD'] === 'MG/DL'],
  'unit in small letters': ['LABRSLT', (row) => row['UNIT_CD'] === 'mg/dl'],
  'unit without a code': ['LABRSLT', (row) => row['UNIT_CD'] === 'X10E3'],
  'unit blank': ['LABRSLT', (row) => row['UNIT_CD'] === ''],
  'limit in words': ['LABRSLT', (row) => row['REF_LO'] === 'NEG'],
  'limit with comma': ['LABRSLT', (row) => /,/.test(row['REF_HI'] ?? '')],
  'flag without a meaning': ['LABRSLT', (row) => row['ABN_FLG'] === '*'],
  'result in error': ['LABRSLT', (row) => row['STAT_CD'] === 'X'],
  'preliminary result': ['LABRSLT', (row) => row['STAT_CD'] === 'P'],
  'superseded result': ['LABRSLT', (row) => row['SUPR_FLG'] === 'Y'],
  'correction of a correction': ['LABRSLT', (row) => row['SUPR_FLG'] === 'Y' && row['CORR_SEQ'] !== null],
  'time unknown': ['LABRSLT', (row) => row['DRAW_TM'] === null && (row['DRAW_DT'] ?? '0') !== '0'],
  'date zero': ['LABRSLT', (row) => row['DRAW_DT'] === '0'],
  'date null': ['LABRSLT', (row) => row['DRAW_DT'] === null],
  'doubled hour': ['LABRSLT', (row) => row['DRAW_DT'] === '20251102' && row['DRAW_TM'] === '130'],
  'before the spring gap': ['LABRSLT', (row) => row['DRAW_DT'] === '20260308' && row['DRAW_TM'] === '159'],
  'after the spring gap': ['LABRSLT', (row) => row['DRAW_DT'] === '20260308' && row['DRAW_TM'] === '300'],
  'local code without LOINC': ['LABRSLT', (row) => row['TEST_CD'] === 'MERX'],
  'code missing from the catalogue': ['LABRSLT', (row) => row['TEST_CD'] === 'ZXR1'],
  'department that does not exist': ['LABRSLT', (row) => row['PERF_DEPT'] === 'MGXXX'],
  'verifier that does not exist': ['LABRSLT', (row) => row['VERIF_NO'] === 'P9999'],
  'result number beyond 2^53': ['LABRSLT', (row) => BigInt(row['RSLT_SEQ'] ?? '0') > 2n ** 53n],
  'order number beyond 2^53': ['LABEAV', (row) => BigInt(row['ORD_NO'] ?? '0') > 2n ** 53n],
  'device comment': ['LABEAV', (row) => row['ATTR_CD'] === 'COMMENT'],
  'device status in error': ['LABEAV', (row) => row['ATTR_VAL'] === 'ERROR'],
  'device status without a meaning': ['LABEAV', (row) => row['ATTR_VAL'] === 'RERUN'],
  'pending order': ['LABORD', (row) => row['STAT_CD'] === 'IP'],
  'order that nobody closed, with its result': [
    'LABORD',
    (row) => row['STAT_CD'] === 'IP' && table('LABRSLT').some((result) => result['ORD_NO'] === row['ORD_NO']),
  ],
  'order of the day of a discharge, without a result': [
    'LABORD',
    (row) =>
      row['STAT_CD'] === 'IP' &&
      table('STAYDIS').some((stay) => stay['DIS_DT'] === row['ORD_DT']) &&
      table('LABRSLT').every((result) => result['ORD_NO'] !== row['ORD_NO']),
  ],
  'result released days after the blood was drawn': [
    'LABRSLT',
    (row) => Number((row['LOAD_TS'] ?? '').slice(0, 10).replaceAll('-', '')) > Number(row['DRAW_DT'] ?? 99_999_999),
  ],
  'tumour marker': ['LABRSLT', (row) => row['TEST_CD'] === 'CEA' && row['ABN_FLG'] === 'HH'],
  'tumour marker by another method': ['LABRSLT', (row) => row['TEST_CD'] === 'CEAI'],
  'sensitive test': ['LABCD', (row) => row['SENS_CD'] === 'HIV'],
  'sensitive stay': ['STAY', (row) => row['SENS_CD'] === 'PSY'],
  'stay of an adolescent alone': ['STAY', (row) => row['SENS_CD'] === 'ADO'],
  'stay of a sensitivity that no map knows': ['STAY', (row) => row['SENS_CD'] === 'VIP'],
  'stay under observation': ['STAY', (row) => row['CLS_CD'] === 'B'],
  'allergy that only some may see': ['PRBLST', (row) => row['REC_TYP'] === 'AL' && row['SENS_CD'] !== null],
  'no known allergy that only some may see': ['PRBLST', (row) => row['REC_TYP'] === 'NK' && row['SENS_CD'] !== null],
  'order of a sensitive test alone': [
    'LABORD',
    (row) => table('LABRSLT').some((one) => one['ORD_NO'] === row['ORD_NO'] && one['TEST_CD'] === 'HIVS'),
  ],
  'note of a sensitive stay, printed': [
    'DOCHDR',
    (row) =>
      table('STAY').some((stay) => stay['STAY_NO'] === row['STAY_NO'] && stay['SENS_CD'] === 'PSY') &&
      table('DOCPDF').some((print) => print['DOC_NO'] === row['DOC_NO']),
  ],
  'note of a deleted stay': [
    'DOCHDR',
    (row) => table('STAY').some((stay) => stay['STAY_NO'] === row['STAY_NO'] && stay['REC_ST'] === 'Z'),
  ],
  panel: ['LABORD', (row) => row['PNL_CD'] === 'BMP'],
  'provider without NPI': ['PROVMST', (row) => row['NPI'] === null],
  'provider no longer active': ['PROVMST', (row) => row['ACTV_FLG'] === 'N'],
  'department whose parent does not exist': ['DEPT', (row) => row['PAR_DEPT'] === 'MWX'],
  'location without a name': ['LOCMST', (row) => row['LOC_NM'] === null],
  'location closed': ['LOCMST', (row) => /^20/.test(row['CLS_DT'] ?? '')],
  'date of zeros': ['LOCMST', (row) => row['CLS_DT'] === '0000-00-00'],
  'location deleted': ['LOCMST', (row) => row['DEL_TS'] !== null],
  'location below a deleted one': ['LOCMST', (row) => row['PAR_LOC'] === 'MGOLDW'],
  'location below none': ['LOCMST', (row) => row['PAR_LOC'] === 'MGXXX'],
  'bed state without a meaning': ['LOCMST', (row) => row['BED_ST'] === 'HLD'],
  'stay of which no status is known': [
    'STAY',
    (row) => table('STAYSTAT').every((status) => status['STAY_NO'] !== row['STAY_NO']),
  ],
  'stay that is not over': ['STAYSTAT', (row) => row['STAT_CD'] === 'IN' && newestOf(row) === row],
  'stay on leave in between': ['STAYSTAT', (row) => row['STAT_CD'] === 'LV' && newestOf(row) !== row],
  'stay that was cancelled': ['STAYSTAT', (row) => row['STAT_CD'] === 'CX' && newestOf(row) === row],
  'stay without a kind': ['STAY', (row) => row['TYP_CD'] === null],
  'kind of stay whose code has no meaning any more': ['STAY', (row) => row['TYP_CD'] === 'EMX'],
  'code that had another meaning': ['STAYTYP', (row) => row['TYP_CD'] === 'CHK' && row['VLD_TO'] !== '99999999'],
  'stay deleted': ['STAY', (row) => row['REC_ST'] === 'Z'],
  'reason in blanks': ['STAY', (row) => /^ .* $/.test(row['RSN_TXT'] ?? '')],
  'movement into a place that was deleted': ['STAYMOVE', (row) => row['LOC_CD'] === 'MGOLDW'],
  'movement into no known place': ['STAYMOVE', (row) => row['LOC_CD'] === 'MGXXX'],
  'movement of which the place was not said': ['STAYMOVE', (row) => row['LOC_CD'] === null && row['MOVE_TYP'] === 'A'],
  'role without a meaning': ['STAYPROV', (row) => row['ROLE_CD'] === 'SCR'],
  'provider who is not named': ['STAYPROV', (row) => row['PROV_NO'] === null],
  'disposition without a meaning': ['STAYDIS', (row) => row['DISPO_CD'] === 'TAX'],
  'death in hospital': ['STAYDIS', (row) => row['DISPO_CD'] === 'EXP'],
  'answer without a meaning': ['QSTANS', (row) => row['ANS_VAL'] === 'VAPE'],
  'question without an answer': ['QSTANS', (row) => row['Q_CD'] === 'SMK' && row['ANS_VAL'] === null],
  'question with a blank answer': ['QSTANS', (row) => row['Q_CD'] === 'PRG' && row['ANS_VAL'] === ' '],
  'question without a meaning': ['QSTANS', (row) => row['Q_CD'] === 'PET'],
  'answer in words with blanks around': ['QSTANS', (row) => row['ANS_VAL'] === ' Nurse '],
  'answer entered in error': ['QSTANS', (row) => row['ANS_ST'] === 'E'],
  'answer that was deleted': ['QSTANS', (row) => row['ACTV'] === '0'],
  'vital signs without a time': ['VITALS', (row) => row['MEAS_TS'] === null],
  'vital signs of nothing': [
    'VITALS',
    (row) => row['PULSE'] === null && row['BMI'] === null && row['SYST'] === null && row['RESP'] === null,
  ],
  'pulse of a device that writes 0': ['VITALS', (row) => row['PULSE'] === '0'],
  'temperature of a device that writes 0': ['VITALS', (row) => row['TEMP'] === '0.0'],
  'temperature in Fahrenheit': ['VITALS', (row) => row['TEMP_U'] === 'F'],
  'temperature without a unit': ['VITALS', (row) => row['TEMP_U'] === ' ' && row['TEMP'] !== null],
  'temperature in an unknown unit': ['VITALS', (row) => row['TEMP_U'] === 'R'],
  'weight in pounds': ['VITALS', (row) => row['WGT_U'] === 'LBS'],
  'weight in an unknown unit': ['VITALS', (row) => row['WGT_U'] === 'ST'],
  'systolic pressure alone': ['VITALS', (row) => row['SYST'] !== null && row['DIAST'] === null],
  'diastolic pressure alone': ['VITALS', (row) => row['SYST'] === null && row['DIAST'] !== null],
  'vital signs entered in error': ['VITALS', (row) => row['ERR_FLG'] === 'E'],
  'vital signs that were deleted': ['VITALS', (row) => (row['VOID_BY'] ?? '').trim() !== ''],
  'vital signs with a blank for nobody who deleted them': ['VITALS', (row) => row['VOID_BY'] === ' '],
  'vital signs entered by nobody known': ['VITALS', (row) => row['ENT_NO'] === 'P9999'],
  'problem with two codes': ['PRBLST', (row) => /^ICD10:E11.9;SNOMED:44054006$/.test(row['CODES'] ?? '')],
  'packed codes in another order': ['PRBLST', (row) => /^SNOMED:.*ICD10:/.test(row['CODES'] ?? '')],
  'packed codes with blanks': ['PRBLST', (row) => /^ ICD10: .*;SNOMED: /.test(row['CODES'] ?? '')],
  'packed codes that end in a separator': ['PRBLST', (row) => /;$/.test(row['CODES'] ?? '')],
  'packed code without a meaning': ['PRBLST', (row) => /OLD:/.test(row['CODES'] ?? '')],
  'problem in words alone': ['PRBLST', (row) => row['REC_TYP'] === 'PR' && /^OLD:[^;]*;?$/.test(row['CODES'] ?? '')],
  'allergy in words alone': ['PRBLST', (row) => row['REC_TYP'] === 'AL' && (row['CODES'] ?? '') === ''],
  'problem without words': ['PRBLST', (row) => (row['CODES'] ?? '') !== '' && row['DESC_TXT'] === null],
  'problem that came back': ['PRBLST', (row) => row['CLIN_ST'] === 'C'],
  'problem that is over': ['PRBLST', (row) => /^20/.test(row['ABT_DT'] ?? '') && row['CLIN_ST'] === 'R'],
  'problem in error': ['PRBLST', (row) => row['VER_ST'] === 'E' && row['REC_TYP'] === 'PR'],
  'problem taken off the list': ['PRBLST', (row) => /^20/.test(row['VOID_DT'] ?? '')],
  'problem of a psychiatric ward': ['PRBLST', (row) => row['SENS_CD'] === 'PSY'],
  'problem of substance use': ['PRBLST', (row) => row['SENS_CD'] === 'SUB'],
  'problem with HIV': ['PRBLST', (row) => row['SENS_CD'] === 'HIV'],
  'problem of a sensitivity that nobody knows': ['PRBLST', (row) => row['SENS_CD'] === 'VIP'],
  'problem of an adolescent': ['PRBLST', (row) => row['SENS_CD'] === 'ADO'],
  'onset of zeros': ['PRBLST', (row) => row['ONS_DT'] === '0000-00-00'],
  'noted in a stay that was deleted': [
    'PRBLST',
    (row) => table('STAY').some((stay) => stay['STAY_NO'] === row['STAY_NO'] && stay['REC_ST'] === 'Z'),
  ],
  'noted in no known stay': ['PRBLST', (row) => row['STAY_NO'] === '1'],
  'allergy with a severe reaction': ['PRBLST', (row) => row['RCT_SEV'] === 'S'],
  'allergy whose reaction has no meaning': ['PRBLST', (row) => row['RCT_CD'] === 'ZZ9'],
  'allergy of no known category': ['PRBLST', (row) => row['REC_TYP'] === 'AL' && row['CAT_CD'] === 'Q'],
  'no known allergies': ['PRBLST', (row) => row['REC_TYP'] === 'NK' && row['CAT_CD'] === null],
  'no known drug allergies': ['PRBLST', (row) => row['REC_TYP'] === 'NK' && row['CAT_CD'] === 'M'],
  'alert of a fall': ['PRBLST', (row) => row['ALR_CD'] === 'FALL'],
  'reminder among the problems': ['PRBLST', (row) => row['REC_TYP'] === 'RM'],
  'vaccination in a year': ['IMMHST', (row) => /^\d{4}0000$/.test(row['GIV_DT'] ?? '')],
  'vaccination in a month': ['IMMHST', (row) => /^\d{4}(0[1-9]|1[012])00$/.test(row['GIV_DT'] ?? '')],
  'vaccination at no known time': ['IMMHST', (row) => row['GIV_DT'] === null],
  'vaccination without a code': ['IMMHST', (row) => row['CVX_CD'] === null && row['VAC_TXT'] !== null],
  'vaccination that was refused': ['IMMHST', (row) => row['RSN_CD'] === 'PO'],
  'vaccination told by nobody knows whom': ['IMMHST', (row) => row['OWN_FLG'] === null],
  'vaccination archived': ['IMMHST', (row) => row['ARC_FLG'] === '1'],
  'procedure without a state': ['PROCLOG', (row) => row['STAT_CD'] === null],
  'procedure at no known time': ['PROCLOG', (row) => row['BEG_TS'] === null && row['END_TS'] === null],
  'procedure that is not over': ['PROCLOG', (row) => row['BEG_TS'] !== null && row['END_TS'] === null],
  'procedure missing from the catalogue': ['PROCLOG', (row) => row['PROC_CD'] === 'ZXP9'],
  'procedure never booked': ['PROCLOG', (row) => row['CAN_FLG'] === 'true'],
  'relative of no known relation': ['PATREL', (row) => row['REL_CD'] === null],
  'relation without a meaning': ['PATREL', (row) => row['REL_CD'] === 'DOG'],
  'relative who may or may not be called': ['PATREL', (row) => row['ACTV_FLG'] === null],
  'relative deleted': ['PATREL', (row) => row['DEL_FLG'] === 'Y'],
  'insurance with no known payer': ['PATINS', (row) => row['PAY_CD'] === 'NONE'],
  'insurance that is over': ['PATINS', (row) => /^20/.test(row['TRM_DT'] ?? '')],
  'insurance without a plan': ['PATINS', (row) => row['PLAN_CD'] === null],
  'role in no known department': ['PROVROLE', (row) => row['DEPT_CD'] === 'MGXXX'],
  'role that is over': ['PROVROLE', (row) => row['TO_DT'] !== null],
  'consent to share with a partner': ['CONSNT', (row) => row['CON_TYP'] === 'SH' && row['DEC_CD'] === 'Y'],
  'patient who shares nothing': ['CONSNT', (row) => row['DEC_CD'] === 'N' && row['PRT_CD'] === null],
  'data of a sensitivity that is not shared': ['CONSNT', (row) => row['DEC_CD'] === 'N' && row['SENS_CD'] === 'HIV'],
  'data of a sensitivity that nobody knows': ['CONSNT', (row) => row['SENS_CD'] === 'VIP'],
  'consent revoked': ['CONSNT', (row) => row['ST_CD'] === 'A' && /^20/.test(row['REV_DT'] ?? '')],
  'consent that was never revoked': ['CONSNT', (row) => row['REV_DT'] === '0'],
  'consent of no known kind': ['CONSNT', (row) => row['CON_TYP'] === 'ZZ'],
  'consent under a rule without a meaning': ['CONSNT', (row) => row['POL_CD'] === 'M9'],
  'consent for a purpose without a meaning': ['CONSNT', (row) => row['PUR_CD'] === 'PX'],
  'consent signed nobody knows when': ['CONSNT', (row) => row['SGN_TS'] === null],
  'consent given by somebody else': ['CONSNT', (row) => row['REL_NO'] !== null],
  'consent deleted': ['CONSNT', (row) => row['VOID_TS'] !== null],
  'consent with a partner that closed': ['CONSNT', (row) => row['PRT_CD'] === 'OLDH'],
  'service without a name': ['SVCMST', (row) => row['SVC_NM'] === null],
  'service no longer offered': ['SVCMST', (row) => row['ACTV_FLG'] === 'N'],
  'service deleted': ['SVCMST', (row) => row['DEL_CNT'] === '3'],
  'service deleted and brought back': ['SVCMST', (row) => row['DEL_CNT'] === '2'],
  'service in a place that was deleted': ['SVCMST', (row) => row['LOC_CD'] === 'MGOLDW'],
  'request of a consult': ['REFREQ', (row) => row['KIND_CD'] === 'CO' && row['STAY_NO'] !== null],
  'request of no known kind': ['REFREQ', (row) => row['KIND_CD'] === null],
  'request of no known priority': ['REFREQ', (row) => row['PRI_CD'] === '7'],
  'request of a service that is in no catalogue': ['REFREQ', (row) => row['SVC_CD'] === 'ZXS7'],
  'request with a reason in words alone': ['REFREQ', (row) => row['RSN_TXT'] !== null && row['RSN_CODES'] === null],
  'request with a reason in codes alone': ['REFREQ', (row) => row['RSN_TXT'] === null && row['RSN_CODES'] !== null],
  'request with a reason of the former list': ['REFREQ', (row) => row['RSN_CODES'] === 'OLD:CAR-3'],
  'request for no day': ['REFREQ', (row) => row['WISH_DT'] === '00.00.0000'],
  'request to no known department': ['REFREQ', (row) => row['TO_DEPT'] === 'MGXXX'],
  'request to psychiatry': ['REFREQ', (row) => row['SENS_CD'] === 'PSY'],
  'request taken back': ['REFREQ', (row) => row['REM_RSN'] !== null],
  'request of which nothing was ever written': [
    'REFREQ',
    (row) => table('REFHST').every((change) => change['REF_NO'] !== row['REF_NO']),
  ],
  'request in a stay that was deleted': [
    'REFREQ',
    (row) => table('STAY').some((stay) => stay['STAY_NO'] === row['STAY_NO'] && stay['REC_ST'] === 'Z'),
  ],
  'request that was put off': ['REFHST', (row) => row['ST_CD'] === 'HD'],
  'request that was refused': ['REFHST', (row) => row['ST_CD'] === 'RJ'],
  'request in error': ['REFHST', (row) => row['ST_CD'] === 'ER'],
  'order of a drug without a status': ['MEDORD', (row) => changesOf(row).length === 0],
  'order last looked at by the pharmacist': ['MEDORD', (row) => changesOf(row).at(-1)?.['CHG_KIND'] === 'V'],
  'order on hold, and then in force again': [
    'MEDORD',
    (row) =>
      /HO,AC$/.test(
        changesOf(row)
          .map((change) => change['ST_CD'])
          .join(),
      ),
  ],
  'order stopped for no known reason': [
    'MEDSTAT',
    (row) => row['CHG_KIND'] === 'S' && row['ST_CD'] === 'DC' && row['RSN_CD'] === null,
  ],
  'order without a code': ['MEDORD', (row) => row['DRUG_CD'] === null && row['DRUG_TXT'] !== null],
  'order of a drug that was withdrawn': ['MEDORD', (row) => row['DRUG_CD'] === 'RAN150'],
  'dose with a decimal comma': ['MEDORD', (row) => row['DOSE_TXT'] === '0,5'],
  'dose that is a range': ['MEDORD', (row) => row['DOSE_TXT'] === '1-2'],
  'dose in a unit without a code': ['MEDORD', (row) => row['DOSE_U'] === 'UNT'],
  'route without a meaning': ['MEDORD', (row) => row['RTE_CD'] === 'BUC'],
  'abbreviation that no catalogue has': ['MEDORD', (row) => row['FRQ_CD'] === 'QXH'],
  'directions that are blank': ['MEDORD', (row) => row['SIG_TXT']?.trim() === ''],
  'order with zeros for a last day': ['MEDORD', (row) => row['STOP_DT'] === '0000-00-00'],
  'order with a blank last day': ['MEDORD', (row) => row['STOP_DT'] === ''],
  'order that begins on no known day': ['MEDORD', (row) => row['STRT_DT'] === '99999999'],
  'order of nobody here': ['MEDORD', (row) => row['INT_CD'] === 'P'],
  'order in no known setting': ['MEDORD', (row) => row['SET_CD'] === 'X'],
  'order that was taken back': ['MEDORD', (row) => row['ROW_END'] !== '99999999'],
  'order in the place of another': ['MEDORD', (row) => row['REPL_NO'] !== null],
  'roster of a partner': ['ROSTER', (row) => row['RST_TYP'] === 'S' && row['OWN_CD'] === 'LAKE'],
  'roster of nobody known': ['ROSTER', (row) => row['OWN_CD'] === 'GONE'],
  'patient who left a panel': ['ROSTMEM', (row) => row['FRM_FLG'] === 'Y'],
  'patient on a list by mistake': ['ROSTMEM', (row) => row['REM_FLG'] === 'Y'],
  'patient on a list without a registration': ['ROSTMEM', (row) => row['PT_NO']?.startsWith('9') === true],
  'patient on a list under an earlier registration': ['ROSTMEM', (row) => row['PT_NO']?.startsWith('0005') === true],
  'document of no known kind': ['DOCHDR', (row) => row['EXM_CD'] === 'MEMO'],
  'document at no known time': ['DOCHDR', (row) => row['EXM_DTM'] === '000000000000'],
  'document at a blank time': ['DOCHDR', (row) => row['EXM_DTM'] === ''],
  'document without a title': ['DOCHDR', (row) => row['TTL_TXT'] === null],
  'document that is not signed': ['DOCHDR', (row) => row['SIGN_TS'] === null],
  'document corrected': ['DOCHDR', (row) => row['STAT_CD'] === 'C' && row['VER_NO'] === '2'],
  'document amended': ['DOCHDR', (row) => row['STAT_CD'] === 'A'],
  'document taken back': ['DOCHDR', (row) => row['STAT_CD'] === 'X'],
  'document entered in error': ['DOCHDR', (row) => row['STAT_CD'] === 'E'],
  'document of a stay': ['DOCHDR', (row) => row['STAY_NO'] !== null],
  'report of genomics': ['DOCHDR', (row) => row['SECT_CD'] === 'GEN'],
  'line without a text': ['DOCLN', (row) => row['LN_TXT'] === null],
  'line that ends with blanks': ['DOCLN', (row) => /[^ ] +$/.test(row['LN_TXT'] ?? '')],
  'drug with several versions': ['DRUGMST', (row) => row['VER_NO'] === '3' && row['WDR_FLG'] !== 'Y'],
  'drug whose newest version was withdrawn': ['DRUGMST', (row) => row['VER_NO'] === '2' && row['WDR_FLG'] === 'Y'],
  'mixture with a part that nobody measures': ['DRUGING', (row) => row['AMT_N'] === null],
  'dose that was held': ['MEDADM', (row) => row['ADM_CD'] === 'H'],
  'dose that was refused': ['MEDADM', (row) => row['ADM_CD'] === 'R' && row['RSN_CD'] === null],
  'dose charted without a status': ['MEDADM', (row) => row['ADM_CD'] === null],
  'dose charted without a time': ['MEDADM', (row) => row['ADM_TS'] === null],
  'dose of a drug that was not scanned': ['MEDADM', (row) => row['SCAN_CD'] === null && row['DRUG_TXT'] !== null],
  'dose of a drug that was withdrawn': ['MEDADM', (row) => row['SCAN_CD'] === 'RAN150'],
  'dose in words': ['MEDADM', (row) => row['DOSE_TXT'] === 'half'],
  'route of a dose that is not there': ['MEDADM', (row) => row['DOSE_TXT'] === null && row['RTE_CD'] !== null],
  'site without a meaning': ['MEDADM', (row) => row['SITE_CD'] === 'ABD'],
  'dose that was undone': ['MEDADM', (row) => row['UNDO_NO'] !== null],
  'team of no known type': ['CARTEAM', (row) => row['TYP_CD'] === 'QQ'],
  'team without a name': ['CARTEAM', (row) => row['TEAM_NM'] === null],
  'team that is over': ['CARTEAM', (row) => /^20/.test(row['END_JD'] ?? '') && row['ST_CD'] === 'I'],
  'team of nobody knows since when': ['CARTEAM', (row) => row['BEG_JD'] === '9999999'],
  'team withdrawn': ['CARTEAM', (row) => row['VERS'] === '-2'],
  'team of no known department': ['CARTEAM', (row) => row['DEPT_CD'] === 'MGXXX'],
  'member who does not exist': ['CARTMBR', (row) => row['PROV_NO'] === 'P9999'],
  'member who is a relative': ['CARTMBR', (row) => row['REL_NO'] !== null],
  'member who is a deleted relative': [
    'CARTMBR',
    (row) => table('PATREL').some((one) => one['REL_NO'] === row['REL_NO'] && one['DEL_FLG'] === 'Y'),
  ],
  'member without a role': ['CARTMBR', (row) => row['ROLE_CD'] === null],
  'role of a member without a meaning': ['CARTMBR', (row) => row['ROLE_CD'] === 'TEL'],
  'plan in words with what looks like markup': ['CARPLN', (row) => /< 7 %.*\n.*&/.test(row['SUM_TXT'] ?? '')],
  'plan without words': ['CARPLN', (row) => row['SUM_TXT'] === null],
  'plan without a title': ['CARPLN', (row) => row['TTL_TXT'] === null],
  'plan withdrawn': ['CARPLN', (row) => row['VERS'] === '-2'],
  'plan of nobody knows which status': ['CARPLN', (row) => row['ST_CD'] === 'U'],
  'plan of a team that was withdrawn': [
    'CARPLN',
    (row) => table('CARTEAM').some((one) => one['TEAM_NO'] === row['TEAM_NO'] && one['VERS'] === '-2'),
  ],
  'plan for a problem that was taken off the list': [
    'CARPLN',
    (row) => table('PRBLST').some((one) => one['PRB_NO'] === row['PRB_NO'] && /^20/.test(one['VOID_DT'] ?? '')),
  ],
  'goal in words alone': ['CARLIN', (row) => row['TYP_CD'] === 'G' && row['LIN_CD'] === null],
  'goal without words': ['CARLIN', (row) => row['TYP_CD'] === 'G' && row['LIN_TXT'] === null],
  'goal with a comparator': ['CARLIN', (row) => row['TGT_TXT'] === '<=130'],
  'goal in error': ['CARLIN', (row) => row['TYP_CD'] === 'G' && row['ST_CD'] === 'E'],
  'goal to be reached by no day': ['CARLIN', (row) => row['TYP_CD'] === 'G' && row['DUE_JD'] === '0'],
  'goal whose course has no meaning': ['CARLIN', (row) => row['ACH_CD'] === 'QQ'],
  'line struck out': ['CARLIN', (row) => row['STRK_FLG'] === '-'],
  'something to do of no known state': ['CARLIN', (row) => row['TYP_CD'] === 'A' && row['ST_CD'] === null],
  'note among the goals': ['CARLIN', (row) => row['TYP_CD'] === 'N'],
  'procedure of psychiatry': ['PROCLOG', (row) => row['PROC_CD'] === 'PSYT'],
  'procedure about HIV': ['PROCLOG', (row) => row['PROC_CD'] === 'HIVC'],
  'procedure of substance use': ['PROCLOG', (row) => row['PROC_CD'] === 'DTOX'],
  'procedure of an adolescent': ['PROCLOG', (row) => row['PROC_CD'] === 'CONC'],
  'procedure of a sensitivity that nobody knows': ['PROCLOG', (row) => row['PROC_CD'] === 'XIMP'],
  'list of home that was taken again': ['HOMELST', (row) => row['REPL_NO'] !== null],
  'list of home told by a relative': ['HOMELST', (row) => row['REL_NO'] !== null && row['REL_NO'] !== '9999999'],
  'list of home told by nobody known': ['HOMELST', (row) => row['REL_NO'] === '9999999'],
  'list of home without a source': ['HOMELST', (row) => row['SRC_CD'] === null],
  'line of home with several codes': ['HOMELN', (row) => /^RXN:\d+;.*LOC:/.test(row['CODES'] ?? '')],
  'line of home with a code that nobody reads': ['HOMELN', (row) => row['CODES']?.includes('FDB:') === true],
  'line of home in words alone': ['HOMELN', (row) => row['CODES'] === null],
  'line of home without words': ['HOMELN', (row) => row['DRUG_TXT'] === null],
  'drug that is not taken': ['HOMELN', (row) => row['TAK_CD'] === 'N' && row['WHY_TXT'] !== null],
  'drug of which nobody was asked': ['HOMELN', (row) => row['TAK_CD'] === null],
  'drug that was taken until a day': ['HOMELN', (row) => row['UNTIL_DT'] !== null],
  'drug taken since some year': ['HOMELN', (row) => /0000$/.test(row['SINCE_DT'] ?? '')],
  'implant without a type': ['IMPLNT', (row) => row['TYP_CD'] === null],
  'implant without a carrier': ['IMPLNT', (row) => row['UDI_TXT'] === null],
  'carrier of another issuer': ['IMPLNT', (row) => /^\+H/.test(row['UDI_TXT'] ?? '')],
  'carrier that does not name the device': ['IMPLNT', (row) => /^\((?!01)/.test(row['UDI_TXT'] ?? '')],
  'carrier with a month': ['IMPLNT', (row) => /\(17\)\d{4}00/.test(row['UDI_TXT'] ?? '')],
  'carrier read nobody knows how': ['IMPLNT', (row) => row['ENT_CD'] === 'Q'],
  'implant taken out': ['IMPLNT', (row) => row['ST_CD'] === 'X'],
  'implant of no known state': ['IMPLNT', (row) => row['ST_CD'] === null],
  'implant of tissue': ['IMPLNT', (row) => row['DIST_ID'] !== null],
  'implant noted by mistake': [
    'IMPLNT',
    (row) => table('IMPLDEL').some((mistake) => mistake['IMP_NO'] === row['IMP_NO']),
  ],
  'specimen without a type': ['SPECMN', (row) => row['TYP_CD'] === null],
  'specimen of a type that no map knows': ['SPECMN', (row) => row['TYP_CD'] === 'ZSP'],
  'specimen without an accession': ['SPECMN', (row) => row['ACC_NO'] === null],
  'specimen taken nobody knows when, as 0': ['SPECMN', (row) => row['COL_DT'] === '0'],
  'specimen taken nobody knows when, as null': ['SPECMN', (row) => row['COL_DT'] === null],
  'specimen taken on a day': ['SPECMN', (row) => row['COL_TM'] === null && /^20/.test(row['COL_DT'] ?? '')],
  'specimen taken by nobody who is known': ['SPECMN', (row) => row['COL_NO'] === 'P9999'],
  'specimen never received': ['SPECMN', (row) => row['RCV_TS'] === null],
  'specimen rejected': ['SPECMN', (row) => row['ST_CD'] === 'R'],
  'specimen too small': ['SPECMN', (row) => row['ST_CD'] === 'Q'],
  'specimen in error': ['SPECMN', (row) => row['ST_CD'] === 'E'],
  'specimen of no known state': ['SPECMN', (row) => row['ST_CD'] === null],
  'specimen in a condition that no map knows': ['SPECMN', (row) => row['COND_CD'] === 'LIP'],
  'specimen of a condition of blanks': ['SPECMN', (row) => row['COND_CD'] === ''],
  'specimen at a place that no map knows': ['SPECMN', (row) => row['SITE_CD'] === 'LAC'],
  'specimen made of another': ['SPECMN', (row) => row['PAR_NO'] !== null],
  'specimen struck out': ['SPECMN', (row) => row['LIFE_N'] === '-1'],
  'specimen rejected, and no result yet': [
    'SPECMN',
    (row) =>
      row['ST_CD'] === 'R' &&
      table('LABORD').some((order) => order['ORD_NO'] === row['ORD_NO'] && order['STAT_CD'] === 'IP'),
  ],
  'result of no specimen': ['LABRSLT', (row) => row['SPC_NO'] === null],
  'result of a specimen that is not there': ['LABRSLT', (row) => row['SPC_NO'] === 'L0000000000007'],
  'result of a specimen that was struck out': [
    'LABRSLT',
    (row) => table('SPECMN').some((specimen) => specimen['SPC_NO'] === row['SPC_NO'] && specimen['LIFE_N'] === '-1'),
  ],
  'culture that names its specimen': ['LABEAV', (row) => row['ATTR_CD'] === 'SPEC'],
  'link confirmed': ['customer_xref', (row) => row['status'] === 'C'],
  'link possible': ['customer_xref', (row) => row['status'] === 'P'],
  'link rejected': ['customer_xref', (row) => row['status'] === 'R'],
  'link not readable': ['customer_xref', (row) => row['status'] === 'C' && row['mrn_norm'] === null],
  'number typed without zeros': ['customer_xref', (row) => /^\d{5,7}$/.test(row['mrn_typed'] ?? '')],
  'customer without birth date': ['customer', (row) => row['birth_date'] === null],
  'customer of gender X': ['customer', (row) => row['gender'] === 'X'],
  'customer no longer active': ['customer', (row) => row['active'] === 'false'],
  'dispense voided': ['dispense', (row) => row['voided'] === 'true'],
  'dispense not coded': ['dispense', (row) => row['rxnorm'] === null && row['ndc'] === null],
  'dispense not collected': ['dispense', (row) => row['status'] === 'R' && row['handed_over_at'] === null],
};

describe('the ugliness of the rows', () => {
  it.each(Object.entries(UGLINESS))('has: %s', (_, [name, holds]) => {
    expect(table(name).some(holds)).toBe(true);
  });

  it('has merge chains, links that lead nowhere, to deleted and to merged patients, and numbers that two people share', () => {
    const patients = new Map(table('PATMAST').map((row) => [keyOf('PATMAST', row), row]));
    const merged = table('PATMAST').filter((row) => row['MRG_NO'] !== null);
    expect(merged.some((row) => patients.get(`${row['MRG_FAC']!}|${row['MRG_NO']!}`)!['MRG_NO'] !== null)).toBe(true);
    const targets = table('customer_xref')
      .filter((row) => row['status'] === 'C' && row['mrn_norm'] !== null)
      .map((row) => patients.get(`${row['facility']!}|${row['mrn_norm']!}`));
    expect(targets.some((row) => row === undefined)).toBe(true);
    expect(targets.some((row) => row?.['DEL_FLG'] === 'Y')).toBe(true);
    expect(targets.some((row) => (row?.['MRG_NO'] ?? null) !== null)).toBe(true);
    expect(new Set(texts('PATMAST', 'PT_NO')).size).toBeLessThan(table('PATMAST').length);
  });

  it('has the same NPI in both systems', () => {
    const providers = new Set(texts('PROVMST', 'NPI'));
    expect(texts('prescriber', 'npi').filter((npi) => npi !== '<null>' && providers.has(npi)).length).toBeGreaterThan(
      10,
    );
  });
});
