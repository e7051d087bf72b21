/** The two families of addresses by the numbers that Windows gives them. */
import { valueOf } from './read-record.ts';
import { word } from './read-values.ts';

export const addressFamily = word({ 2: 'IPv4', 23: 'IPv6' });

/** The family as said, else as the address shows: only IPv6 has colons. */
export function familyOf(said: unknown, address: unknown): 'IPv4' | 'IPv6' | undefined {
  const family = valueOf(addressFamily, said);
  if (family !== undefined || typeof address !== 'string') return family;
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
