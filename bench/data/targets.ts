import pg from 'pg';
import { createSealer } from '../../src/security/index.ts';
import { DATABASES, type Dataset } from './dataset.ts';

/** What is asked of a data set: paths by operation, drawn by a seed from its rows. */
export interface Targets {
  readonly patients: readonly string[];
  readonly results: readonly string[];
  /** One patient's results of one test, newest 20. */
  readonly labs: readonly string[];
  /** Ids and values for the shapes whose growth is measured. */
  readonly people: readonly PersonTarget[];
}

export interface PersonTarget {
  readonly id: string;
  readonly recordNumber: string;
  readonly family: string;
  readonly born: string;
}

/** The test that most people with many results have: glucose, under both of the hospital's codes for it. */
const LAB_CODE = { loinc: '2345-7', local: ['GLU', 'GLUC'] } as const;
const LABS_SINCE = '2023-01-01';
/** So many rows at least, so that nearly whole pages are written. */
const ROWS_MIN = 15;

/** Orders rows by a hash of their key: the same rows on every machine, in no order of the table. */
const shuffled = (key: string): string => `order by md5(${key} || 'bench')`;

/**
 * Draws targets. Patients have one registration in the hospital, because that is what the hand-written servers know; they may have an account
 * of the pharmacy, as they happen to.
 */
export async function drawTargets(dataset: Dataset, count: number): Promise<Targets> {
  const hospital = new pg.Client({ ...dataset.database.connection(DATABASES.ehr) });
  const store = new pg.Client({ ...dataset.database.connection(DATABASES.store) });
  await hospital.connect();
  await store.connect();
  try {
    const { rows } = await store.query<{ value: string }>(
      `select value from fascia.setting where name = 'installation-secret'`,
    );
    const sealer = createSealer(Buffer.from(rows[0]?.value ?? '', 'base64'));
    const merged = await registrationsOfSeveral(store);
    const idOf = (facility: string, number: string): string => `mp.${sealer.mask(`${facility}\u001f${number}`, 'mp')}`;
    const isSingle = ([facility, number]: readonly string[]): boolean => !merged.has(`${facility}\u001f${number}`);
    const draw = async (sql: string, values: unknown[]): Promise<readonly string[][]> =>
      (await hospital.query<string[]>({ text: sql, values: [...values, 2 * count], rowMode: 'array' })).rows
        .filter(isSingle)
        .slice(0, count);
    const people = (await draw(PEOPLE, [])).map(([facility = '', number = '', born = '', name = '']) => ({
      id: idOf(facility, number),
      recordNumber: `${facility}-${number}`,
      family: name.split('^')[0]?.trim() ?? '',
      born: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
    }));
    const results = await draw(RESULTS, []);
    const labs = await draw(LABS, [LAB_CODE.local, ROWS_MIN]);
    return {
      people,
      patients: people.map(({ id }) => `/fhir/Patient/${id}`),
      results: results.map(([, , sequence]) => `/fhir/Observation/ml.${sequence}`),
      labs: labs.map(
        ([facility = '', number = '']) =>
          `/fhir/Observation?patient=${idOf(facility, number)}&code=http://loinc.org|${LAB_CODE.loinc}&date=ge${LABS_SINCE}&_sort=-date&_count=20`,
      ),
    };
  } finally {
    await hospital.end();
    await store.end();
  }
}

/** Registrations of persons with several of them. */
async function registrationsOfSeveral(store: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await store.query<{
    key: string;
  }>(`select key from fascia.person_member where branch = 'mp' and person in (
    select person from fascia.person_member where branch = 'mp' group by person having count(*) > 1)`);
  return new Set(rows.map(({ key }) => key));
}

const PEOPLE = `select "FAC_CD", "PT_NO", "DOB"::text, "PT_NM" from "PATMAST"
  where "DEL_FLG" is distinct from 'Y' and "MRG_NO" is null and "DOB" between 19000101 and 20301231 and "DOB" % 100 > 0 and "PT_NO" ~ '^[0-9]{10}$'
    and "PT_NM" ~ '^[A-Za-z ]+\\^'
  ${shuffled('"FAC_CD" || "PT_NO"')} limit $1`;

const RESULTS = `select r."FAC_CD", r."PT_NO", r."RSLT_SEQ"::text from "LABRSLT" r
  join "PATMAST" pt on pt."FAC_CD" = r."FAC_CD" and pt."PT_NO" = r."PT_NO" and pt."DEL_FLG" is distinct from 'Y' and pt."MRG_NO" is null
  where r."RSLT_SEQ" % (select greatest(1, count(*) / 50000) from "LABRSLT") = 0 and r."SUPR_FLG" is distinct from 'Y'
  ${shuffled('r."RSLT_SEQ"::text')} limit $1`;

const LABS = `select r."FAC_CD", r."PT_NO" from "LABRSLT" r
  join "PATMAST" pt on pt."FAC_CD" = r."FAC_CD" and pt."PT_NO" = r."PT_NO" and pt."DEL_FLG" is distinct from 'Y' and pt."MRG_NO" is null
  where r."TEST_CD" = any($1) and r."SUPR_FLG" is distinct from 'Y' and r."DRAW_DT" >= ${LABS_SINCE.replaceAll('-', '')}
  group by r."FAC_CD", r."PT_NO" having count(*) >= $2
  ${shuffled('r."FAC_CD" || r."PT_NO"')} limit $3`;
