import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showHl7 } from '../../../src/cli/hl7-show.ts';
import feed from '../../support/feeds/interface-engine/index.ts';

describe('fascia hl7 show', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fascia-hl7-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function shown(text: string): string {
    const file = join(folder, 'messages.hl7');
    writeFileSync(file, text);
    return showHl7(file, feed);
  }

  const adt = (trigger: string, at: string, pid: string): string =>
    `MSH|^~\\&|ADT|MAIN|F|H|${at}||ADT^${trigger}|${at}|P|2.5.1\rEVN|${trigger}|${at}\r${pid}\r`;

  it('marks what is not used, and draws the resources of all messages together', () => {
    const text = shown(
      adt('A08', '20260301', 'PID|1||M7^^^MERIDIAN^MR~8^^^X&Y||DOE^JOHN||1970|||2106-3') +
        adt('A08', '20260302', 'PID|1||M7^^^MERIDIAN^MR||ROE^JOHN'),
    );
    expect(text).toContain('Message 2: ADT^A08, utf-8 (guessed), mapped\n    MSH-1   |\n');
    expect(text).toContain('\n    PID-3   M7^^^MERIDIAN^MR~8^^^X&Y\n');
    expect(text).toContain('\n  – PID-10  2106-3\n');
    const resources = text.slice(text.indexOf('{'));
    expect(JSON.parse(resources)).toMatchObject({
      resourceType: 'Patient',
      name: [{ family: 'ROE' }],
      birthDate: '1970',
    });
  });

  it('says why a message is not mapped', () => {
    expect(shown(adt('A08', '20260301', 'PID|1'))).toMatch(/^Message 1: ADT\^A08, .* not mapped: patient-missing\n/);
    expect(shown('MSH|^~\\&|A|B|C|D|20260301||QBP^Q11|1|P|2.5\r')).toMatch(/its kind is not mapped/);
  });

  it('says so where there is nothing to show', () => {
    expect(() => shown('nothing')).toThrow(expect.objectContaining({ code: 'file.unreadable' }));
    expect(() => showHl7(join(folder, 'none'), feed)).toThrow(expect.objectContaining({ code: 'file.unreadable' }));
  });
});
