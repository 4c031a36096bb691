import type { Config } from './config.ts';

const secretName = /pass|secret|token|key/i;

/** The effective configuration as JSON text with every secret masked, also those inside URLs. */
export function printConfig(config: Config): string {
  return JSON.stringify(config, (name, value: unknown) => (typeof value === 'string' ? mask(name, value) : value), 2);
}

function mask(name: string, text: string): string {
  if (/password|secret/i.test(name)) return '***';
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (!URL.canParse(text)) return '***';
  const url = new URL(text);
  if (url.password !== '') url.password = '***';
  for (const parameter of [...url.searchParams.keys()]) {
    if (secretName.test(parameter)) url.searchParams.set(parameter, '***');
  }
  return url.href;
}
