/** IP addresses and prefixes of a scenario, for working out what is on-link to what. */

export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  readonly value: bigint;
}

export interface IpPrefix {
  readonly address: string;
  readonly ip: IpAddress;
  readonly length: number;
}

function parseIpv4(text: string): IpAddress | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const bytes = match.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return { family: 'IPv4', value: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const [withoutZone = ''] = text.split('%');
  const halves = withoutZone.split('::');
  if (!withoutZone.includes(':') || halves.length > 2) return undefined;
  const groupsOf = (half: string | undefined) => (half === undefined || half === '' ? [] : half.split(':'));
  const head = groupsOf(halves[0]);
  const tail = groupsOf(halves[1]);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { family: 'IPv6', value: groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
}

export function parseIp(text: string): IpAddress | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

/** `10.0.10.11/24`; throws where it is not that. */
export function parsePrefix(text: string): IpPrefix {
  const [address = '', length = ''] = text.split('/');
  const ip = parseIp(address);
  const bits = ip?.family === 'IPv6' ? 128 : 32;
  if (ip === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits) {
    throw new Error(`Not an address with its prefix length: ${text}`);
  }
  return { address, ip, length: Number(length) };
}

function networkOf(ip: IpAddress, length: number): bigint {
  const shift = BigInt((ip.family === 'IPv4' ? 32 : 128) - length);
  return (ip.value >> shift) << shift;
}

export function isOnLink(prefix: IpPrefix, address: IpAddress): boolean {
  return (
    prefix.ip.family === address.family &&
    networkOf(prefix.ip, prefix.length) === networkOf(address, prefix.length)
  );
}

export function formatIp(ip: IpAddress): string {
  if (ip.family === 'IPv4') {
    return [24n, 16n, 8n, 0n].map((shift) => String((ip.value >> shift) & 255n)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((ip.value >> BigInt(112 - index * 16)) & 65535n).toString(16),
  );
  const text = groups.join(':');
  const zeros = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return text;
  const before = text.slice(0, zeros.index);
  const after = text.slice(zeros.index + zeros[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}

/** `10.0.10.11/24` → `10.0.10.0/24`. */
export function networkText(prefix: IpPrefix): string {
  const value = networkOf(prefix.ip, prefix.length);
  return `${formatIp({ family: prefix.ip.family, value })}/${prefix.length}`;
}

/** The last address of an IPv4 network. */
export function broadcastOf(prefix: IpPrefix): string {
  const host = (1n << BigInt(32 - prefix.length)) - 1n;
  return formatIp({ family: 'IPv4', value: networkOf(prefix.ip, prefix.length) | host });
}

/** `255.255.255.0` for 24. */
export function maskOf(length: number): string {
  return formatIp({ family: 'IPv4', value: (0xffffffffn << BigInt(32 - length)) & 0xffffffffn });
}
