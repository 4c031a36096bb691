import {
  alias,
  and,
  code,
  codeableConcept,
  coding,
  compare,
  constant,
  contactPoint,
  Damaged,
  defineBranch,
  derive,
  equals,
  expr,
  flag,
  identifier,
  integer,
  isFlag,
  isNotNull,
  isNull,
  join,
  localCode,
  localDateTime,
  mappedCoding,
  not,
  oneOf,
  period,
  reference,
  required,
  string,
  ymd,
} from 'fascia/mapping';
import {
  CONSENT_ACTION,
  CONSENT_CATEGORY,
  CONSENT_POLICY,
  CONSENT_SCOPE,
  PARTNER_TYPE,
  PURPOSE,
} from './codes-consents.ts';
import { SENSITIVITY } from './codes-problems.ts';
import { sensitivityLabels } from './labels.ts';
import { DEPT, PATMAST } from './tables.ts';
import { PATREL } from './tables-affiliations.ts';
import { CONSNT, PARTNER } from './tables-consents.ts';

const PROVISION_TYPE = 'http://hl7.org/fhir/consent-provision-type';
const local = (name: string): string => `https://meridian.example/cs/${name}`;

const institution = alias('pa', PARTNER);

export const partner = defineBranch('Organization', {
  prefix: 'mpa',
  from: institution,
  key: [institution.PRT_CD],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-organization'],
  absentInSource: ['address.country'],
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/partner', value: institution.PRT_CD })],
    active: flag(institution.ACTV_FLG, { yes: ['Y'], no: ['N'] }),
    type: [codeableConcept({ coding: [mappedCoding({ column: institution.PRT_TYP, map: PARTNER_TYPE })] })],
    name: string(institution.PRT_NM),
    telecom: [contactPoint({ system: 'phone', value: institution.PRT_PH })],
    address: [
      {
        line: [string(institution.ADDR_LN)],
        city: string(institution.CITY),
        state: string(institution.ST_CD),
        postalCode: string(institution.ZIP),
      },
    ],
  },
});

const c = alias('co', CONSNT, { live: (row) => isNull(row.VOID_TS) });
const consenting = alias('cop', PATMAST);
const recipient = alias('cor', PARTNER);
const relative = alias('col', PATREL, { live: (row) => not(isFlag(row.DEL_FLG, 'Y')) });
const taker = alias('cod', DEPT);

const isRevoked = and(isNotNull(c.REV_DT), compare(c.REV_DT, '<>', '0'));
const isOpen = not(isRevoked);
/** The day of the revocation, which ends what was agreed earlier than it said. */
const endDate = expr('END_DT', integer(), { default: 'coalesce(nullif(??, 0), ??)' }, [c.REV_DT, c.EXP_DT]);

const STATUS = { D: 'draft', P: 'proposed', A: 'active', R: 'rejected', E: 'entered-in-error' } as const;
const isKnown = (value: string | null): value is keyof typeof STATUS => value !== null && value in STATUS;

export const consent = defineBranch('Consent', {
  prefix: 'mco',
  from: c,
  joins: [
    join(consenting, [
      [consenting.FAC_CD, c.FAC_CD],
      [consenting.PT_NO, c.PT_NO],
    ]),
    join(recipient, [[recipient.PRT_CD, c.PRT_CD]]),
    join(relative, [[relative.REL_NO, c.REL_NO]]),
    join(taker, [[taker.DEPT_CD, c.DEPT_CD]]),
  ],
  where: not(isFlag(consenting.DEL_FLG, 'Y')),
  key: [c.CON_NO],
  labels: sensitivityLabels(c.SENS_CD),
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/consent', value: c.CON_NO })],
    status: derive({
      columns: [c.ST_CD, c.REV_DT],
      write: (stored, revoked) => {
        if (!isKnown(stored)) throw new Damaged('', 'a status that no table knows');
        const isOver = revoked !== null && revoked !== '0' && (stored === 'A' || stored === 'P');
        return isOver ? 'inactive' : STATUS[stored];
      },
      when: {
        draft: equals(c.ST_CD, 'D'),
        proposed: and(equals(c.ST_CD, 'P'), isOpen),
        active: and(equals(c.ST_CD, 'A'), isOpen),
        inactive: and(oneOf(c.ST_CD, ['A', 'P']), isRevoked),
        rejected: equals(c.ST_CD, 'R'),
        'entered-in-error': equals(c.ST_CD, 'E'),
      },
      policy: 'REV_DT ends only what was active or proposed; 0 ends nothing',
      system: 'http://hl7.org/fhir/consent-state-codes',
    }),
    scope: required(localCode({ column: c.CON_TYP, system: local('consent-type'), maps: [CONSENT_SCOPE] })),
    category: [localCode({ column: c.CON_TYP, system: local('consent-type'), maps: [CONSENT_CATEGORY] })],
    patient: reference('Patient', 'mp', [consenting.FAC_CD, consenting.PT_NO], { required: true }),
    dateTime: localDateTime(c.SGN_TS),
    performer: [reference('RelatedPerson', 'mr', [relative.REL_NO])],
    organization: [reference('Organization', 'mo', [taker.DEPT_CD])],
    policy: [{ uri: constant('https://meridian.example/policy/patient-data') }],
    policyRule: localCode({ column: c.POL_CD, system: local('consent-policy'), maps: [CONSENT_POLICY] }),
    provision: {
      // A decision that cannot be read must not look like one without a decision.
      type: required(code(c.DEC_CD, { Y: 'permit', N: 'deny' }, { unmapped: 'damaged', system: PROVISION_TYPE })),
      period: period(ymd(c.EFF_DT), ymd(endDate)),
      actor: [
        {
          role: constant({
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
                code: 'IRCP',
                display: 'information recipient',
              },
            ],
          }),
          // Without its partner a decision would be about everybody.
          reference: reference('Organization', 'mpa', [recipient.PRT_CD], { named: c.PRT_CD }),
        },
      ],
      action: [codeableConcept({ coding: [mappedCoding({ column: c.CON_TYP, map: CONSENT_ACTION })] })],
      securityLabel: [
        mappedCoding({ column: c.SENS_CD, map: SENSITIVITY }),
        coding({ system: local('sensitivity'), code: c.SENS_CD }),
      ],
      purpose: [
        mappedCoding({ column: c.PUR_CD, map: PURPOSE }),
        coding({ system: local('purpose-of-use'), code: c.PUR_CD }),
      ],
    },
  },
});
