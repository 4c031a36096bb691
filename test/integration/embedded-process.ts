/** A process that attaches to an embedded database, for tests that kill it: prints one JSON line per event, detaches on SIGTERM. Arguments: home, system folder. */
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded } from '../../src/store/embedded/index.ts';

const [, , home = '', systemFolder = ''] = process.argv;
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

say({ event: 'starting' });
const database = await startEmbedded({ home, systemFolder, emit: say, clock: systemClock });
say({ event: 'attached' });
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  void database.detach().then(() => {
    clearInterval(alive);
    say({ event: 'detached' });
  });
});
