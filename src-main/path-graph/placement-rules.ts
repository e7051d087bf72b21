/**
 * Which streams a team keeps together: one row for each teaming mode, algorithm and kind of endpoint, for reading and
 * writing apart. This is part A of docs/ceilings.md as code; each row is tested by its name.
 */
import type { Team } from '#shared/host/host-model.ts';
import type { LbAlgorithm } from '#shared/host/network-records.ts';
import type { HostInterface } from './walks.ts';

/**
 * What stays on one member together. `team`: everything that the team carries. `port`: a vNIC, or the MAC address of a
 * team NIC. `connection`: each TCP connection by itself. `addresses`, `macs`: all between one pair of IP or MAC
 * addresses.
 */
export type Together = 'team' | 'port' | 'connection' | 'addresses' | 'macs';

export interface PlacementRow {
  readonly name: string;
  /** The host receives. */
  readonly read: Together;
  /** The host sends. */
  readonly write: Together;
  /** SET: a mapped vNIC keeps to its member; under `worst` only where the placement is the worst one. */
  readonly mapping: { readonly read: 'kept' | 'none'; readonly write: 'kept' | 'worst' | 'none' };
}

/** What a hash over packets keeps together when sending: its H is the number of these in use. */
const hashes: Readonly<Record<Exclude<LbAlgorithm, 'HyperVPort' | 'Dynamic'>, Together>> = {
  TransportPorts: 'connection',
  IPAddresses: 'addresses',
  MacAddresses: 'macs',
};

const unmapped = { read: 'none', write: 'none' } as const;

function lbfoSwitchIndependent(algorithm: LbAlgorithm, isUnderSwitch: boolean): PlacementRow {
  switch (algorithm) {
    case 'TransportPorts':
    case 'IPAddresses':
    case 'MacAddresses':
      // The switch knows the team by the address of its primary member alone: all that comes in comes in there.
      return {
        name: isUnderSwitch
          ? 'LBFO switch independent, address hash, under a vSwitch'
          : 'LBFO switch independent, address hash, team NIC',
        read: 'team',
        write: hashes[algorithm],
        mapping: unmapped,
      };
    case 'HyperVPort':
      return {
        name: isUnderSwitch
          ? 'LBFO switch independent, Hyper-V port, under a vSwitch'
          : 'LBFO switch independent, Hyper-V port, team NIC',
        read: 'port',
        write: 'port',
        mapping: unmapped,
      };
    case 'Dynamic':
      return {
        name: isUnderSwitch
          ? 'LBFO switch independent, Dynamic, under a vSwitch'
          : 'LBFO switch independent, Dynamic, team NIC',
        read: 'port',
        write: 'connection',
        mapping: unmapped,
      };
  }
}

/** LACP and static: the physical switch hashes what comes in, and how is not known. */
function lbfoSwitchDependent(algorithm: LbAlgorithm): PlacementRow {
  return algorithm === 'HyperVPort'
    ? { name: 'LBFO LACP or static, Hyper-V port', read: 'connection', write: 'port', mapping: unmapped }
    : {
        name: 'LBFO LACP or static, hash or Dynamic',
        read: 'connection',
        write: algorithm === 'Dynamic' ? 'connection' : hashes[algorithm],
        mapping: unmapped,
      };
}

function embedded(algorithm: LbAlgorithm, isRdma: boolean): PlacementRow {
  // An RDMA connection cannot leave the member it was opened on.
  return algorithm === 'Dynamic' && !isRdma
    ? {
        name: 'SET, Dynamic, TCP',
        read: 'port',
        write: 'connection',
        mapping: { read: 'kept', write: 'worst' },
      }
    : {
        name: algorithm === 'Dynamic' ? 'SET, Dynamic, RDMA' : 'SET, Hyper-V port',
        read: 'port',
        write: 'port',
        mapping: { read: 'kept', write: 'kept' },
      };
}

/** Undefined where the team's mode or algorithm could not be read: any stream may be anywhere then. */
export function placementRow(team: Team, endpoint: HostInterface, isRdma: boolean): PlacementRow | undefined {
  const { technology, teamingMode, lbAlgorithm } = team;
  if (lbAlgorithm === undefined) return undefined;
  if (technology === 'set') return embedded(lbAlgorithm, isRdma);
  if (teamingMode === undefined) return undefined;
  return teamingMode === 'SwitchIndependent'
    ? lbfoSwitchIndependent(lbAlgorithm, endpoint.kind === 'vnic')
    : lbfoSwitchDependent(lbAlgorithm);
}
