import { runCli } from './program.ts';

const wantedMajor = 24;

if (Number(process.versions.node.split('.')[0]) < wantedMajor) {
  console.error(
    `Fascia needs Node.js ${wantedMajor} or newer; this is ${process.versions.node}. Start it with "npm start" or "npx fascia", which find the right one.`,
  );
  process.exit(1);
}
await runCli(process.argv);
