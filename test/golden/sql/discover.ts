import { readdir } from 'node:fs/promises';
import type { Statement } from '../../../src/contracts/index.ts';

export interface GoldenStatement {
  readonly name: string;
  readonly statement: Statement;
}

const SUFFIX = '.statement.ts';

/** Every `NAME.statement.ts` of this folder, which exports `statement`; its texts stand beside it as `NAME.pg.sql` and `NAME.mysql.sql`. */
export async function goldenStatements(): Promise<readonly GoldenStatement[]> {
  const names = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(SUFFIX)).sort();
  return Promise.all(
    names.map(async (file) => {
      const { statement } = (await import(`./${file}`)) as { readonly statement: Statement };
      return { name: file.slice(0, -SUFFIX.length), statement };
    }),
  );
}
