import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { aessiv } from '@noble/ciphers/aes.js';
import { LRUCache } from 'lru-cache';
import type { Sealer } from '../contracts/index.ts';
import { fromBase36, toBase36 } from './base36.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** About 25 MB when full: masked ids are on the way of every read and reference. */
const CACHE_ENTRIES_MAX = 50_000;

/**
 * Seals page tokens and masks ids. Input: the installation's secret (32 random bytes); each purpose gets its own key by HKDF (RFC 5869).
 * `seal` is AES-256-GCM with a random nonce; `mask` is AES-SIV (RFC 5297), so that a key has one masked form, and equal forms are equal keys.
 * The masked form of a key of 20 bytes has 56 characters, and about 1.55 more for each further byte.
 */
export function createSealer(secret: Uint8Array): Sealer {
  if (secret.length < 32) throw new Error('The secret of the installation must have at least 32 bytes.');
  const { mask, unmask } = createMask(derive(secret, 'fascia id mask v1', 64));
  const key = derive(secret, 'fascia page token v1', 32);
  return {
    seal: (text, context) => seal(key, text, context),
    open: (token, context) => open(key, token, context),
    mask,
    unmask,
  };
}

function derive(secret: Uint8Array, purpose: string, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, bytes));
}

function seal(key: Uint8Array, text: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function open(key: Uint8Array, token: string, context: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Buffer skips what is not base64url: only the one way in which we write a token opens.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

function createMask(key: Uint8Array): Pick<Sealer, 'mask' | 'unmask'> {
  const masked = new LRUCache<string, string>({ max: CACHE_ENTRIES_MAX });
  const unmasked = new LRUCache<string, string>({ max: CACHE_ENTRIES_MAX });
  return {
    mask: (text, context) => {
      const at = cacheKey(text, context);
      const known = masked.get(at);
      if (known !== undefined) return known;
      const made = toBase36(aessiv(key, Buffer.from(context)).encrypt(Buffer.from(text)));
      masked.set(at, made);
      return made;
    },
    unmask: (text, context) => {
      const at = cacheKey(text, context);
      const known = unmasked.get(at);
      if (known !== undefined) return known;
      const found = decrypt(key, text, context);
      // Only what opens is kept, so that guessed ids do not push real ones out.
      if (found !== undefined) unmasked.set(at, found);
      return found;
    },
  };
}

/** The length tells where the context ends. */
function cacheKey(text: string, context: string): string {
  return `${context.length}:${context}${text}`;
}

function decrypt(key: Uint8Array, masked: string, context: string): string | undefined {
  const bytes = fromBase36(masked);
  if (bytes === undefined || bytes.length < TAG_BYTES) return undefined;
  try {
    return Buffer.from(aessiv(key, Buffer.from(context)).decrypt(bytes)).toString();
  } catch {
    return undefined;
  }
}
