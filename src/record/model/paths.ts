/**
 * The small FHIRPath subset that R4 SearchParameter expressions are written in, as steps over a declared tree:
 * `A.b.c`, `(A.b as T)`, `A.b.as(T)`, `A.b.ofType(T)`, `A.b.where(k='v')`, `A.b.where(resolve() is T)`, joined by `|`.
 * https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export interface PathStep {
  readonly name: string;
  /** The datatype that a choice element is restricted to. */
  readonly as?: string;
  /** `where(name='value')` on this step's node. */
  readonly where?: { readonly name: string; readonly value: string };
  /** `where(resolve() is Type)`. */
  readonly resolvesTo?: string;
}

export interface Path {
  readonly type: string;
  readonly steps: readonly PathStep[];
}

/** The alternatives of an expression that start at `type`; undefined when one of them is outside the subset. */
export function parsePaths(expression: string, type: string): readonly Path[] | undefined {
  const paths: Path[] = [];
  for (const alternative of splitTopLevel(expression, '|')) {
    const path = parseAlternative(alternative);
    if (path === undefined) {
      if (mentions(alternative, type)) return undefined;
    } else if (path.type === type || path.type === 'Resource' || path.type === 'DomainResource') {
      paths.push(path);
    }
  }
  return paths;
}

/** A component's expression, relative to its composite's focus. */
export function parseRelativePaths(expression: string): readonly (readonly PathStep[])[] | undefined {
  const all: (readonly PathStep[])[] = [];
  for (const alternative of splitTopLevel(expression, '|')) {
    const path = parseAlternative(`Focus.${unwrap(alternative.trim())}`);
    if (path === undefined) return undefined;
    all.push(path.steps);
  }
  return all;
}

function parseAlternative(text: string): Path | undefined {
  let rest = text.trim();
  let trailing = '';
  const wrapped = /^\((.*)\)((?:\.\w+(?:\([^()]*\))?)*)$/.exec(rest);
  if (wrapped?.[1] !== undefined && balanced(wrapped[1])) {
    rest = wrapped[1].trim();
    trailing = wrapped[2] ?? '';
  }
  const cast = /^(.*)\s+as\s+(\w+)$/.exec(rest);
  if (cast) rest = `${(cast[1] ?? '').trim()}.as(${cast[2] ?? ''})`;
  const [type, ...names] = splitTopLevel(rest + trailing, '.');
  if (type === undefined || !/^[A-Z]\w*$/.test(type)) return undefined;
  const steps: PathStep[] = [];
  for (const name of names) {
    if (/^\w+$/.test(name)) steps.push({ name });
    else if (!applyFunction(steps, name)) return undefined;
  }
  return { type, steps };
}

function applyFunction(steps: PathStep[], call: string): boolean {
  const last = steps.pop();
  if (last === undefined) return false;
  const cast = /^(?:as|ofType)\((\w+)\)$/.exec(call);
  const where = /^where\((\w+)\s*=\s*'([^']*)'\)$/.exec(call);
  const resolves = /^where\(resolve\(\) is (\w+)\)$/.exec(call);
  if (cast?.[1] !== undefined) steps.push({ ...last, as: cast[1] });
  else if (where?.[1] !== undefined) steps.push({ ...last, where: { name: where[1], value: where[2] ?? '' } });
  else if (resolves?.[1] !== undefined) steps.push({ ...last, resolvesTo: resolves[1] });
  else return false;
  return true;
}

function splitTopLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    else if (c === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

function unwrap(text: string): string {
  const inner = /^\((.*)\)$/.exec(text)?.[1];
  return inner !== undefined && balanced(inner) ? inner : text;
}

function mentions(alternative: string, type: string): boolean {
  return new RegExp(`\\b${type}\\.`).test(alternative);
}
