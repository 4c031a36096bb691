#!/usr/bin/env node
'use strict';

// The launcher: plain CommonJS that runs on Node 20, finds Node 24 and hands over to it. TypeScript and every import of the server need
// Node 24, and each other way of pinning it fails silently somewhere (docs/adr/0071-launcher.md).

const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join, sep, delimiter } = require('node:path');

const wantedMajor = 24;
const root = dirname(__dirname);

/** The pinned Node 24 where its package is installed, else this one if it is new enough, else undefined. */
function findNode() {
  try {
    const folder = dirname(require.resolve(`node-${process.platform}-${process.arch}/package.json`, { paths: [root] }));
    const pinned = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(pinned)) return pinned;
  } catch {
    // Not installed: another platform, or `--omit=optional`.
  }
  return Number(process.versions.node.split('.')[0]) >= wantedMajor ? process.execPath : undefined;
}

/** The arguments of Node: the sources in a checkout, the compiled files where the package is installed. */
function findEntry() {
  const source = join(root, 'src', 'cli', 'main.ts');
  if (existsSync(source) && !root.split(sep).includes('node_modules')) return ['--conditions=development', source];
  return [join(root, 'dist', 'cli', 'main.js')];
}

function run() {
  const node = findNode();
  if (node === undefined) {
    console.error(
      `Fascia needs Node.js ${wantedMajor} or newer; this is ${process.versions.node}.\n` +
        `On Linux x64 "npm ci" installs it beside Fascia (without --omit=optional); elsewhere install Node.js ${wantedMajor} from https://nodejs.org and start again.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [...findEntry(), ...process.argv.slice(2)], {
    // The channel tells the server when this launcher is killed, so that it never outlives it unseen.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Fascia could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    process.exitCode = 1;
  });
}

run();
