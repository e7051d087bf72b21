import { expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import { packetVerdict } from '#shared/packet-probe.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { captureHost } from '../hosts/capture-host.ts';
import type { LookProgress } from '../hosts/host.ts';
import { demoHost } from '../hosts/simulated-host/demo-host.ts';
import { redactCapture } from '../redaction/redact-capture.ts';
import { checkCapture } from './check.ts';
import { lookOnce } from './look-once.ts';
import { withPackets } from './with-packets.ts';

function demo(id: string) {
  const host = demoHost(id);
  if (!host.ok) throw new Error(host.failure.message);
  return host.value;
}

async function lookAt(host: ReturnType<typeof demo>): Promise<Capture> {
  const look = await host.look();
  if (!look.ok) throw new Error(look.failure.message);
  return look.value;
}

function verdicts(capture: Capture): Readonly<Record<string, number>> {
  const { PacketProbe } = readSnapshot(capture).readings;
  if (PacketProbe.status !== 'ok') throw new Error('Nothing was sent.');
  const all = Object.entries(Object.groupBy(PacketProbe.records, packetVerdict));
  return Object.fromEntries(all.map(([verdict, records]) => [verdict, records.length]));
}

it('says per pair what passes, is too big, or has no answer, and is judged alike without names', async () => {
  const host = demo('large');
  const progress: LookProgress[] = [];
  const probed = await withPackets(host, await lookAt(host), { onProgress: (step) => progress.push(step) });
  if (!probed.ok) throw new Error(probed.failure.message);
  const seen = verdicts(probed.value);
  expect(seen).toMatchObject({
    passed: expect.any(Number) as number,
    'too-big': expect.any(Number) as number,
  });
  expect(seen['no-answer']).toBeGreaterThan(0);
  // More sessions than pairs that are tried in one go: the rest says so.
  expect(seen['not-tried']).toBeGreaterThan(0);
  const pairs = Object.values(seen).reduce((sum, count) => sum + count, 0);
  expect(progress.at(-1)).toMatchObject({ observation: 'PacketProbe', state: 'ok' });
  expect((progress.at(-1)?.total ?? 0) - (progress[0]?.done ?? 0)).toBe(pairs);

  const said = checkCapture(probed.value, 'demo');
  expect(said.findings.map(({ rule }) => rule)).toContain('path-mtu');
  const redacted = redactCapture(probed.value, new Uint8Array(32).fill(7));
  expect(JSON.stringify(redacted.observations.PacketProbe)).not.toMatch(/10\.2[01]\.0\./);
  const judgedAgain = checkCapture(redacted, 'capture');
  expect(judgedAgain.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(
    said.findings.map(({ rule, severity }) => `${severity} ${rule}`),
  );
});

it('is asked only on request, and is no gap where nobody asked', async () => {
  const plain = await lookAt(demo('mpio-dedicated'));
  expect(plain.observations.PacketProbe).toBeUndefined();
  expect(checkCapture(plain, 'demo').gaps.map(({ observation }) => observation)).not.toContain('PacketProbe');
  const settingsOf = () => Promise.resolve(undefined);
  const looked = await lookOnce({ demo: 'mpio-dedicated' }, { packets: { settingsOf } });
  expect(looked.ok && looked.value.capture.observations.PacketProbe?.status).toBe('ok');
});

it('is refused by a file, and ends with the look that is stopped', async () => {
  const host = demo('mpio-dedicated');
  const capture = await lookAt(host);
  expect(await withPackets(captureHost('x.capture.json'), capture)).toMatchObject({
    ok: false,
    failure: { kind: 'refused' },
  });
  const abort = new AbortController();
  const stopped = await withPackets(host, capture, {
    signal: abort.signal,
    onProgress: ({ done, total }) => {
      if (done > total - 2) abort.abort();
    },
  });
  expect(stopped).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});
