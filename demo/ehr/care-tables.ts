import type { TableDefinition } from '../load/table.ts';

const VERSION = 'Counts changes; below zero: withdrawn, must not be shown; null: live';
const JULIAN = 'YYYYDDD; 0, 9999999, null: not known, or open';

export const CARTEAM: TableDefinition = {
  name: 'CARTEAM',
  meaning: 'Teams that care for a patient; the members are in CARTMBR',
  key: ['TEAM_NO'],
  columns: [
    ['TEAM_NO', 'bigint', 'Number of the team'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['TEAM_NM', 'varchar(60)', 'Name, as typed'],
    ['TYP_CD', 'char(2)', 'LC over the years, EP for one episode, CO for one condition'],
    ['ST_CD', 'char(1)', 'P proposed, A active, S suspended, I inactive, E entered in error'],
    ['BEG_JD', 'integer', `Since ${JULIAN}`],
    ['END_JD', 'integer', `Until ${JULIAN}`],
    ['DEPT_CD', 'varchar(8)', 'Responsible, DEPT.DEPT_CD; may lead nowhere'],
    ['TEAM_PH', 'varchar(24)', 'Telephone'],
    ['VERS', 'smallint', VERSION],
  ],
  indexes: [
    { name: 'CARTEAM_PT', on: '"FAC_CD", "PT_NO", "TEAM_NO"' },
    { name: 'CARTEAM_BEG', on: '"BEG_JD", "TEAM_NO"' },
  ],
};

export const CARTMBR: TableDefinition = {
  name: 'CARTMBR',
  meaning: 'Members of teams: a provider, a relative or a department',
  key: ['TEAM_NO', 'SEQ'],
  columns: [
    ['TEAM_NO', 'bigint', 'CARTEAM.TEAM_NO'],
    ['SEQ', 'smallint', 'Order, from 1'],
    ['PROV_NO', 'varchar(6)', 'PROVMST.PROV_NO; may lead nowhere'],
    ['REL_NO', 'bigint', 'PATREL.REL_NO; may lead to a deleted one'],
    ['DEPT_CD', 'varchar(8)', 'DEPT.DEPT_CD'],
    ['ROLE_CD', 'char(3)', 'PCP, END endocrinologist, CRD cardiologist, RN nurse, DIE dietitian, CG caregiver'],
    ['BEG_JD', 'integer', `Since ${JULIAN}`],
    ['END_JD', 'integer', `Until ${JULIAN}`],
  ],
  indexes: [
    { name: 'CARTMBR_PROV', on: '"PROV_NO"' },
    { name: 'CARTMBR_REL', on: '"REL_NO"' },
    { name: 'CARTMBR_DEPT', on: '"DEPT_CD"' },
  ],
};

export const CARPLN: TableDefinition = {
  name: 'CARPLN',
  meaning: 'Care plans: the heads; goals, what is to be done and notes are in CARLIN',
  key: ['PLN_NO'],
  columns: [
    ['PLN_NO', 'bigint', 'Number of the plan'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['TYP_CD', 'char(2)', 'DM diabetes, HF heart failure, BP blood pressure, CA cancer; null: not said'],
    ['TTL_TXT', 'varchar(60)', 'Title'],
    ['SUM_TXT', 'varchar(400)', 'The plan in words, with ends of lines'],
    ['ST_CD', 'char(1)', 'D draft, A active, H on hold, C completed, R revoked, E entered in error, U not known'],
    ['BEG_JD', 'integer', `From ${JULIAN}`],
    ['END_JD', 'integer', `To ${JULIAN}`],
    ['CRT_JD', 'integer', `Written on ${JULIAN}`],
    ['AUT_NO', 'varchar(6)', 'Written by, PROVMST.PROV_NO'],
    ['TEAM_NO', 'bigint', 'CARTEAM.TEAM_NO; may lead to a withdrawn one'],
    ['PRB_NO', 'bigint', 'What it is for, PRBLST.PRB_NO; may lead to an entry that was taken off'],
    ['VERS', 'smallint', VERSION],
  ],
  indexes: [
    { name: 'CARPLN_PT', on: '"FAC_CD", "PT_NO", "PLN_NO"' },
    { name: 'CARPLN_BEG', on: '"BEG_JD", "PLN_NO"' },
    { name: 'CARPLN_TEAM', on: '"TEAM_NO"' },
    { name: 'CARPLN_PRB', on: '"PRB_NO"' },
  ],
};

export const CARLIN: TableDefinition = {
  name: 'CARLIN',
  meaning: 'Lines of care plans',
  key: ['PLN_NO', 'LIN_NO'],
  columns: [
    ['PLN_NO', 'bigint', 'CARPLN.PLN_NO'],
    ['LIN_NO', 'smallint', 'Order, from 1'],
    ['TYP_CD', 'char(1)', 'G goal, A something to do, N note'],
    ['LIN_CD', 'varchar(4)', 'G: A1C, SBP, WGT, WALK, SALT; A: FOOT, EYE, DIET, WEIG; null: words alone'],
    ['LIN_TXT', 'varchar(200)', 'In words'],
    [
      'ST_CD',
      'char(1)',
      'G: P proposed, L planned, A active, H on hold, C completed, X cancelled, R rejected, E in error; A: P in progress, C done, X cancelled',
    ],
    ['BEG_JD', 'integer', `G: from ${JULIAN}`],
    ['DUE_JD', 'integer', `G: to be reached by ${JULIAN}`],
    ['TGT_TXT', 'varchar(10)', 'G: value that is aimed at: <7.0, 130'],
    ['TGT_UNIT', 'varchar(6)', 'G: its unit: %, MMHG, KG, GM'],
    ['ACH_CD', 'char(2)', 'G: IP in progress, IM improving, WO worsening, NC no change, AC achieved, NA not achieved'],
    ['STRK_FLG', 'char(1)', '-: struck out, must not be shown; null: stands'],
  ],
  indexes: [
    { name: 'CARLIN_DUE', on: '"DUE_JD"' },
    { name: 'CARLIN_BEG', on: '"BEG_JD"' },
    { name: 'CARLIN_CD', on: '"LIN_CD"' },
  ],
};
