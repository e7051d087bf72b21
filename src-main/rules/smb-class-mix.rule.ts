/** Interfaces of different classes to one file server: SMB uses one class, and it should be the better one. */
import type { SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { channelsInUse, interfaceById } from '../path-graph/walks.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts, type RuleFinding } from './define-rule.ts';
import { defaultRouteHolders } from './iscsi-paths.ts';
import { clientEnd, explanationOf } from './smb-idle-pairs.ts';
import { comparePairs, isOnLink, speedOf } from './smb-reach.ts';
import {
  classOf,
  hasMultichannelDialect,
  isStorageChannel,
  judgedServers,
  storageIsOpen,
  withoutStorageServers,
  type PairClass,
} from './smb-storage.ts';
import { listed } from './wording.ts';

interface Ranked {
  readonly pair: SmbChannel;
  readonly itsClass: PairClass;
}

interface Mix {
  readonly server: SmbServer;
  readonly used: Ranked;
  readonly other: readonly [Ranked, ...Ranked[]];
  readonly isWorseUsed: boolean;
}

export const rule = defineRule({
  id: 'smb-class-mix',
  severities: ['warning', 'info'],
  title: 'SMB uses the best class of interfaces to each server',
  failureTitle: 'Interfaces of different classes lead to one SMB server',
  needs: ['SmbConnection', 'SmbMultichannelConnection', 'NetAdapter', 'NetIPAddress', 'NetRoute'],
  fixes: ['smb-channels-refresh'],
  appliesTo: { needs: ['SmbConnection', 'SmbMultichannelConnection'], notApplicable: withoutStorageServers },
  evaluate: (facts) => {
    const servers = judgedServers(facts.model);
    if (servers.length === 0) return storageIsOpen(facts);
    return conclude(facts, {
      things: servers.filter(hasMultichannelDialect),
      see: (server) => see(facts, server),
      report: (mixes) => mixes.map((mix) => findingFor(facts, mix)),
      none: 'No file server that holds storage is reached by SMB 3 now.',
      isForGuests: true,
    });
  },
});

function see(facts: HostFacts, server: SmbServer): Seen<Mix> {
  // A setting that chooses the interfaces has a rule of its own.
  if (explanationOf(facts, server) !== undefined) return 'not-about';
  const pairs = server.channels.filter((pair) => isStorageChannel(server, pair));
  const inUse = channelsInUse({ ...server, channels: pairs });
  const ranked = (list: readonly SmbChannel[]): readonly Ranked[] =>
    list.flatMap((pair) => {
      const itsClass = classOf(facts.model, pair);
      return itsClass === undefined ? [] : [{ pair, itsClass }];
    });
  const best = ranked(inUse).reduce<Ranked | undefined>(
    (top, one) => (top === undefined || comparePairs(one.itsClass, top.itsClass) > 0 ? one : top),
    undefined,
  );
  if (inUse.length === 0) return 'not-about';
  if (best === undefined) {
    return {
      doubt: `What the interfaces between this host and ${server.name} can do (RSS, RDMA) is not known.`,
    };
  }
  const used = new Set(inUse.map(({ clientInterfaceIndex }) => clientInterfaceIndex));
  const holdsDefault = defaultRouteHolders(facts);
  const idle = ranked(
    pairs.filter((pair) => !used.has(pair.clientInterfaceIndex) && !pair.isFailed && isOnLink(facts, pair)),
  );
  const [better, ...moreBetter] = idle.filter(({ itsClass }) => comparePairs(itsClass, best.itsClass) > 0);
  if (better !== undefined) {
    return { bad: { server, used: best, other: [better, ...moreBetter], isWorseUsed: true } };
  }
  const [faster, ...moreFaster] = idle.filter(
    ({ pair, itsClass }) =>
      !holdsDefault.has(pair.clientInterfaceIndex) &&
      isPassedOverForRss(facts, best.itsClass, pair, itsClass),
  );
  if (faster !== undefined) {
    return { bad: { server, used: best, other: [faster, ...moreFaster], isWorseUsed: true } };
  }
  const [worse, ...moreWorse] = idle.filter(
    ({ pair, itsClass }) =>
      !holdsDefault.has(pair.clientInterfaceIndex) && comparePairs(itsClass, best.itsClass) < 0,
  );
  return worse === undefined
    ? 'well'
    : { bad: { server, used: best, other: [worse, ...moreWorse], isWorseUsed: false } };
}

/**
 * SMB puts RSS before speed: a physical adapter without it stays idle beside a slower one with it, and nobody wants
 * that. RDMA before speed is meant so, and the speed that a vNIC or a team shows is nominal.
 */
function isPassedOverForRss(
  { model }: HostFacts,
  used: PairClass,
  { clientInterfaceId }: SmbChannel,
  itsClass: PairClass,
): boolean {
  return (
    used.type === 'RSS' &&
    itsClass.type === 'plain' &&
    (speedOf(itsClass) ?? 0) > (speedOf(used) ?? Infinity) &&
    interfaceById(model, clientInterfaceId)?.role === 'physical'
  );
}

function findingFor(facts: HostFacts, { server, used, other, isWorseUsed }: Mix): RuleFinding {
  const names = [...new Set(other.map(({ pair }) => clientEnd(facts, pair)))];
  const usedName = clientEnd(facts, used.pair);
  return {
    severity: isWorseUsed ? 'warning' : 'info',
    message: isWorseUsed
      ? `SMB to ${server.name} uses ${usedName} (${described(used)}), while ${listed(names)} (${described(other[0])}) also ${names.length === 1 ? 'reaches' : 'reach'} it and ${names.length === 1 ? 'carries' : 'carry'} nothing.`
      : `SMB to ${server.name} uses ${usedName} (${described(used)}); ${listed(names)} (${described(other[0])}) ${names.length === 1 ? 'stays' : 'stay'} idle, since SMB uses one class of interfaces only.`,
    subjects: [server, used.pair, ...other.map(({ pair }) => pair)],
    evidence: {
      server: server.name,
      usedInterface: usedName,
      usedType: used.itsClass.type,
      usedBitsPerSecond: speedOf(used.itsClass) ?? null,
      otherInterfaces: names,
      otherType: other[0].itsClass.type,
      otherBitsPerSecond: speedOf(other[0].itsClass) ?? null,
      isWorseClassUsed: isWorseUsed,
    },
    advice: isWorseUsed
      ? 'Have SMB look again under load (Update-SmbMultichannelConnection). If it stays so, see that port 445 of the server answers from the better interface, and that its RSS or RDMA is seen by SMB (Get-SmbClientNetworkInterface).'
      : 'Nothing to do: this is how SMB Multichannel works. The idle interfaces take over only when none of the better class is left.',
  };
}

function described({ itsClass }: Ranked): string {
  const speed = speedOf(itsClass);
  const type = itsClass.type === 'plain' ? 'without RSS or RDMA' : itsClass.type;
  return speed === undefined ? type : `${type}, ${formatBitsPerSecond(speed)}`;
}
