import { expect, it } from 'vitest';
import {
  ipKey,
  isLinkLocalIp,
  isLoopbackIp,
  isUnspecified,
  parseIp,
  parsePrefix,
  prefixContains,
  prefixOf,
  zoneOf,
} from './ip.ts';

it.each([
  ['fe80::1%22', 'fe80:0:0:0:0:0:0:1'],
  ['2001:DB8::A', '2001:db8:0:0:0:0:0:a'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['NAS1', 'nas1'],
])('%s and %s are one key', (one, other) => expect(ipKey(one)).toBe(ipKey(other)));

it.each([
  '10.0.0',
  '10.0.0.256',
  '1::2::3',
  'g::1',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '',
  'nas1',
  '1:2:3:4:5:6:7::8:9',
])('"%s" is no address', (text) => expect(parseIp(text)).toBeUndefined());

it.each([
  ['10.0.10.0/24', '10.0.10.255', true],
  ['10.0.10.0/24', '10.0.11.0', false],
  ['0.0.0.0/0', '10.0.11.0', true],
  ['0.0.0.0/0', '::1', false],
  ['2001:db8:1::/64', '2001:db8:1::5', true],
  ['2001:db8:1::/64', '2001:db8:2::5', false],
])('%s holds %s: %s', (prefix, ip, holds) => {
  const parsed = parsePrefix(prefix);
  const number = parseIp(ip);
  expect(parsed && number && prefixContains(parsed, number)).toBe(holds);
});

it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', 'nas/24', '::/129'])('%s is no prefix', (text) =>
  expect(parsePrefix(text)).toBeUndefined(),
);

it('an address with its prefix length stands in its network', () =>
  expect(prefixOf('10.0.10.77', 24)).toEqual(parsePrefix('10.0.10.0/24')));

it.each([
  ['127.9.9.9', true, false, false],
  ['::1', true, false, false],
  ['169.254.3.3', false, true, false],
  ['fe80::5%3', false, true, false],
  ['0.0.0.0', false, false, true],
  ['::', false, false, true],
  ['10.0.0.1', false, false, false],
  ['nas1', false, false, false],
])('%s: loopback %s, self-given %s, any %s', (text, loopback, linkLocal, unspecified) =>
  expect([isLoopbackIp(text), isLinkLocalIp(text), isUnspecified(text)]).toEqual([
    loopback,
    linkLocal,
    unspecified,
  ]),
);

it('the zone of a link-local address is its interface index', () =>
  expect([zoneOf('fe80::1%22'), zoneOf('fe80::1')]).toEqual([22, undefined]));
