import type { PersonName } from './types.ts';
import type { Random } from './random.ts';

/** Names by the way they are written. Families and given names are common ones, paired at random: nobody is meant. */
interface NameTable {
  readonly families: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
}

const LATIN: NameTable = {
  families: [
    'Abbott',
    'Archer',
    'Baker',
    'Barlow',
    'Bennett',
    'Bishop',
    'Calloway',
    'Carver',
    'Chandler',
    'Conway',
    'Dalton',
    'Draper',
    'Ellison',
    'Fletcher',
    'Foster',
    'Gardner',
    'Garrison',
    'Hale',
    'Harlow',
    'Holloway',
    'Ingram',
    'Jarvis',
    'Keller',
    'Kendall',
    'Lambert',
    'Langley',
    'Mercer',
    'Monroe',
    'Nolan',
    'Norwood',
    'Osborne',
    'Parrish',
    'Pruitt',
    'Quinlan',
    'Ramsey',
    'Rowland',
    'Sawyer',
    'Shepard',
    'Sutton',
    'Thatcher',
    'Tucker',
    'Underwood',
    'Vaughn',
    'Walton',
    'Whitaker',
    'Winslow',
    'Yates',
    'Zimmer',
    'Okafor',
    'Mensah',
    'Nguyen',
    'Tran',
    'Patel',
    'Haddad',
  ],
  female: [
    'Alice',
    'Beatrice',
    'Clara',
    'Diane',
    'Edith',
    'Florence',
    'Grace',
    'Hannah',
    'Irene',
    'Joan',
    'Katherine',
    'Louise',
    'Martha',
    'Nora',
    'Olive',
    'Paula',
    'Rosa',
    'Sylvia',
    'Teresa',
    'Wanda',
  ],
  male: [
    'Albert',
    'Bernard',
    'Calvin',
    'Dennis',
    'Edward',
    'Franklin',
    'George',
    'Harold',
    'Isaac',
    'Jerome',
    'Kenneth',
    'Leonard',
    'Martin',
    'Nathan',
    'Oscar',
    'Philip',
    'Raymond',
    'Samuel',
    'Theodore',
    'Walter',
  ],
};

const TABLES = {
  latin: LATIN,
  accented: {
    families: [
      'García',
      'Muñoz',
      'Sørensen',
      'Müller',
      'Weiß',
      'Côté',
      'Łukasik',
      'Novák',
      'Yıldız',
      'İnan',
      'Nguyễn',
      'Ångström',
      'Peña',
      'Brontë',
    ],
    female: ['Zoë', 'Chloé', 'Inés', 'Agnès', 'Jūratė', 'Şirin'],
    male: ['José', 'Björn', 'François', 'Ángel', 'Jérôme', 'Óscar'],
  },
  apostrophe: {
    families: ["O'Brien", "D'Angelo", "O'Neill", "N'Diaye", 'M’Bala', "L'Heureux"],
    female: ["Ka'ena", 'Maeve', 'Siobhan'],
    male: ["De'Andre", 'Cormac', 'Liam'],
  },
  cyrillic: {
    families: ['Иванова', 'Петренко', 'Королёв', 'Щербак', 'Гончарук', 'Юсупов'],
    female: ['Ольга', 'Наталья', 'Зоя'],
    male: ['Сергей', 'Тарас', 'Фёдор'],
  },
  greek: {
    families: ['Παπαδόπουλος', 'Αγγέλου', 'Χατζής', 'Ψαρράς', 'Ξενάκης'],
    female: ['Ελένη', 'Σοφία', 'Ζωή'],
    male: ['Γιώργος', 'Νίκος', 'Ανδρέας'],
  },
  chinese: {
    families: ['王', '李', '欧阳', '陳', '张'],
    female: ['秀英', '丽华', '雅婷'],
    male: ['伟', '志明', '建國'],
  },
  arabic: {
    families: ['الحداد', 'منصور', 'بن سالم', 'الأمين'],
    female: ['ليلى', 'فاطمة', 'نور'],
    male: ['يوسف', 'عُمَر', 'خالد'],
  },
  percent: { families: ['Baker%Lowe', '50%Share', 'Hale%'], female: ['Clara'], male: ['Oscar'] },
  underscore: { families: ['Van_Dyke', 'Test_Patient', '_Sutton'], female: ['Mary_Ann'], male: ['Jean_Luc'] },
  backslash: { families: ['Mc\\Kay', 'Ramsey\\Poe'], female: ['Nora'], male: ['Walter'] },
  words: {
    families: ['de la Cruz', 'van den Berg', 'Smith-Jones', 'St. Clair', 'Garcia Lopez'],
    female: ['Mary Ann', 'Anne-Marie'],
    male: ['Jean Paul', 'John-Henry'],
  },
} as const satisfies Record<string, NameTable>;

export type Script = keyof typeof TABLES;

const OTHERS = Object.keys(TABLES).filter((script) => script !== 'latin') as Script[];

/** Mostly plain Latin names. */
export function scriptOf(random: Random): Script {
  return random.chance(0.16) ? random.pick(OTHERS) : 'latin';
}

/** One family name and one to three given names. */
export function nameOf(random: Random, script: Script, female: boolean): PersonName {
  const table: NameTable = TABLES[script];
  const given = female ? table.female : table.male;
  const count = random.chance(0.55) ? 2 : 1;
  const names: string[] = [];
  for (let i = 0; i < count; i += 1)
    names.push(random.pick(i === 0 || script !== 'latin' ? given : LATIN[female ? 'female' : 'male']));
  return { family: random.pick(table.families), given: script === 'chinese' ? names.slice(0, 1) : names };
}
