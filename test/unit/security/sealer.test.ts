import { describe, expect, it } from '@jest/globals';
import { aessiv } from '@noble/ciphers/aes.js';
import fc from 'fast-check';
import { base36Length, fromBase36, toBase36 } from '../../../src/security/base36.ts';
import { createSealer } from '../../../src/security/sealer.ts';

const secret = new Uint8Array(32).fill(7);
const sealer = createSealer(secret);
const stranger = createSealer(new Uint8Array(32).fill(8));

/** Texts that survive UTF-8: PostgreSQL and URLs hold no lone surrogates. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_';
const anyTamper = fc.record({ at: fc.nat(), by: fc.constantFrom(...Array.from(alphabet), '!', '=', ' ', '\n', '.') });

function tampered(text: string, { at, by }: { at: number; by: string }): string[] {
  const place = at % text.length;
  return [
    text.slice(0, place) + by + text.slice(place + 1),
    text.slice(0, place) + by + text.slice(place),
    text.slice(0, place) + text.slice(place + 1),
  ].filter((other) => other !== text);
}

describe('seal and open', () => {
  it('round-trips, differently each time, and only here and for the same context', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, context, other) => {
        const token = sealer.seal(text, context);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(sealer.open(token, context)).toBe(text);
        expect(createSealer(secret).open(token, context)).toBe(text);
        expect(sealer.seal(text, context)).not.toBe(token);
        expect(stranger.open(token, context)).toBeUndefined();
        if (other !== context) expect(sealer.open(token, other)).toBeUndefined();
      }),
    );
  });

  it('opens nothing that was changed, or that never was a token', () => {
    fc.assert(
      fc.property(anyText, anyTamper, (text, change) => {
        for (const token of tampered(sealer.seal(text, 'page'), change))
          expect(sealer.open(token, 'page')).toBeUndefined();
      }),
    );
    fc.assert(fc.property(anyText, (token) => sealer.open(token, 'page') === undefined));
  });
});

describe('mask and unmask', () => {
  it('has one masked form for each text, in the id alphabet, only here and for the same context', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, context, other) => {
        const masked = sealer.mask(text, context);
        expect(masked).toMatch(/^[a-z0-9]+$/);
        expect(sealer.mask(text, context)).toBe(masked);
        expect(createSealer(secret).mask(text, context)).toBe(masked);
        expect(createSealer(secret).unmask(masked, context)).toBe(text);
        expect(sealer.unmask(masked, context)).toBe(text);
        expect(stranger.unmask(masked, context)).toBeUndefined();
        if (other !== context) {
          expect(sealer.unmask(masked, other)).toBeUndefined();
          expect(sealer.mask(text, other)).not.toBe(masked);
        }
      }),
    );
  });

  it('unmasks nothing that was changed, or that never was masked', () => {
    fc.assert(
      fc.property(anyText, anyTamper, (text, change) => {
        for (const other of tampered(sealer.mask(text, 'ehr'), change))
          expect(sealer.unmask(other, 'ehr')).toBeUndefined();
      }),
    );
    fc.assert(fc.property(anyText, (masked) => sealer.unmask(masked, 'ehr') === undefined));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{0,80}$/), (masked) => sealer.unmask(masked, 'ehr') === undefined),
    );
    expect(sealer.unmask('0'.repeat(100_000), 'ehr')).toBeUndefined();
  });

  it('leaves room for a prefix of six in an id of 64 characters, for keys of 20 bytes', () => {
    expect(sealer.mask('1'.repeat(20), 'ehr').length).toBeLessThanOrEqual(57);
  });

  it('is the AES-SIV of RFC 5297 (its vector A.1), under keys that do not change from release to release', () => {
    const key = Buffer.from('fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', 'hex');
    const data = Buffer.from('101112131415161718191a1b1c1d1e1f2021222324252627', 'hex');
    const sealed = aessiv(key, data).encrypt(Buffer.from('112233445566778899aabbccddee', 'hex'));
    expect(Buffer.from(sealed).toString('hex')).toBe('85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c');
    expect(sealer.mask('0001', 'ehr')).toMatchInlineSnapshot(`"ieh7uuqvbum670j9fdxxh1t15gi0xv6"`);
  });

  it('refuses a secret that is too short', () => {
    expect(() => createSealer(new Uint8Array(16))).toThrow(/at least 32 bytes/);
  });
});

describe('base 36', () => {
  it('is one to one, and longer for each byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(Buffer.from(fromBase36(toBase36(bytes)) ?? []).equals(bytes)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{0,70}$/), (text) => {
        const bytes = fromBase36(text);
        if (bytes !== undefined) expect(toBase36(bytes)).toBe(text);
      }),
    );
    for (let length = 0; length < 200; length += 1)
      expect(base36Length(length + 1)).toBeGreaterThan(base36Length(length));
  });
});
