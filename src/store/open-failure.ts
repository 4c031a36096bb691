import { Fault } from '../core/index.ts';

/** What an operator can do, by SQLSTATE or by the system's error code (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server listens at its address',
  ENOENT: 'no server listens on its socket',
  ENOTFOUND: 'its host name is unknown',
  ETIMEDOUT: 'its address does not answer',
  '28P01': 'the server refuses the user or the password',
  '28000': 'the server refuses the user',
  '3D000': 'the database does not exist: create it, with the encoding UTF8',
  '42501': 'the user lacks a permission: it needs CREATE and TEMPORARY on the database and must own the schema fascia',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting or stopping',
};

/** The failure to open the store, for the operator. The cause's own text is left out: it may name tables. */
export function openFailure(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? code : 'unknown';
  const reason = REMEDIES[known] ?? `the error ${known}`;
  return new Fault('store.unavailable', `The store cannot be opened: ${reason}. DATABASE_URL says where it is.`, {
    cause,
  });
}
