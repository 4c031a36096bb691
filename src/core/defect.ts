import { Fault } from './fault.ts';

/**
 * Where a defect happened: the innermost places of an error's stack, without its message, which may quote data of a patient. In: anything that was
 * thrown. Out: one line for a log.
 */
export function placesOf(error: unknown): string {
  return framesOf(error)
    .slice(0, 4)
    .map(({ name, place }) => `${name} ${place.replace(/^.*\/(?=(src|dist|node_modules)\/)/, '')}`)
    .join(' < ');
}

/** The innermost place of an error's stack within a folder, as `file:line:column` from there; undefined: none of it. */
export function placeWithin(folder: string, error: unknown): string | undefined {
  const within = `${folder}/`;
  const frame = framesOf(error).find(({ place }) => place.startsWith(within));
  return frame?.place.slice(within.length);
}

function framesOf(error: unknown): readonly { readonly name: string; readonly place: string }[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = [...stack.matchAll(/^ {4}at (?:(.+?) \()?(file:\/\/)?(.*?:\d+:\d+)\)?$/gm)];
  return frames.map(([, name = 'anonymous', scheme, place = '']) => ({
    name,
    place: scheme === undefined ? place : decodeURI(place),
  }));
}

/** The code of the innermost failure, else its name: texts of a database may hold values. In: anything that was thrown. */
export function causeCode(failure: unknown): string {
  const { code, cause, name } = (failure ?? {}) as { code?: unknown; cause?: unknown; name?: unknown };
  if (failure instanceof Fault && cause !== undefined) return causeCode(cause);
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
