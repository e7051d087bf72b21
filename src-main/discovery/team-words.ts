/** The words of NIC teaming by their numbers; Switch Embedded Teaming uses the same. */
import type { LbAlgorithm, TeamingMode } from '#shared/host/network-records.ts';

export const teamingModeByNumber = {
  0: 'Static',
  1: 'SwitchIndependent',
  2: 'Lacp',
} as const satisfies Readonly<Record<number, TeamingMode>>;

/** 1 is not used by any release. */
export const lbAlgorithmByNumber = {
  0: 'TransportPorts',
  2: 'IPAddresses',
  3: 'MacAddresses',
  4: 'HyperVPort',
  5: 'Dynamic',
} as const satisfies Readonly<Record<number, LbAlgorithm>>;
