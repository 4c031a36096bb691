import { isCivilDate } from '../../../core/index.ts';

const digitsOf = { YYYY: 4, MM: 2, DD: 2, hh: 2, mm: 2, ss: 2 } as const;
type Part = keyof typeof digitsOf;

/**
 * Compiles a form such as `MM/DD/YYYY hh:mm` to a function that reads a text as the canonical text of a date, or of a timestamp; undefined for a text
 * that does not fit, or names no day of the calendar. Whether a wall time exists in a zone is decided where it is served. Throws a RangeError for a
 * form that lacks a part or has one twice.
 */
export function readTimeForm(form: string, hasTime: boolean): (text: string) => string | undefined {
  const parts: Part[] = [];
  const pattern = form.replace(/YYYY|MM|DD|hh|mm|ss|[^]/g, (found) => {
    if (!(found in digitsOf)) return found.replace(/[^A-Za-z0-9]/, '\\$&');
    parts.push(found as Part);
    return `(?<${found}>\\d{${digitsOf[found as Part]}})`;
  });
  checkParts(form, parts, hasTime);
  const grammar = new RegExp(`^${pattern}$`);
  return (text) => {
    const found = grammar.exec(text)?.groups as Partial<Record<Part, string>> | undefined;
    if (found === undefined) return undefined;
    const { YYYY = '', MM = '', DD = '', hh = '00', mm = '00', ss = '00' } = found;
    if (!isCivilDate(Number(YYYY), Number(MM), Number(DD))) return undefined;
    if (!hasTime) return `${YYYY}-${MM}-${DD}`;
    return Number(hh) <= 23 && Number(mm) <= 59 && Number(ss) <= 59
      ? `${YYYY}-${MM}-${DD} ${hh}:${mm}:${ss}`
      : undefined;
  };
}

function checkParts(form: string, parts: readonly Part[], hasTime: boolean): void {
  const needed: readonly Part[] = hasTime ? ['YYYY', 'MM', 'DD', 'hh', 'mm'] : ['YYYY', 'MM', 'DD'];
  const allowed = new Set<Part>(hasTime ? [...needed, 'ss'] : needed);
  const isWhole = needed.every((part) => parts.includes(part));
  if (!isWhole || parts.some((part) => !allowed.has(part)) || new Set(parts).size !== parts.length)
    throw new RangeError(`the form '${form}' must hold each of ${needed.join(', ')} once`);
}
