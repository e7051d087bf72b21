/** Storage vNICs in one subnet but in different VLANs. */
import type { VNic } from '#shared/host/host-model.ts';
import { prefixOf } from '../path-graph/ip.ts';
import { ownAddresses } from './address-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { appliesToStorageInterfaces, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vlan-mismatch',
  severities: ['warning'],
  title: 'Storage vNICs of one subnet are in one VLAN',
  failureTitle: 'Storage vNICs of one subnet are in different VLANs',
  needs: [
    'NetAdapter',
    'NetIPAddress',
    'VMNetworkAdapter',
    ['VMNetworkAdapterVlan', 'VMNetworkAdapterIsolation'],
  ],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: [...vnicsBySubnet(facts)],
      see: ([subnet, vnics]) => {
        const known = vnics.filter(({ vlanId }) => vlanId !== undefined);
        if (new Set(known.map(({ vlanId }) => vlanId ?? 0)).size > 1) return { bad: { subnet, vnics } };
        return known.length < vnics.length
          ? { doubt: `The VLAN of ${listed(vnics.map(({ name }) => name))} is not known.` }
          : 'well';
      },
      report: (bad) =>
        bad.map(({ subnet, vnics }) => {
          const said = vnics.map(
            ({ name, vlanId }) =>
              `${name}: ${typeof vlanId === 'number' && vlanId > 0 ? `VLAN ${vlanId}` : 'no VLAN'}`,
          );
          const [first, ...others] = vnics;
          return {
            severity: 'warning',
            message: `Storage vNICs of the subnet ${subnet} are in different VLANs (${listed(said)}): a subnet is one VLAN, so one of them reaches its storage by a detour or not at all.`,
            subjects: [first ?? facts.model.host, ...others],
            evidence: { subnet, vlans: said },
            advice:
              'Put them into one VLAN, or give each VLAN a subnet of its own; both layouts multipath equally well.',
          };
        }),
      none: 'No storage of this host leaves by vNICs.',
      gap: storageInterfaces(facts).gap,
      rests: ['VMNetworkAdapterVlan', 'VMNetworkAdapterIsolation'],
    }),
});

/** Storage vNICs by the subnet they hold an address in, as `10.0.10.0/24` would be told: network and length. */
function vnicsBySubnet(facts: HostFacts): ReadonlyMap<string, readonly VNic[]> {
  const found = new Map<string, VNic[]>();
  for (const { interface: one } of storageInterfaces(facts).inUse) {
    if (one.kind !== 'vnic') continue;
    for (const { ipAddress, prefixLength, family } of ownAddresses(facts, one)) {
      if (prefixLength === undefined || family !== 'IPv4') continue;
      if (prefixOf(ipAddress, prefixLength) === undefined) continue;
      const subnet = `${networkOf(ipAddress, prefixLength)}/${prefixLength}`;
      const there = found.get(subnet);
      if (there === undefined) found.set(subnet, [one]);
      else if (!there.includes(one)) there.push(one);
    }
  }
  return found;
}

function networkOf(ipAddress: string, prefixLength: number): string {
  return ipAddress
    .split('.')
    .map((part, at) => {
      const bits = Math.min(8, Math.max(0, prefixLength - at * 8));
      return Number(part) & (0xff << (8 - bits)) & 0xff;
    })
    .join('.');
}
