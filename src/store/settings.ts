import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

const SECRET_BYTES = 32;

/**
 * The secret of the installation, made at first use. Replicas that ask at the same moment get the same one: the first insert wins.
 * Output: 32 bytes.
 */
export async function installationSecret(database: Database): Promise<Uint8Array> {
  const insert = {
    name: 'settings.keep',
    text: `insert into fascia.setting (name, value) values ('installation-secret', $1) on conflict (name) do nothing`,
  };
  const read = { name: 'settings.secret', text: `select value from fascia.setting where name = 'installation-secret'` };
  let [row] = await database.run(read, []);
  if (row === undefined) {
    await database.run(insert, [randomBytes(SECRET_BYTES).toString('base64')]);
    [row] = await database.run(read, []);
  }
  return Buffer.from(String(row?.[0]), 'base64');
}
