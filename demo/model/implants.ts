import { compactOf, yearOf, type Day } from './calendar.ts';
import { implantNumber, patientKey } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import type { PatientKey } from './types.ts';

/** What the carrier of a unique device identifier says; undefined: that element is not on it. */
export interface Udi {
  readonly device: string | undefined;
  readonly lot: string | undefined;
  readonly serial: string | undefined;
  readonly made: Day | undefined;
  /** A month alone is written with the day 00. */
  readonly expires: { readonly day: Day; readonly isMonth: boolean } | undefined;
}

/** A row of IMPLNT. */
export interface Implant {
  readonly number: string;
  readonly patient: PatientKey;
  readonly type: string | null;
  /** As read from the carrier, or text of another issuer's form. */
  readonly udi: Udi | string | null;
  readonly entry: string | null;
  readonly distinct: string | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly name: string | null;
  readonly status: string | null;
  readonly note: string | null;
  /** Noted by mistake: its number is in IMPLDEL. */
  readonly deleted: boolean;
  readonly damage?: DamageKind;
}

interface Kind {
  readonly type: string;
  readonly device: string;
  readonly maker: string;
  readonly model: string;
  readonly name: string;
}

const KINDS: readonly Kind[] = [
  { type: 'PACE', device: '09504000059101', maker: 'Tidewater Rhythm', model: 'TR-210', name: 'Steady 2 dual chamber' },
  { type: 'HIP', device: '09504000059118', maker: 'Harbor Orthopedics', model: 'HO-36', name: 'Gait stem and head' },
  { type: 'STNT', device: '09504000059125', maker: 'Tidewater Vascular', model: 'TV-3.0', name: 'Openway 3.0 x 18' },
  { type: 'LENS', device: '09504000059132', maker: 'Clearview Optics', model: 'CV+21', name: 'Clearview +21.0 D' },
];
const OTHER_CARRIER = '+H123PARTNO1234567890120/$$420020216LOT123456789012345';
const DAMAGED = 9;

/** What was implanted before the first generation: later days add nothing. */
export function implantsOf(traits: Traits): readonly Implant[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const { person, anchor, born } = traits;
  const random = randomOf(traits.seed, STREAMS.implants, person);
  const age = yearOf(anchor) - yearOf(born);
  const share = age > 65 ? 0.4 : age > 45 ? 0.15 : 0.02;
  const count = person === 1 ? 2 : random.chance(share) ? random.int(1, 2) : 0;
  const drawn = Array.from({ length: count }, (_, i) =>
    implant(traits, random, i, person === 1 ? KINDS[i] : random.pick(KINDS)),
  );
  return [...drawn, ...damagedImplants(traits)];
}

function implant({ person, anchor }: Traits, random: Random, index: number, kind: Kind = random.pick(KINDS)): Implant {
  const made = anchor - random.int(400, 3000);
  const draw = random.next();
  const udi = draw < 0.1 ? null : draw < 0.18 ? OTHER_CARRIER : udiOf(random, kind, made);
  return {
    ...{ number: implantNumber(person, index), patient: patientKey(person) },
    type: person > 1 && random.chance(0.04) ? null : kind.type,
    ...{ udi: person === 1 ? udiOf(random, kind, made) : udi, maker: kind.maker, model: kind.model, name: kind.name },
    entry: udi === null && person > 1 ? null : random.pick(['B', 'B', 'M', 'C', 'Q', null]),
    distinct: kind.type === 'LENS' && random.chance(0.3) ? 'A9999XYZ100T0944' : null,
    status: random.chance(0.8) ? 'A' : random.pick(['X', 'E', null]),
    note: random.pick(['  MRI conditional, see card ', null, null]),
    deleted: person > 1 && random.chance(0.05),
  };
}

function udiOf(random: Random, { device }: Kind, made: Day): Udi {
  return {
    device: random.chance(0.05) ? undefined : device,
    lot: random.chance(0.8) ? `L${String(random.int(1000, 9999))}` : undefined,
    serial: random.chance(0.7) ? `${compactOf(made)}-${String(random.int(10, 99))}` : undefined,
    made: random.chance(0.6) ? made : undefined,
    expires: random.chance(0.8) ? { day: made + random.int(700, 1800), isMonth: random.chance(0.2) } : undefined,
  };
}

function damagedImplants({ person, anchor, damageKind: damage }: Traits): readonly Implant[] {
  if (damage !== 'unknown-implant-status' && damage !== 'impossible-implant-expiry') return [];
  return [
    {
      ...{ number: implantNumber(person, DAMAGED), patient: patientKey(person), type: 'HIP', entry: 'B', status: 'A' },
      udi: {
        ...{ device: '09504000059118', lot: 'L1', serial: undefined, made: undefined },
        expires: { day: anchor + 90, isMonth: false },
      },
      ...{ distinct: null, maker: null, model: null, name: 'Damaged', note: null, deleted: false, damage },
    },
  ];
}
