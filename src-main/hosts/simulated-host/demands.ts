/** What a simulated host wants to move: what its scenario says, else a little on all that it has. */
import { hexOf } from './identities.ts';
import type { Machine } from './machine.ts';
import type { ScenarioDemand } from './scenario.ts';

const megabyte = 1_000_000;

/** From `least` to `most` megabytes a second, the same for the same thing every time. */
function amount(seed: string, least: number, most: number): number {
  return megabyte * (least + (Number.parseInt(hexOf(seed, 4), 16) % (most - least + 1)));
}

function isAdministrative(share: string): boolean {
  return share.endsWith('$');
}

function usualDemands({ scenario, storage, network }: Machine): readonly ScenarioDemand[] {
  const remote = storage.disks.filter(
    ({ number, mpio }) =>
      mpio !== undefined ||
      storage.sessions.some(({ isConnected, disks }) => isConnected && disks.includes(number)),
  );
  const vms = new Set(network.vmNics.map(({ vmName }) => vmName));
  return [
    ...remote.map(({ number }) => ({
      on: { disk: number },
      in: amount(`disk ${number} in`, 24, 40),
      out: amount(`disk ${number} out`, 8, 16),
    })),
    ...(scenario.smb?.servers ?? []).flatMap(({ name, shares }) =>
      shares
        .filter((share) => !isAdministrative(share.name))
        .map((share) => ({
          on: { share: `\\\\${name}\\${share.name}` },
          in: amount(`${name} ${share.name} in`, 60, 90),
          out: amount(`${name} ${share.name} out`, 20, 40),
        })),
    ),
    ...[...vms].map((vm) => ({
      on: { vm },
      in: amount(`${vm} in`, 1, 4),
      out: amount(`${vm} out`, 1, 6),
    })),
  ];
}

export function demandsOf(machine: Machine): readonly ScenarioDemand[] {
  return machine.scenario.traffic?.demands ?? usualDemands(machine);
}
