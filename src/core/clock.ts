/** The only source of time. `nowMs` is milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** A clock that stands still, for tests. Input: an ISO 8601 instant. */
export function fixedClock(instant: string): Clock {
  const fixedMs = Date.parse(instant);
  return { nowMs: () => fixedMs };
}
