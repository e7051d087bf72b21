/** A redacted capture names nothing of the host, and is judged as the original. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture, RawItem } from '#shared/capture.ts';
import { checkCapture } from '../app/check.ts';
import { parseIp, prefixContains, prefixOf } from '../path-graph/ip.ts';
import { listResources } from '../platform/resources.ts';
import { demoCapture } from '../testing/demo-check.ts';
import { hostWith, withObservation } from '../testing/host-with.ts';
import { leaksIn, markedCapture } from '../testing/marked-host.ts';
import { addressStandIns } from './addresses.ts';
import { redactCapture } from './redact-capture.ts';

const demos = listResources('scenarios').map((file) => file.replace(/\.json$/, ''));
const key = new Uint8Array(32).fill(7);

/** What is judged, without the words for it: names stand in them. */
function judgement(capture: Capture): unknown {
  const { findings, rules, targets } = checkCapture(capture, 'capture');
  return {
    findings: findings.map(({ rule, severity, subjects }) => `${rule} ${severity} ${subjects.length}`).sort(),
    rules: rules.map(({ rule, result }) => `${rule} ${result}`),
    targets: targets
      .map(({ kind, routeIds, singleStream, read, write }) =>
        JSON.stringify([
          kind,
          routeIds.length,
          singleStream.bitsPerSecond,
          read.guaranteed.bitsPerSecond,
          read.possible.bitsPerSecond,
          write.guaranteed.bitsPerSecond,
          write.possible.bitsPerSecond,
        ]),
      )
      .sort(),
  };
}

describe('a redacted demo host', () => {
  it.each(demos)('%s is judged as the original', (id) => {
    const capture = demoCapture(id);
    expect(judgement(redactCapture(capture, key))).toEqual(judgement(capture));
  });

  it.each(demos)('%s names nobody', (id) => {
    expect(leaksIn(JSON.stringify(redactCapture(markedCapture(id), key)), id)).toEqual([]);
  });

  it('is the same file with the same key, and keeps no address with another', () => {
    const capture = demoCapture('mpio-dedicated');
    const addressesOf = (one: Capture): readonly unknown[] =>
      itemsOf(one, 'NetIPAddress').map(({ IPAddress }) => IPAddress);
    const redacted = redactCapture(capture, key);
    expect(redactCapture(capture, key)).toEqual(redacted);
    expect(addressesOf(redactCapture(capture))).not.toEqual(addressesOf(redacted));
  });

  it('says that it is one', () => {
    expect(redactCapture(demoCapture('empty')).redacted).toBe(true);
  });
});

function itemsOf(capture: Capture, name: 'NetIPAddress' | 'Disk'): readonly RawItem[] {
  const observation = capture.observations[name];
  return observation?.status === 'ok' ? observation.data : [];
}

describe('text written for people', () => {
  const messageOf = (message: string): string => {
    const capture = withObservation(hostWith({}), 'NetAdapterRss', {
      status: 'failed',
      durationMs: 1,
      error: { kind: 'script-error', message },
    });
    const observation = redactCapture(capture, key).observations.NetAdapterRss;
    return observation?.status === 'failed' ? observation.error.message : '';
  };

  it.each([
    ["No MSFT_NetAdapter objects found with property 'Name' equal to 'Payroll uplink'.", 'Payroll'],
    ['Zugriff auf „Lohnbüro“ verweigert.', 'Lohnbüro'],
    ['The portal 203.0.113.77 does not answer.', '203.0.113.77'],
    ['fe80::a236:9fff:fedb:c905%7 is a duplicate.', 'a236:9fff'],
    ['Login to iqn.2011-08.org.example:payroll failed.', 'payroll'],
    ['The adapter with A0-36-9F-1F-08-59 is gone.', 'A0-36-9F-1F'],
  ])('%s loses %s', (message, secret) => {
    expect(messageOf(message)).not.toContain(secret);
  });

  it('keeps the words of Windows', () => {
    const message =
      "The term 'Get-NetAdapterRss' is not recognized. Namespace 'root\\wmi', 'MSFT_NetAdapter'.";
    expect(messageOf(message)).toBe(message);
  });
});

it('replaces text whole where nobody has said what it holds', () => {
  const [disk = {}] = itemsOf(demoCapture('iscsi-on-team'), 'Disk');
  const capture = withObservation(hostWith({}), 'Disk', {
    status: 'ok',
    durationMs: 1,
    data: [{ ...disk, FutureProperty: 'Payroll', Nested: { Deep: ['Payroll'] } }],
  });
  expect(JSON.stringify(redactCapture(capture, key))).not.toContain('Payroll');
});

describe('stand-ins of addresses', () => {
  const standIn = addressStandIns(key);
  const redacted = (text: string): string => standIn(text) ?? '';

  it.each([
    '0.0.0.0',
    '127.0.0.1',
    '255.255.255.0',
    '255.255.255.255',
    '::',
    '::1',
    'ff02::1',
    '0.0.0.0/0',
    '224.0.0.0/4',
  ])('%s says nothing of the host and stays', (text) => {
    expect(redacted(text)).toBe(text);
  });

  it.each([
    ['10.1.2.3', '10.0.0.0/8'],
    ['172.16.9.9', '172.16.0.0/16'],
    ['192.168.1.1', '192.168.0.0/16'],
    ['169.254.3.4', '169.254.0.0/16'],
    ['fe80::1%12', 'fe80::/64'],
    ['fd12:3456::1', 'fd12::/16'],
  ])('%s stays in %s', (text, range) => {
    const [network = '', length = ''] = range.split('/');
    const prefix = prefixOf(network, Number(length));
    const address = parseIp(redacted(text));
    expect(redacted(text)).not.toBe(text);
    expect(prefix !== undefined && address !== undefined && prefixContains(prefix, address)).toBe(true);
  });

  it('keeps a zone, a prefix length, and the zeros of a network', () => {
    expect(redacted('fe80::a236:9fff:fedb:c905%7')).toMatch(/%7$/);
    expect(redacted('10.20.30.0/24')).toMatch(/^10\.\d+\.\d+\.0\/24$/);
  });

  it('two addresses share as many leading bits afterwards as before', () => {
    const commonBits = (a: string, b: string): number => {
      const [one, other] = [parseIp(a)?.bits ?? 0n, parseIp(b)?.bits ?? 0n];
      return 32 - (one ^ other).toString(2).length;
    };
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        fc.pre(a !== b && ![a, b].some((each) => redacted(each) === each));
        expect(commonBits(redacted(a), redacted(b))).toBe(commonBits(a, b));
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.ipV6(), (a) => {
        const text = redacted(a);
        expect(parseIp(text)).toBeDefined();
        expect(redacted(a)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
