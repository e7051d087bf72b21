/**
 * The whole state of a host for comparing it property by property with another one: by name and in a fixed order, with
 * all defaults said and without the ids that Windows makes anew, for example for a session that was logged in to again.
 */
import { components, isBound, powerManagementOf } from './adapter-classes.ts';
import { explicitScenario } from './explicit.ts';
import { isToBeFound } from './ip-classes.ts';
import { hexOf } from './identities.ts';
import { mpioTimers } from './mpio-commands.ts';
import type { Machine } from './machine.ts';
import type { SimInterface } from './network-layout.ts';
import type { ScenarioSession } from './scenario.ts';
import { hasRss } from './storage-layout.ts';

/** Plain JSON, by kind and name. */
export type HostState = Readonly<Record<string, unknown>>;

function inOrder<T>(list: readonly T[]): T[] {
  const key = (value: T) => JSON.stringify(value);
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

export function stateOf(machine: Machine): HostState {
  const { network } = machine;
  const scenario = explicitScenario(machine);
  const pending = Object.fromEntries(
    Object.entries(scenario.pending ?? {}).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
  return {
    features: [...scenario.features].sort(),
    pending,
    msiscsi: scenario.msiscsi,
    interfaces: byName(
      network.interfaces
        .filter((adapter) => !adapter.isHidden)
        .map((adapter) => [adapter.name, interfaceState(machine, adapter)]),
    ),
    teams: byName(
      network.teams.map((team) => [
        team.scenario.name,
        {
          teamingMode: team.scenario.teamingMode,
          lbAlgorithm: team.scenario.lbAlgorithm,
          lacpTimer: team.scenario.lacpTimer ?? 'Fast',
          members: inOrder(team.members.map(({ adapter, mode }) => ({ name: adapter.name, mode }))),
          teamNics: inOrder(
            team.nics.map((nic) => ({ name: nic.interface.name, vlanId: nic.vlanId ?? 'default' })),
          ),
        },
      ]),
    ),
    vswitches: byName(
      network.vswitches.map((vswitch) => [
        vswitch.name,
        {
          type: vswitch.type,
          uplinks: vswitch.uplinks.map((uplink) => uplink.name).sort(),
          lbAlgorithm:
            vswitch.scenario.uplink !== undefined && 'set' in vswitch.scenario.uplink
              ? (vswitch.scenario.uplink.lbAlgorithm ?? (machine.since('2019') ? 'HyperVPort' : 'Dynamic'))
              : null,
        },
      ]),
    ),
    vnics: byName(
      network.vnics.map((vnic) => [
        vnic.interface.name,
        {
          name: vnic.name,
          vswitch: vnic.vswitch.name,
          vlanId: vnic.scenario.vlanId ?? 0,
          isolationVlanId: vnic.scenario.isolationVlanId ?? 0,
          mappedTo: vnic.mappedTo?.name ?? null,
        },
      ]),
    ),
    addresses: inOrder(
      network.addresses.map(({ interface: holder, prefix, origin, state, skipAsSource }) => ({
        address: `${prefix.address}/${prefix.length}`,
        interface: holder.name,
        origin,
        state,
        skipAsSource,
      })),
    ),
    // Those of gateways too, however they were set.
    routes: inOrder(
      network.routes.map(({ interface: holder, text, nextHop, metric }) => ({
        prefix: text,
        nextHop,
        interface: holder.name,
        metric,
      })),
    ),
    iscsi: {
      portals: inOrder(scenario.iscsi.portals),
      sessions: inOrder(
        machine.storage.sessions.map((session) => ({
          ...endsOf(session.scenario),
          isConnected: session.isConnected,
          isPersistent: session.isPersistent,
          isMultipath: session.scenario.isMultipath ?? machine.hasFeature('Multipath-IO'),
          chapUser: session.scenario.chapUser ?? null,
          disks: [...session.disks].sort((a, b) => a - b),
        })),
      ),
      logins: inOrder(
        scenario.iscsi.logins.map(({ chap, ...login }) => ({
          ...login,
          chap:
            chap === undefined
              ? null
              : { username: chap.username, secret: hexOf(`secret|${chap.secret}`, 16) },
        })),
      ),
      initiatorSecret:
        scenario.iscsi.initiatorSecret === undefined
          ? null
          : hexOf(`secret|${scenario.iscsi.initiatorSecret}`, 16),
    },
    mpio: {
      claimsIscsi: scenario.mpio.claimsIscsi ?? machine.hasFeature('Multipath-IO'),
      claimsSas: scenario.mpio.claimsSas ?? false,
      globalPolicy: scenario.mpio.globalPolicy ?? 'None',
      supportedHardware: inOrder(scenario.mpio.supportedHardware ?? []),
      timers: mpioTimers(machine),
      disks: byName(
        machine.storage.mpioDisks.map((disk) => [String(disk.disk), mpioState(machine, disk.disk)]),
      ),
    },
    disks: byName(
      machine.storage.disks.map((disk) => [
        String(disk.number),
        {
          busType: disk.busType,
          size: String(disk.sizeBytes),
          uniqueId: disk.uniqueId,
          isOffline: disk.scenario.isOffline ?? false,
        },
      ]),
    ),
    smb: {
      isMultichannelEnabled: scenario.smb?.isMultichannelEnabled ?? true,
      constraints: inOrder(scenario.smb?.constraints ?? []),
      channels: inOrder(
        machine.storage.smbRows.map((row) => ({
          server: row.server,
          instance: row.instance,
          client: row.client.name,
          clientAddress: row.clientAddress,
          serverAddress: row.serverAddress,
          isSelected: row.isSelected,
          currentChannels: row.currentChannels,
        })),
      ),
    },
    tasks: byName(
      (scenario.tasks ?? []).map(({ path, name, actions, triggers, isEnabled }) => [
        `${path}${name}`,
        { actions, triggers, isEnabled },
      ]),
    ),
  };
}

function endsOf({ iqn, connections }: ScenarioSession) {
  return { iqn, connections: connections.map(({ from, to }) => ({ from: from ?? null, to })) };
}

function interfaceState(machine: Machine, adapter: SimInterface) {
  const set = machine.settingOf(adapter.name);
  return {
    kind: adapter.kind,
    status: adapter.status,
    mtu: adapter.mtuBytes,
    vlanId: adapter.vlanId ?? 0,
    rss: hasRss(machine.network, adapter, machine.since('2016')),
    rdma: adapter.hasRdma ?? false,
    bindings: Object.fromEntries(components.map((component) => [component, isBound(adapter, component)])),
    powerManagement: powerManagementOf(machine, adapter),
    advanced: byName(Object.entries(set?.advanced ?? {})),
    registersInDns: isToBeFound(machine, adapter.name),
    usesDhcp: set?.dhcp ?? 'by default',
    metric: set?.metric ?? 'automatic',
    dnsServers: set?.dnsServers ?? [],
  };
}

function mpioState(machine: Machine, number: number) {
  const disk = machine.storage.mpioDisks.find((entry) => entry.disk === number);
  const through = machine.storage.sessions.filter((session) => session.disks.includes(number));
  return {
    policy: disk?.policy ?? null,
    paths: inOrder(
      (disk?.paths ?? []).map((path, index) => {
        const session = through[index];
        return { state: path.state, ...(session === undefined ? { index } : endsOf(session.scenario)) };
      }),
    ),
  };
}
