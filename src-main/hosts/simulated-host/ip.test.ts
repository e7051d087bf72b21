import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broadcastOf, formatIp, isOnLink, maskOf, networkText, parseIp, parsePrefix } from './ip.ts';

test.each([
  ['10.0.10.11/24', '10.0.10.0/24'],
  ['10.0.10.11/30', '10.0.10.8/30'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['fd00:0:0:1::5/64', 'fd00:0:0:1::/64'],
  ['::1/128', '::1/128'],
])('the network of %s is %s', (prefix, network) => {
  expect(networkText(parsePrefix(prefix))).toBe(network);
});

test.each(['10.0.0.256', '10.0.0', 'x', '1:2:3', '1::2::3', ''])('%j is no address', (text) => {
  expect(parseIp(text)).toBeUndefined();
});

test('broadcast, mask and on-link', () => {
  const prefix = parsePrefix('10.0.10.11/24');
  const onLink = (text: string) => {
    const ip = parseIp(text);
    return ip !== undefined && isOnLink(prefix, ip);
  };
  expect(broadcastOf(prefix)).toBe('10.0.10.255');
  expect(maskOf(24)).toBe('255.255.255.0');
  expect([onLink('10.0.10.101'), onLink('10.0.11.101'), onLink('fd00::1')]).toEqual([true, false, false]);
});

test('an address reads back as it was written', () => {
  const ipv4 = fc.record({ family: fc.constant('IPv4' as const), value: fc.bigInt(0n, 2n ** 32n - 1n) });
  const ipv6 = fc.record({ family: fc.constant('IPv6' as const), value: fc.bigInt(0n, 2n ** 128n - 1n) });
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), (ip) => {
      expect(parseIp(formatIp(ip))).toEqual(ip);
    }),
  );
});
