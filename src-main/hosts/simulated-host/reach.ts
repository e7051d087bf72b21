/** What an address of the host reaches on its network: whether at all, and with packets of what size. */
import { isOnLink, parseIp, parsePrefix } from './ip.ts';
import type { Machine } from './machine.ts';
import type { SimAddress, SimInterface } from './network-layout.ts';
import { parsePortal } from './storage-layout.ts';

const largestDefault = 9000;

/** The tag that frames of an interface carry outside; 0 for none. */
function vlanOf(machine: Machine, holder: SimInterface): number {
  const vnic = machine.network.vnics.find((entry) => entry.interface === holder);
  if (vnic !== undefined) return vnic.scenario.vlanId ?? vnic.scenario.isolationVlanId ?? 0;
  return holder.vlanId ?? 0;
}

/** The adapters that carry an interface in the end, itself included. */
function carriersOf(machine: Machine, holder: SimInterface): readonly SimInterface[] {
  const { network } = machine;
  const vnic = network.vnics.find((entry) => entry.interface === holder);
  if (vnic !== undefined) return [holder, ...vnic.vswitch.members];
  const team = network.teams.find((entry) => entry.nics.some((nic) => nic.interface === holder));
  return team === undefined ? [holder] : [holder, ...team.members.map((member) => member.adapter)];
}

function subnetOf(machine: Machine, address: SimAddress) {
  return (machine.scenario.subnets ?? []).find((subnet) =>
    isOnLink(parsePrefix(subnet.prefix), address.prefix.ip),
  );
}

/** The address that a packet to `remote` leaves from: `from`, or what Windows chooses. Undefined where nothing answers. */
export function sourceTowards(machine: Machine, remote: string, from?: string): SimAddress | undefined {
  const target = parseIp(remote);
  if (target === undefined) return undefined;
  const { network } = machine;
  const source =
    from === undefined
      ? network.sourceFor(remote)
      : network.addresses.find((address) => address.prefix.address === from);
  if (source === undefined || !source.interface.isUp || !source.isActive || source.state !== 'Preferred') {
    return undefined;
  }
  const hasWay =
    isOnLink(source.prefix, target) ||
    network.routes.some((route) => route.interface === source.interface && isOnLink(route.prefix, target));
  const wanted = subnetOf(machine, source)?.vlanId;
  const isTagged = wanted === undefined || vlanOf(machine, source.interface) === wanted;
  return hasWay && isTagged ? source : undefined;
}

/** The largest packet that passes unfragmented from an address to its neighbours, in bytes with its headers. */
export function largestPacket(machine: Machine, source: SimAddress): number {
  const carriers = carriersOf(machine, source.interface);
  const subnet = subnetOf(machine, source);
  return Math.min(subnet?.mtu ?? largestDefault, ...carriers.map((adapter) => adapter.mtuBytes));
}

/** Whether an address belongs to somebody else in the host's networks. */
export function isTaken(machine: Machine, address: string): boolean {
  const { scenario } = machine;
  const others = [
    ...(scenario.takenAddresses ?? []),
    ...(scenario.iscsi?.targets ?? []).flatMap((target) =>
      target.portals.map((portal) => parsePortal(portal).address),
    ),
    ...(scenario.smb?.servers ?? []).flatMap((server) => server.interfaces.map((entry) => entry.address)),
    ...machine.network.routes.map((route) => route.nextHop),
  ];
  return others.includes(address);
}

/** Whether somebody else answers echoes; most do. */
export function answersEchoes({ scenario }: Machine, address: string): boolean {
  return scenario.blocksEchoes?.includes(address) !== true;
}
