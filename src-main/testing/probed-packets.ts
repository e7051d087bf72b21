/** The capture of a host over which packets of full size were sent, as a demo host answers them. */
import type { Capture } from '#shared/capture.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { packetItem } from '../hosts/simulated-host/packet-echoes.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { packetPairs } from '../rules/packet-probes.ts';
import { scenarioWith, withObservation } from './host-with.ts';
import { factsFrom } from './rule-cases.ts';

export function probed(host: Partial<Scenario>): (capture: Capture) => Capture {
  return (capture) => {
    const { machine } = createSimulatedHost(scenarioWith(host));
    const pairs = packetPairs(factsFrom(readSnapshot(capture)));
    return withObservation(capture, 'PacketProbe', {
      status: 'ok',
      durationMs: 1,
      data: pairs.map((pair) => packetItem(machine, pair)),
    });
  };
}
