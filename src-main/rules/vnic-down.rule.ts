/** A vNIC of the management OS that storage or the cluster rests on and that is down. */
import type { VNic } from '#shared/host/host-model.ts';
import { addressById, targetById, wiredSessions } from '../path-graph/walks.ts';
import { netAdapterOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vnic-down',
  severities: ['error', 'warning'],
  title: 'Storage vNICs are up',
  failureTitle: 'A storage vNIC is down',
  needs: [
    'NetAdapter',
    'VMSwitch',
    'VMNetworkAdapter',
    'NetIPAddress',
    ['IscsiSession', 'SmbMultichannelConnection'],
  ],
  fixes: [],
  evaluate: (facts) => {
    const lost = lostBySession(facts);
    const inUse = new Set(storageInterfaces(facts).inUse.map(({ interface: { id } }) => id));
    return conclude(facts, {
      things: facts.model.vnics,
      see: (vnic) => {
        const targets = targetsLostWith(facts, vnic, lost);
        if (targets.length === 0 && !inUse.has(vnic.id)) return 'not-about';
        const record = netAdapterOf(facts, vnic);
        if (record?.status === undefined && record?.mediaConnected !== false && !vnic.isUp) {
          return { doubt: `Whether ${vnic.name} is up is not known.` };
        }
        return vnic.isUp ? 'well' : { bad: { vnic, targets } };
      },
      report: (bad) =>
        bad.map(({ vnic, targets }) => {
          const reached = new Set(wiredSessions(facts.model).map(({ targetId }) => targetId));
          const gone = targets.filter((id) => !reached.has(id));
          const names = targets.map((id) => targetById(facts.model, id)?.name ?? id);
          return {
            severity: gone.length > 0 ? 'error' : 'warning',
            message: `${vnic.name}, which storage leaves by, is down (${vnic.status ?? 'no link'})${names.length > 0 ? `: the sessions from it to ${listed(names)} are not connected` : ''}${gone.length > 0 ? ', and no other session leads there' : ''}.`,
            subjects: [vnic],
            evidence: {
              vnic: vnic.name,
              status: vnic.status ?? null,
              targets: names,
              lastPath: gone.length > 0,
            },
            advice:
              'See whether somebody disabled the adapter, and whether the vSwitch under it has an uplink with a link. Enable it (Enable-NetAdapter) and look whether the sessions come back.',
          };
        }),
      none: 'No storage of this host leaves by a vNIC.',
      gap: storageInterfaces(facts).gap,
    });
  },
});

/** Initiator address to the targets of sessions from it that are not connected. */
function lostBySession({ model }: HostFacts): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { isConnected, isOffloaded, boundAddress, targetId } of model.sessions) {
    if (isConnected !== false || isOffloaded || typeof boundAddress !== 'string') continue;
    found.set(boundAddress, [...(found.get(boundAddress) ?? []), targetId]);
  }
  return found;
}

function targetsLostWith(
  { model }: HostFacts,
  vnic: VNic,
  lost: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const addresses = vnic.addressIds.flatMap((id) => addressById(model, id)?.ipAddress ?? []);
  return [...new Set(addresses.flatMap((address) => lost.get(address) ?? []))];
}
