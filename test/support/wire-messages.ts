/**
 * Cuts a stream of PostgreSQL's protocol into messages, across the borders of packets
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html). A frontend's first message has no type.
 */
export function readMessages(
  from: 'frontend' | 'backend',
  found: (type: string, message: Buffer) => void,
): (bytes: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  let hasType = from === 'backend';
  return (bytes) => {
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const head = hasType ? 1 : 0;
      if (held.length < head + 4) return;
      const end = head + held.readUInt32BE(head);
      if (held.length < end) return;
      const message = held.subarray(0, end);
      held = held.subarray(end);
      const type = hasType ? String.fromCharCode(message[0] ?? 0) : 'startup';
      hasType = true;
      found(type, message);
    }
  };
}
