import { Fault } from '../core/index.ts';
import type { NewFile } from './template-files.ts';

/** What a new module says of its stewards. What nobody named stays a `TODO`: no name is invented. */
export interface StewardOptions {
  readonly title?: string;
  readonly owner?: string;
  readonly clinicalSteward?: string;
  readonly contact?: string;
  readonly serviceLevel?: string;
  readonly reviewDate?: string;
}

const textFields = ['title', 'owner', 'clinicalSteward', 'contact', 'serviceLevel'] as const;

/**
 * Fills the stewardship of a template's `index.ts`. A review that nobody planned is due today, because a date in the future would be invented.
 * Throws `config.invalid` for a review date that is none.
 */
export function nameStewards(file: NewFile, options: StewardOptions, today: string): NewFile {
  const { reviewDate = today } = options;
  if (!/^\d{4}-\d\d-\d\d$/.test(reviewDate) || Number.isNaN(Date.parse(reviewDate))) {
    throw new Fault('config.invalid', `--review-date must be a date such as 2027-01-31; ${reviewDate} is none.`);
  }
  let { text } = file;
  for (const field of textFields) {
    const value = options[field];
    if (value !== undefined) text = replaceField(text, field, value);
  }
  return { ...file, text: replaceField(text, 'reviewDate', reviewDate) };
}

function replaceField(text: string, field: string, value: string): string {
  return text.replace(new RegExp(`(\\n +${field}: )'[^'\\n]*'`), (_, before: string) => before + quoted(value));
}

/** A string literal of TypeScript. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
