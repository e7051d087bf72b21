/** Where storage uses RDMA now, and whether it is RoCE, which leans on the network: shared by the rules on both. */
import type { Adapter } from '#shared/host/host-model.ts';
import { driverSetting } from './adapter-facts.ts';
import type { HostFacts } from './define-rule.ts';
import { storageInterfaces, type StorageInterface } from './interface-uses.ts';

/** Storage interfaces with SMB channels in use whose both ends can do RDMA: SMB prefers it then. */
export function rdmaInUse(facts: HostFacts): readonly StorageInterface[] {
  return storageInterfaces(facts).inUse.filter(({ channels }) =>
    channels.some(
      ({ clientRdmaCapable, serverRdmaCapable }) => clientRdmaCapable === true && serverRdmaCapable === true,
    ),
  );
}

/** `*NetworkDirectTechnology`: 1 iWARP, 2 InfiniBand, 3 RoCE, 4 RoCE version 2. Undefined where the driver does not say. */
export function isRoce(facts: HostFacts, adapter: Adapter): boolean | undefined {
  const technology = driverSetting(facts, adapter, '*NetworkDirectTechnology');
  return technology === undefined ? undefined : technology === 3 || technology === 4;
}

/** Physical adapters under them, each once. */
export function rdmaAdapters(facts: HostFacts): readonly Adapter[] {
  const found = new Map(
    rdmaInUse(facts).flatMap(({ adapters }) => adapters.map((adapter) => [adapter.id, adapter])),
  );
  return [...found.values()];
}

export function isRoceInUse(facts: HostFacts): boolean {
  return rdmaAdapters(facts).some((adapter) => isRoce(facts, adapter) === true);
}

export const noRdmaInUse = 'No storage of this host uses RDMA.';
