import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault, type Clock } from '../core/index.ts';
import type { Story } from '../http/index.ts';
import type { Config } from './config.ts';
import type { Connection, OwnDatabase } from './own-database.ts';
import { packageRoot } from './package-root.ts';
import { repeat, type Schedule } from './schedule.ts';
