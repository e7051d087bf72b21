/** From a snapshot to the host as one picture: every entity once, joined by the host's own ids. */
import type { Adapter, HostModel, Team, TeamNic, VNic } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { findInterfaces } from './adapters.ts';
import { findAddresses } from './addresses.ts';
import { isGuestNic } from './classify-interface.ts';
import { findLocalEnds } from './connection-ends.ts';
import { findDisks } from './disks.ts';
import { identifyHost } from './host-identity.ts';
import { findIscsi } from './iscsi.ts';
import { known, openLedger, recordsOf } from './joins.ts';
import { readRoutes } from './routing.ts';
import { findSmbServers } from './smb.ts';
import { findSwitches } from './switches.ts';
import { findLbfoTeams } from './teams.ts';
import { findVNics } from './vnics.ts';

/**
 * Pure and linear in the size of the snapshot. Never throws: what could not be asked is undefined, what fits nothing is
 * in `unjoined`.
 */
export function buildModel(snapshot: Snapshot): HostModel {
  const ledger = openLedger();
  const host = identifyHost(snapshot, (recordsOf(snapshot.readings.NetAdapter) ?? []).some(isGuestNic));
  const interfaces = findInterfaces(snapshot, host.isVirtualMachine === true, ledger);
  const lbfo = findLbfoTeams(snapshot, interfaces, ledger);
  const switches = findSwitches(snapshot, interfaces, lbfo, ledger);
  const teams = [
    ...lbfo.teams.map((team): Team => ({
      ...team,
      ...known({ vswitchId: switches.switchOfTeam.get(team.id) }),
    })),
    ...switches.embeddedTeams,
  ];
  const teamById = new Map(teams.map((team) => [team.id, team]));
  const vnics = findVNics(snapshot, interfaces, switches, teamById, ledger);
  const addresses = findAddresses(snapshot, interfaces, ledger);
  const findLocalEnd = findLocalEnds(snapshot, interfaces, addresses, readRoutes(snapshot, interfaces));
  const iscsi = findIscsi(snapshot, addresses, findLocalEnd, ledger);

  const adapters: Adapter[] = [];
  const teamNics: TeamNic[] = [];
  const hostVNics: VNic[] = [];
  for (const found of interfaces.all) {
    const base = { ...found, addressIds: (addresses.byInterface.get(found.id) ?? []).map(({ id }) => id) };
    if (found.role === 'vnic') {
      hostVNics.push({ ...base, kind: 'vnic', role: 'vnic', vnicName: found.name, ...vnics.get(found.id) });
    } else if (found.role === 'team-nic') {
      teamNics.push({
        ...base,
        kind: 'team-nic',
        role: 'team-nic',
        ...lbfo.teamNicFacts.get(found.id),
        ...known({ vswitchId: switches.switchOfTeamNic.get(found.id) }),
      });
    } else {
      adapters.push({
        ...base,
        kind: 'adapter',
        role: found.role,
        ...known({
          teamId: lbfo.teamOfAdapter.get(found.id) ?? switches.teamOfAdapter.get(found.id),
          vswitchId: switches.switchOfAdapter.get(found.id),
        }),
      });
    }
  }
  return {
    host,
    adapters,
    teams,
    teamNics,
    vswitches: switches.vswitches,
    vnics: hostVNics,
    addresses: addresses.all,
    targets: iscsi.targets,
    targetPortals: iscsi.targetPortals,
    sessions: iscsi.sessions,
    disks: findDisks(snapshot, iscsi.sessions, ledger),
    smbServers: findSmbServers(snapshot, interfaces, addresses, ledger),
    unjoined: ledger.unjoined,
  };
}
