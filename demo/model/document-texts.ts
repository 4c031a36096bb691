import type { Random } from './random.ts';
import { CONSULT_REASONS } from './referral-catalogue.ts';

/** What a report or a note says, before a typist breaks it into lines. */
export interface DocumentText {
  readonly title: string | null;
  /** What matters, in a sentence; null: the system asked for none. */
  readonly conclusion: string | null;
  readonly paragraphs: readonly string[];
}

const LINE_WIDTH = 60;

/** Words broken into lines, an empty line between paragraphs. */
export function linesOf(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.flatMap((paragraph, i) => (i === 0 ? wrapped(paragraph) : ['', ...wrapped(paragraph)]));
}

function wrapped(paragraph: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What radiology is asked in between. */
export const IMAGING: readonly (readonly [exam: string, text: DocumentText])[] = [
  [
    'CXR2',
    {
      title: 'Chest, two views',
      conclusion: 'No acute disease of the chest.',
      paragraphs: ['HISTORY: Cough.', 'FINDINGS: Lungs are clear. Heart size is normal. No effusion, no pneumothorax.'],
    },
  ],
  [
    'CXR2',
    {
      title: 'Chest, two views',
      conclusion: 'Consolidation of the left lower lobe.',
      paragraphs: ['HISTORY: Fever for 4 days.', 'FINDINGS: Consolidation in the left lower lobe; small effusion.'],
    },
  ],
  [
    'USAB',
    {
      title: 'Ultrasound of the abdomen',
      conclusion: null,
      paragraphs: ['FINDINGS: Several gallstones up to 9 mm, no sign of inflammation. Kidneys without obstruction.'],
    },
  ],
  [
    'OUTS',
    {
      title: 'Films from outside, second reading',
      conclusion: null,
      paragraphs: ['Brought on a disc. Reading of the outside films agrees with the report that came with them.'],
    },
  ],
];

/** An echocardiogram: what is measured, and what it means. */
export function echoText(random: Random): DocumentText {
  const fraction = random.int(28, 66);
  const meaning = fraction < 40 ? 'severely reduced' : fraction < 52 ? 'mildly reduced' : 'normal';
  return {
    title: 'Transthoracic echocardiogram',
    conclusion: `Left ventricular ejection fraction ${String(fraction)} %, ${meaning}.`,
    paragraphs: [
      `LEFT VENTRICLE: Systolic function is ${meaning}, ejection fraction ${String(fraction)} % (biplane). Wall thickness ${String(random.int(8, 13))} mm.`,
      'VALVES: Mild mitral regurgitation. Aortic valve is trileaflet, without stenosis.',
    ],
  };
}

export const EKG: DocumentText = {
  title: null,
  conclusion: 'Sinus rhythm.',
  paragraphs: ['Sinus rhythm, 72/min. Normal axis. No sign of ischaemia.'],
};

/** What goes home with the patient, and what is still to come; of whoever died in the stay, neither. */
export function dischargeText(reason: string | null, nights: number, died: boolean): DocumentText {
  const length = `${String(nights)} night${nights === 1 ? '' : 's'}`;
  const admitted = `REASON FOR ADMISSION: ${reason?.trim() ?? 'not recorded'}.`;
  if (died)
    return {
      title: 'Discharge summary: deceased',
      conclusion: null,
      paragraphs: [admitted, `COURSE: The patient died in the hospital after ${length}. The family was informed.`],
    };
  return {
    title: 'Discharge summary',
    conclusion: null,
    paragraphs: [
      admitted,
      `COURSE: Uneventful stay of ${length}.`,
      'FOLLOW-UP: With the primary care provider within two weeks.',
    ],
  };
}

export const CONSULT: DocumentText = {
  title: 'Consultation, cardiology',
  conclusion: null,
  paragraphs: ['QUESTION: Dyspnoea on exertion.', 'OPINION: Continue treatment. Echocardiogram in six months.'],
};

/** What cardiology writes of a patient in the ward, to the reason for which it was called. */
export function consultText(reason: string | null, random: Random): DocumentText {
  const asked = CONSULT_REASONS.find(({ text }) => text === reason);
  if (asked === undefined) throw new RangeError('no such reason for a consult');
  const [findings, opinion] = random.pick(asked.answers);
  return {
    title: 'Consultation, cardiology, in the ward',
    conclusion: null,
    paragraphs: [`QUESTION: ${reason?.trim() ?? 'Not written'}.`, `FINDINGS: ${findings}`, `OPINION: ${opinion}`],
  };
}

export const MEMO: DocumentText = {
  title: 'Memo',
  conclusion: null,
  paragraphs: ['Called back, all questions answered.'],
};
