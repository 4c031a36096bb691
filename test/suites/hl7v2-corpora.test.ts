import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { join as joined } from '../../src/feeds/index.ts';
import { standard, renderState } from '../../src/mappings/hl7v2/index.ts';
import type { FeedReading, State } from '../../src/contracts/index.ts';
import { decodeMessage, readMessage, splitMessages } from '../../src/sources/hl7v2/index.ts';
import { errorsOf } from '../support/base-validity.ts';

const shared = process.env['FASCIA_SHARED'];

/** What a site that knows nothing of these senders would say of them. */
const context: FeedReading = {
  timeZone: 'America/New_York',
  authorities: {},
  authorityBase: 'https://site.example/authority/',
  patientSystem: 'https://site.example/authority/MRN',
};

(shared === undefined ? describe.skip : describe)('Messages of the corpora (needs FASCIA_SHARED)', () => {
  const folder = join(shared ?? '', 'corpora/hl7v2/messages');
  const messages = (): readonly { readonly file: string; readonly text: string; readonly encoding: string }[] =>
    globSync('**/*.*', { cwd: folder })
      .sort()
      .flatMap((file) =>
        splitMessages(readFileSync(join(folder, file))).map((bytes) => ({ file, ...decodeMessage(bytes) })),
      )
      .filter(({ text, encoding }) => /^(ADT|ORU|SIU|RDE|OMP)/.test(readMessage(text, encoding)?.message.event ?? ''));

  it('are read, or said to be of no use for a reason', () => {
    const reasons = new Map<string, number>();
    for (const { text, encoding } of messages()) {
      const message = readMessage(text, encoding)?.message;
      const reading = message && standard.read(message, context);
      const what = reading?.is === 'unmappable' ? reading.reason : 'read';
      reasons.set(what, (reasons.get(what) ?? 0) + 1);
    }
    expect([...reasons.keys()].filter((reason) => !KNOWN.includes(reason))).toEqual([]);
    expect(reasons.get('read')).toBeGreaterThan(100);
  });

  it('become valid resources, each alone and all together', async () => {
    const findings: string[] = [];
    let all: State = new Map();
    const judge = async (name: string, state: State): Promise<void> => {
      for (const { resource } of renderState(
        state,
        ({ type, value }) => `${type}/${encodeURIComponent(value)}`,
        context.timeZone,
      ))
        for (const error of await errorsOf(resource)) findings.push(`${name}: ${resource.resourceType} ${error}`);
    };
    for (const { file, text, encoding } of messages()) {
      const message = readMessage(text, encoding)?.message;
      const reading = message && standard.read(message, context);
      if (reading?.is !== 'read') continue;
      await judge(file, joined(new Map(), reading.assertions, reading.stamp));
      all = joined(all, reading.assertions, reading.stamp);
    }
    await judge('all', all);
    expect(findings.slice(0, 20)).toEqual([]);
  });
});

const KNOWN = [
  'read',
  'patient-missing',
  'patient-without-system',
  'time-missing',
  'merge-without-prior',
  'merge-of-one',
  'order-missing',
  'appointment-missing',
];
