/** IP addresses as numbers: comparing, containing and recognising them, whatever way they were written. */

export interface IpNumber {
  readonly family: 'IPv4' | 'IPv6';
  readonly bits: bigint;
}

export interface IpPrefix {
  readonly family: 'IPv4' | 'IPv6';
  readonly length: number;
  /** The bits of the network, shifted down by the length of the host part. */
  readonly network: bigint;
}

const widths = { IPv4: 32, IPv6: 128 } as const;

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseIPv6(text: string): bigint | undefined {
  let rest = text;
  const lastColon = rest.lastIndexOf(':');
  if (rest.includes('.')) {
    const tail = parseIPv4(rest.slice(lastColon + 1));
    if (tail === undefined || lastColon < 0) return undefined;
    rest = `${rest.slice(0, lastColon + 1)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  }
  const halves = rest.split('::');
  if (halves.length > 2) return undefined;
  const head = halves[0] === '' || halves[0] === undefined ? [] : halves[0].split(':');
  const tail = halves[1] === '' || halves[1] === undefined ? [] : halves[1].split(':');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let bits = 0n;
  for (const group of [...head, ...Array<string>(Math.max(missing, 0)).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    bits = (bits << 16n) | BigInt(`0x${group}`);
  }
  return bits;
}

/** An address with or without a zone; undefined for a host name or anything else. An IPv4 address in IPv6 is IPv4. */
export function parseIp(text: string): IpNumber | undefined {
  const bare = withoutZone(text.trim());
  const four = parseIPv4(bare);
  if (four !== undefined) return { family: 'IPv4', bits: four };
  if (!bare.includes(':')) return undefined;
  const six = parseIPv6(bare);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn ? { family: 'IPv4', bits: six & 0xffffffffn } : { family: 'IPv6', bits: six };
}

/** `10.0.10.0/24`; undefined where it is no prefix. */
export function parsePrefix(text: string): IpPrefix | undefined {
  const slash = text.lastIndexOf('/');
  const lengthText = text.slice(slash + 1);
  if (slash < 0 || !/^\d{1,3}$/.test(lengthText)) return undefined;
  return prefixOf(text.slice(0, slash), Number(lengthText));
}

/** The prefix that an address with this prefix length stands in. */
export function prefixOf(address: string, length: number): IpPrefix | undefined {
  const ip = parseIp(address);
  if (ip === undefined || length < 0 || length > widths[ip.family]) return undefined;
  return { family: ip.family, length, network: networkBits(ip, length) };
}

export function networkBits(ip: IpNumber, length: number): bigint {
  return ip.bits >> BigInt(widths[ip.family] - length);
}

export function prefixContains(prefix: IpPrefix, ip: IpNumber): boolean {
  return prefix.family === ip.family && networkBits(ip, prefix.length) === prefix.network;
}

/** Equal for two spellings of one address; a text that is no address stands for itself, without case. */
export function ipKey(text: string): string {
  const ip = parseIp(text);
  return ip === undefined ? text.trim().toLowerCase() : `${ip.family}:${ip.bits.toString(16)}`;
}

export function withoutZone(text: string): string {
  const zone = text.indexOf('%');
  return zone < 0 ? text : text.slice(0, zone);
}

/** The interface index behind `%` in a link-local address; undefined where there is none. */
export function zoneOf(text: string): number | undefined {
  const zone = /%(\d+)$/.exec(text.trim())?.[1];
  return zone === undefined ? undefined : Number(zone);
}

/** `0.0.0.0` and `::`: "any", which binds nothing. */
export function isUnspecified(text: string): boolean {
  return parseIp(text)?.bits === 0n;
}

/** 127.0.0.0/8 and ::1. */
export function isLoopbackIp(text: string): boolean {
  const ip = parseIp(text);
  if (ip === undefined) return false;
  return ip.family === 'IPv4' ? ip.bits >> 24n === 127n : ip.bits === 1n;
}

/** 169.254.0.0/16 and fe80::/10: an address that Windows gave itself. */
export function isLinkLocalIp(text: string): boolean {
  const ip = parseIp(text);
  if (ip === undefined) return false;
  return ip.family === 'IPv4' ? ip.bits >> 16n === 0xa9fen : ip.bits >> 118n === 0xfe80n >> 6n;
}
