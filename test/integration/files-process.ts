/** A replica of its own process, which looks at a folder once. In: the connection and the folder, as JSON. */
import type pg from 'pg';
import { openReplica } from './files-setting.ts';

const { connection, path } = JSON.parse(process.argv[2] ?? '') as { connection: pg.PoolConfig; path: string };
const replica = await openReplica(connection, { path });
await replica.look();
await replica.close();
