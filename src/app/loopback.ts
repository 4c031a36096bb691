import { isIPv4, isIPv6 } from 'node:net';

/** Whether an address (as in a socket or as configured) can be reached from this machine only. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (isIPv4(plain)) return plain.startsWith('127.');
  return isIPv6(plain) && /^(0*:)*:?0*1$/.test(plain);
}

/** Whether a host of the configuration, or of a `Host` header without its port, names this machine only. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}
