import type { IncomingRequest } from './request.ts';

/** A header's value; of several, their list. Undefined where it is absent. */
export function headerOf(headers: IncomingRequest['headers'], name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value.join(', ');
}

/** `a; q=0.5; b="c"` as its value and parameters, in lower case. */
export function mediaTypeOf(text: string): { readonly type: string; readonly parameters: ReadonlyMap<string, string> } {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = rest.map((part): readonly [string, string] => {
    const [name = '', value = ''] = part.split('=');
    return [
      name.trim().toLowerCase(),
      value
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .toLowerCase(),
    ];
  });
  return { type: type.toLowerCase(), parameters: new Map(parameters) };
}
