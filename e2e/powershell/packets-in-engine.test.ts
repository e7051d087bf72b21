/** Packets of full size, and the log, through the real scripts in the engine: they say what the demo host says. */
import { expect, test } from 'vitest';
import type { RawItem } from '#shared/capture.ts';
import { succeed } from '#shared/result.ts';
import { withPackets } from '../../src-main/app/with-packets.ts';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import { localHost } from '../../src-main/hosts/local-host.ts';
import { packetItem } from '../../src-main/hosts/simulated-host/packet-echoes.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { openPool } from '../../src-main/powershell/pool.ts';
import { packetVerdict } from '../../src-main/shared/packet-probe.ts';
import { iqn, twoIscsiAdapters } from '../../src-main/testing/storage-hosts.ts';
import { scenarioWith } from '../../src-main/testing/host-with.ts';
import { isEngineMissing, prepareEngine, startSimulatedHost } from './engine.ts';

/** One portal behind a switch that takes less, one that answers no echoes, one that takes all. */
function scenario(language: string): Scenario {
  return scenarioWith({
    ...twoIscsiAdapters,
    windows: { release: '2019', language },
    adapters: [
      { name: 'LAN', speed: 1e9 },
      { name: 'iSCSI1', speed: 10e9, mtu: 9000 },
      { name: 'iSCSI2', speed: 10e9, mtu: 9000 },
    ],
    iscsi: {
      ...twoIscsiAdapters.iscsi,
      targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101', '10.0.10.102'] }],
    },
    subnets: [{ prefix: '10.0.20.0/24', mtu: 1500 }],
    blocksEchoes: ['10.0.10.102'],
    events: ['iSCSI2', 'iSCSI1', 'iSCSI2'].map((name, hour) => ({
      source: 'Microsoft-Windows-NDIS',
      id: 10400,
      level: 3,
      at: `2026-01-15T0${hour}:00:00.0000000Z`,
      interface: name,
    })),
  });
}

/** Times are those of the run. */
function withoutTimes({ At: _at, DurationMs: _duration, ...item }: RawItem): RawItem {
  return item;
}

test.skipIf(isEngineMissing())('packets are judged alike in another language', async () => {
  const made = scenario('ja-JP');
  const host = await startSimulatedHost(made);
  const prepared = prepareEngine({ host, culture: 'tr-TR' });
  const machine = localHost({
    findEngine: () => succeed(prepared.engine),
    openShell: (engine) =>
      openPool({
        engine,
        size: 2,
        prelude: `${prepared.prelude}\n${readResource('powershell/probes/common.ps1')}`,
      }),
  });
  try {
    const probed = await withPackets(machine, captureOf(made));
    if (!probed.ok) throw new Error(probed.failure.message);
    const seen = probed.value.observations.PacketProbe;
    if (seen?.status !== 'ok') throw new Error(`It did not answer: ${seen?.error.message ?? ''}`);
    const simulated = createSimulatedHost(made);
    const shown = seen.data.map((item) =>
      packetItem(simulated.machine, {
        from: String(item['SourceAddress']),
        to: String(item['DestinationAddress']),
        packetBytes: Number(item['PacketBytes']),
      }),
    );
    expect(seen.data.map(withoutTimes)).toEqual(shown.map(withoutTimes));
    const { PacketProbe } = readSnapshot(probed.value).readings;
    expect(
      PacketProbe.status === 'ok' &&
        PacketProbe.records.map((one) => `${one.destinationAddress} ${packetVerdict(one)}`),
    ).toEqual(['10.0.10.101 passed', '10.0.20.101 too-big', '10.0.10.102 no-answer']);
    // The same host has its adapters reset: the log is counted for each of them.
    const looked = await machine.look({ only: ['EventSummary'] });
    if (!looked.ok) throw new Error(looked.failure.message);
    expect(readSnapshot(looked.value).readings.EventSummary).toEqual(
      readSnapshot(captureOf(made)).readings.EventSummary,
    );
  } finally {
    await machine.close();
    await host.stop();
    prepared.dispose();
  }
});
