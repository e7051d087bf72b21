/** The host that a scenario describes, laid out once: what every simulated cmdlet reads. */
import type { ObservationFailureKind } from '#shared/result.ts';
import type { ObservationName } from '#shared/capture.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import { IdentityRegister, type KnownIdentities } from './identities.ts';
import { layOutNetwork, type NetworkLayout } from './network-layout.ts';
import { captionsOf, isAtLeast, type Captions } from './release.ts';
import type { Scenario, ScenarioSetting } from './scenario.ts';
import { layOutStorage, type StorageLayout } from './storage-layout.ts';

export interface Machine {
  readonly scenario: Scenario;
  readonly release: WindowsRelease;
  readonly since: (first: WindowsRelease) => boolean;
  readonly isClient: boolean;
  readonly isElevated: boolean;
  readonly captions: Captions;
  readonly network: NetworkLayout;
  readonly storage: StorageLayout;
  readonly msiscsi: NonNullable<Scenario['msiscsi']>;
  /** By the name of a feature or of the module it brings, without case. */
  readonly hasFeature: (name: string) => boolean;
  /** What was set on an interface by hand. */
  readonly settingOf: (interfaceName: string) => ScenarioSetting | undefined;
  /** For the layout after the next change. */
  readonly identities: KnownIdentities;
  readonly failureOf: (
    name: ObservationName,
  ) => { readonly kind: ObservationFailureKind; readonly hangs?: boolean } | undefined;
}

/** Management tools come with their role on these hosts. */
const toolsOfRole: Readonly<Record<string, readonly string[]>> = {
  'hyper-v': ['hyper-v-powershell'],
  'failover-clustering': ['rsat-clustering-powershell'],
};

/** `before` are the identities of the host as it was; throws where parts of the scenario do not fit together. */
export function layOutMachine(scenario: Scenario, before?: KnownIdentities): Machine {
  const ids = new IdentityRegister(before);
  const network = layOutNetwork(scenario, ids);
  const storage = layOutStorage(scenario, network, ids);
  const settings = new Map((scenario.settings ?? []).map((entry) => [entry.interface.toLowerCase(), entry]));
  const named = scenario.features.map((feature) => feature.toLowerCase());
  const features = new Set(named.flatMap((feature) => [feature, ...(toolsOfRole[feature] ?? [])]));
  return {
    scenario,
    release: scenario.windows.release,
    since: (first) => isAtLeast(scenario.windows.release, first),
    isClient: scenario.windows.isClient ?? false,
    isElevated: scenario.isElevated ?? true,
    captions: captionsOf(scenario.windows.language ?? 'en-US'),
    network,
    storage,
    settingOf: (name) => settings.get(name.toLowerCase()),
    identities: ids.close(),
    msiscsi:
      scenario.msiscsi ??
      (scenario.iscsi === undefined
        ? { status: 'Stopped', startType: 'Manual' }
        : { status: 'Running', startType: 'Automatic' }),
    hasFeature: (name) => features.has(name.toLowerCase()),
    failureOf: (name) => scenario.failures?.[name],
  };
}
