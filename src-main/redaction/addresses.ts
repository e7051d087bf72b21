/**
 * Stand-ins for IP addresses that keep subnets: two addresses share as many leading bits afterwards as before, so
 * "same subnet" stays true for every prefix length. What an address says by its range (private, link-local, loopback)
 * stays as well. The bits are turned over by a keyed hash of the bits before them, as in the scheme of Xu and others
 * ("Prefix-preserving IP address anonymization", 2002).
 */
import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { parseIp } from '../path-graph/ip.ts';

const widths = { IPv4: 32, IPv6: 128 } as const;

/** How many leading bits stay as they are, by the first octet: so no address moves into a range that means something. */
function keptBitsIPv4(bits: bigint): number {
  const first = Number(bits >> 24n);
  if (first === 0 || first === 127 || first >= 224) return 32;
  return [100, 169, 172, 192, 198, 203].includes(first) ? 16 : 8;
}

function keptBitsIPv6(bits: bigint): number {
  const first = Number(bits >> 120n);
  // Unspecified, loopback and what carries an IPv4 address; multicast.
  if (first === 0 || first === 0xff) return 128;
  // fe80::/10 has 54 bits of zero behind it.
  return first === 0xfe ? 64 : 16;
}

/** Masks are no addresses: 255.255.255.0 says nothing of the host but the length of its prefix. */
function isMask(bits: bigint): boolean {
  const inverse = ~bits & 0xffff_ffffn;
  return bits >> 31n === 1n && (inverse & (inverse + 1n)) === 0n;
}

function textOfIPv4(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join('.');
}

function textOfIPv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  // The longest run of zeros is written as "::", as Windows does.
  const [run] = (text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? []).toSorted((a, b) => b.length - a.length);
  if (run === undefined) return text;
  const at = text.indexOf(run);
  return `${text.slice(0, at)}::${text.slice(at + run.length + 1)}`;
}

/** One key gives one family of stand-ins; nobody who lacks it can go back. */
export function addressStandIns(key: Uint8Array): (text: string) => string | undefined {
  const turned = new Map<string, boolean>();
  const isTurned = (family: string, prefix: bigint, length: number): boolean => {
    const name = `${family}/${length}/${prefix}`;
    let found = turned.get(name);
    if (found === undefined) {
      found = ((createHmac('sha256', key).update(name).digest()[0] ?? 0) & 1) === 1;
      turned.set(name, found);
    }
    return found;
  };
  /** `upTo`: bits from there on are the host part of a prefix, and stay zero. */
  const standIn = (family: 'IPv4' | 'IPv6', bits: bigint, upTo: number): bigint => {
    const width = widths[family];
    const kept = family === 'IPv4' ? keptBitsIPv4(bits) : keptBitsIPv6(bits);
    let found = bits;
    for (let bit = kept; bit < upTo; bit += 1) {
      const place = BigInt(width - 1 - bit);
      if (isTurned(family, bits >> (place + 1n), bit)) found ^= 1n << place;
    }
    return found;
  };
  /** An address with its zone (`fe80::1%7`) or prefix length (`10.0.0.0/24`); undefined for any other text. */
  return (text) => {
    const [, bare = '', zone = '', length] = /^([^%/\s]+)(%[^/\s]+)?(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const found = isIP(bare) === 0 ? undefined : parseIp(bare);
    if (found === undefined) return undefined;
    if (found.family === 'IPv4' && length === undefined && isMask(found.bits)) return text;
    const width = widths[found.family];
    const bits = standIn(
      found.family,
      found.bits,
      Math.min(length === undefined ? width : Number(length), width),
    );
    const address = found.family === 'IPv4' ? textOfIPv4(bits) : textOfIPv6(bits);
    return `${address}${zone}${length === undefined ? '' : `/${length}`}`;
  };
}
