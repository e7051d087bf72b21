/**
 * What kind of interface a row of Get-NetAdapter is, told by its driver (description, component id, PnP id) and never
 * by its name, which anybody can change.
 */
import type { InterfaceRole } from '#shared/host/host-model.ts';
import type { NetAdapterRecord } from '#shared/host/network-records.ts';

const hostVnic = /^hyper-v virtual ethernet adapter\b/i;
/** The LBFO driver; a Windows network bridge carries the same description. */
const multiplexor = /\bmultiplexor driver\b/i;

/** NICs that a hypervisor gives to a machine: Hyper-V, VMware, VirtIO, Xen, the large clouds. */
const guestNic =
  /^microsoft hyper-v network adapter\b|^vmxnet\d|\bvirtio ethernet\b|^xen(server)? .*(network|net) (device|adapter)|^amazon elastic network adapter|^google ethernet adapter|^microsoft azure network adapter/i;

/**
 * Descriptions of what never carries storage: management controllers, radio, tunnels and VPN clients, loopbacks,
 * internals of the switch, the cluster and other hypervisors.
 */
const neverStorage = new RegExp(
  [
    'remote ndis',
    'rndis',
    'idrac|\\bilo\\b|\\bimm\\b|xclarity|virtual nic usb',
    'wi-?fi|wireless|802\\.11|\\bwlan\\b|\\bwwan\\b|mobile broadband',
    'bluetooth',
    '^wan miniport',
    '\\bvpn\\b|\\btap-windows|\\btap[- ].*adapter|wireguard|wintun|anyconnect|fortinet|forticlient|pangp|zscaler|tailscale|zerotier|openvpn|juniper networks virtual|check point virtual|sonicwall|cisco secure client',
    'teredo|isatap|6to4|tunnel|ip-https',
    'loopback',
    'kernel debug',
    'failover cluster virtual adapter',
    'hyper-v virtual switch extension',
    'vmware virtual ethernet adapter|virtualbox host-only|npcap',
    'mac bridge',
  ].join('|'),
  'i',
);

const neverStorageMedia = /802\.11|wireless|bluetooth|tunnel|loopback|wan$/i;

/** What is known about the NICs that LBFO presents: yes, no, or undefined where LBFO could not be asked. */
export type PresentedByTeam = (record: NetAdapterRecord) => boolean | undefined;

export function isGuestNic(record: NetAdapterRecord): boolean {
  return guestNic.test(record.interfaceDescription);
}

function isMultiplexor(record: NetAdapterRecord): boolean {
  return (
    multiplexor.test(record.interfaceDescription) ||
    /\bms_implat_?mp\b|_implat/i.test(record.componentId ?? '')
  );
}

export function classifyInterface(
  record: NetAdapterRecord,
  facts: { readonly isVirtualMachine: boolean; readonly presentedByTeam: PresentedByTeam },
): InterfaceRole {
  if (/^vms_mp$/i.test(record.componentId ?? '') || hostVnic.test(record.interfaceDescription)) return 'vnic';
  const presented = facts.presentedByTeam(record);
  if (presented === true) return 'team-nic';
  if (isMultiplexor(record)) return presented === undefined ? 'team-nic' : 'other';
  if (isGuestNic(record)) return 'guest';
  if (
    neverStorage.test(record.interfaceDescription) ||
    neverStorageMedia.test(record.mediaType ?? '') ||
    neverStorageMedia.test(record.physicalMediaType ?? '')
  ) {
    return 'other';
  }
  const isHardware = record.isHardwareInterface ?? !/^(root|swd)\\/i.test(record.pnpDeviceId ?? '');
  if (!isHardware) return 'other';
  return facts.isVirtualMachine ? 'guest' : 'physical';
}
