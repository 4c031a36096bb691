/**
 * Where a defect happened: the innermost places of an error's stack, without its message, which may quote data of a patient. In: anything that was
 * thrown. Out: one line for a log.
 */
export function placesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...stack.matchAll(/^ {4}at (?:(.+?) \()?(?:file:\/\/)?(.*?:\d+:\d+)\)?$/gm)];
  return places
    .slice(0, 4)
    .map(
      ([, name, place]) => `${name ?? 'anonymous'} ${(place ?? '').replace(/^.*\/(?=(src|dist|node_modules)\/)/, '')}`,
    )
    .join(' < ');
}
