export { loadConfig, type Config, type ConfigOptions } from './config.ts';
export { printConfig } from './masked-config.ts';
export { packageVersion } from './version.ts';
export { compose, type ComposeOptions, type Installation } from './compose.ts';
export { startServer, type RunningServer, type StartOptions } from './server.ts';
export { migrateStore } from './migrate-store.ts';
export { openLog, type Log } from './log.ts';
export { stopSignal } from './stop-signals.ts';
