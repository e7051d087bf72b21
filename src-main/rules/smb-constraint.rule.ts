/** A Multichannel constraint that holds a storage server to one interface of several, or to one that is not there. */
import type { Entity, SmbServer } from '#shared/host/host-model.ts';
import type { SmbMultichannelConstraintRecord } from '#shared/host/storage-records.ts';
import { interfacesOf } from '../path-graph/walks.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { clientEnd, constraintsOf, stuckServers } from './smb-idle-pairs.ts';
import { judgedServers, storageIsOpen, withoutStorageServers } from './smb-storage.ts';
import { distinctById, listed } from './wording.ts';

interface Held {
  readonly server: SmbServer;
  readonly to: readonly string[];
  /** Interfaces that the constraint names and the host lacks, or that are down. */
  readonly gone: readonly string[];
  readonly idle: readonly string[];
}

export const rule = defineRule({
  id: 'smb-constraint',
  severities: ['warning'],
  title: 'Multichannel constraints leave storage the interfaces it has',
  failureTitle: 'A Multichannel constraint holds SMB storage to too little',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'SmbMultichannelConstraint', 'NetAdapter'],
  fixes: ['smb-constraint-add', 'smb-constraint-remove'],
  appliesTo: { needs: ['SmbConnection', 'SmbMultichannelConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    return conclude(facts, {
      things: servers,
      see: (server) => see(facts, server),
      report: (held) =>
        held.map((one) => ({
          severity: 'warning',
          message: messageFor(one),
          subjects: subjectsOf(facts, one),
          evidence: {
            server: one.server.name,
            constrainedTo: [...one.to],
            missingInterfaces: [...one.gone],
            idleInterfaces: [...one.idle],
          },
          advice:
            'If the constraint is no longer meant, extend it to the other storage interfaces or remove it (New-, Remove-SmbMultichannelConstraint); if it is meant, leave it. It counts for the name as typed in the path only, and not for cluster volumes.',
        })),
      none: 'No Multichannel constraint is set for a server that holds storage.',
      isForGuests: true,
    });
  },
});

function see(facts: HostFacts, server: SmbServer): Seen<Held> {
  const constraints = constraintsOf(facts, server);
  if (constraints.length === 0) return 'not-about';
  const to = constraints.map((one) => one.interfaceAlias ?? `interface ${one.interfaceIndex ?? '?'}`);
  const gone = constraints.flatMap((one, place) => (isThere(facts, one) === false ? [to[place] ?? ''] : []));
  const verdict = stuckServers(facts).find((one) => typeof one !== 'string' && one.server.id === server.id);
  const idle =
    verdict === undefined || typeof verdict === 'string'
      ? []
      : [...new Set(verdict.idle.map((pair) => clientEnd(facts, pair)))];
  if (gone.length === 0 && idle.length === 0) {
    if (constraints.some((one) => isThere(facts, one) === undefined)) {
      return { doubt: `Which interface the constraint for ${server.name} names is not known.` };
    }
    return stuckServers(facts).find((one) => typeof one === 'string') === undefined
      ? 'well'
      : {
          doubt: `What the interfaces between this host and ${server.name} can do (RSS, RDMA) is not known.`,
        };
  }
  return { bad: { server, to, gone, idle } };
}

/** Undefined where the constraint names its interface in no way that can be looked up. */
function isThere(
  { model }: HostFacts,
  { interfaceGuid, interfaceIndex }: SmbMultichannelConstraintRecord,
): boolean | undefined {
  if (interfaceGuid === undefined && interfaceIndex === undefined) return undefined;
  return interfacesOf(model).some(
    (found) =>
      found.isUp &&
      (interfaceGuid === undefined
        ? found.interfaceIndex === interfaceIndex
        : found.interfaceGuid === interfaceGuid),
  );
}

function messageFor({ server, to, gone, idle }: Held): string {
  const parts = [
    ...(gone.length > 0
      ? [`${listed(gone)} ${gone.length === 1 ? 'is' : 'are'} not there or has no link`]
      : []),
    ...(idle.length > 0
      ? [`${listed(idle)} of the same class ${idle.length === 1 ? 'carries' : 'carry'} nothing`]
      : []),
  ];
  return `A Multichannel constraint holds SMB to ${server.name} to ${listed(to)}, and ${listed(parts)}.`;
}

function subjectsOf({ model }: HostFacts, { server, to, idle }: Held): readonly [Entity, ...Entity[]] {
  const names = new Set([...to, ...idle]);
  return [server, ...distinctById(interfacesOf(model).filter(({ name }) => names.has(name)))];
}
