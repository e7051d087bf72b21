/** The words of the unit tests: a host as Windows would show it, from the few facts that a test is about. */
import type { Capture, Observation, ObservationName } from '#shared/capture.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import type { Scenario, ScenarioAddress } from '../hosts/simulated-host/scenario.ts';

/** Names that stand in a team or under a switch and so have no IP. */
function membersOf(patch: Partial<Scenario>): Set<string> {
  const names = (patch.lbfoTeams ?? []).flatMap((team) =>
    team.members.map((member) => (typeof member === 'string' ? member : member.name)),
  );
  for (const { uplink } of patch.vswitches ?? []) {
    if (uplink === undefined) continue;
    if ('adapter' in uplink) names.push(uplink.adapter);
    if ('set' in uplink) names.push(...uplink.set);
  }
  return new Set(names);
}

/** The management address of NIC1, where the host has a NIC1 that can hold one. */
function managementAddress(patch: Partial<Scenario>): readonly ScenarioAddress[] {
  const adapters = patch.adapters ?? [{ name: 'NIC1' }];
  const isFree = adapters.some((adapter) => adapter.name === 'NIC1') && !membersOf(patch).has('NIC1');
  return isFree ? [{ interface: 'NIC1', address: '192.168.1.11/24', gateway: '192.168.1.1' }] : [];
}

/** The scenario behind {@link hostWith}. */
export function scenarioWith(patch: Partial<Scenario> = {}): Scenario {
  return {
    id: 'test',
    title: 'Test host',
    story: 'A host made for one test.',
    windows: { release: '2022' },
    computer: { name: 'HV01', domain: 'corp.example' },
    features: ['Hyper-V'],
    adapters: [{ name: 'NIC1' }],
    addresses: managementAddress(patch),
    ...patch,
  };
}

/**
 * The capture of a Windows Server 2022 with Hyper-V and one 1 Gbit/s adapter "NIC1" at 192.168.1.11/24, changed by the
 * patch. Each part of the patch replaces that part as a whole: with `adapters`, name NIC1 again to keep it.
 */
export function hostWith(patch: Partial<Scenario> = {}): Capture {
  return captureOf(scenarioWith(patch));
}

/** The capture with one observation replaced; undefined takes it out, as in a capture that never asked. */
export function withObservation(
  capture: Capture,
  name: ObservationName,
  observation: Observation | undefined,
): Capture {
  const observations: Partial<Record<ObservationName, Observation>> = { ...capture.observations };
  if (observation === undefined) Reflect.deleteProperty(observations, name);
  else observations[name] = observation;
  return { ...capture, observations };
}
