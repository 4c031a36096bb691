/** Thrown inside the oracle where a server must answer 400; `search` turns it into `refused`. */
export class Refusal extends Error {}

export function refuse(reason: string): never {
  throw new Refusal(reason);
}
