import type { Sealer } from '../../src/contracts/index.ts';

/** Seals legibly; what was not sealed for the context does not open. */
export const legibleSealer: Sealer = {
  seal: (text, context) => Buffer.from(JSON.stringify([context, text])).toString('base64url'),
  open: (token, context) => {
    try {
      const [own, text] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [string, string];
      return own === context ? text : undefined;
    } catch {
      return undefined;
    }
  },
  mask: (text) => text,
  unmask: (text) => text,
};
