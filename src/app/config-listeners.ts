import type { ConfigFile } from './config-schema.ts';
import { isLoopbackHost } from './loopback.ts';

type ListenerSettings = ConfigFile['listeners'][string];

/** Where one feed listens. */
export interface ListenerConfig extends ListenerSettings {
  readonly feed: string;
}

/** In declared order. `MLLP_PORT` is the port of the only one. */
export function resolveListeners(
  listeners: ConfigFile['listeners'],
  mllpPort: number | undefined,
): readonly ListenerConfig[] {
  return Object.entries(listeners).map(([feed, settings]) => ({
    feed,
    ...settings,
    port: mllpPort ?? settings.port,
  }));
}

/** Everybody may send where everybody may read: on this machine only. Out: a line for each problem. */
export function problemsOfListeners(
  listeners: ConfigFile['listeners'],
  mllpPort: number | undefined,
): readonly string[] {
  const problems: string[] = [];
  const taken = new Map<string, string>();
  for (const [feed, { host, port }] of Object.entries(listeners)) {
    if (!isLoopbackHost(host))
      problems.push(`listeners.${feed}.host: ${host} is not a loopback address (127.0.0.1, ::1, localhost)`);
    const place = `${host}:${port}`;
    const other = port === 0 ? undefined : taken.get(place);
    if (other !== undefined) problems.push(`listeners.${feed}.port: ${port} is taken by listeners.${other}`);
    taken.set(place, feed);
  }
  if (mllpPort !== undefined && taken.size > 1)
    problems.push('MLLP_PORT is given, but there are several listeners: give each its port in the file');
  return problems;
}
