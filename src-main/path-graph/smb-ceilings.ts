/** What a file server can get: per share where SMB selects other pairs for some of them. */
import type { Share, SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import type { PartCeilings, PathCeilings, TargetCeilings } from '#shared/path-graph.ts';
import {
  cutAssumptions,
  farAssumptions,
  mappingAssumptions,
  teamAssumptions,
} from './ceiling-assumptions.ts';
import { toldLinks, toldOf } from './ceiling-facts.ts';
import type { Facts } from './ceiling-facts.ts';
import type { Carrier } from './flow-model.ts';
import { uniqueEntities } from './leg-limits.ts';
import { hasChannelsInUse, legOfChannel } from './legs.ts';
import { singlePath } from './path-policy.ts';
import type { PathPlan } from './path-policy.ts';
import { figuresOfPlan, legsOf, limitOfTarget, openFigures, overParts } from './plan-figures.ts';
import { inAll, sharedBehind, vitalHops } from './shared-behind.ts';
import { connectionsOf, pairsInUse } from './smb-connections.ts';
import { isAdministrativeShare } from './smb.ts';
import { throttled } from './throttles.ts';
import type { Throttle } from './throttles.ts';
import { channelsInUse } from './walks.ts';

function planOfServer(server: SmbServer, pairs: readonly SmbChannel[], facts: Facts): PathPlan<Carrier> {
  const names = [server.name, ...server.aliases];
  if (pairs.length === 0) {
    return {
      ...singlePath({ route: server, legs: [{ leg: facts.smbWithoutPairs, connections: 1, isRdma: false }] }),
      row: 'Multichannel off, dialect < 3',
    };
  }
  const connections = connectionsOf(pairs, facts.smb);
  const paths = pairs.map((channel, index): Carrier => {
    const leg = legOfChannel(facts.model, channel);
    const reported = leg.portalBitsPerSecond;
    const portalLinks =
      toldLinks(facts.told, names, channel.serverIpAddress) ??
      (reported === undefined ? undefined : [reported]);
    return {
      route: channel,
      legs: [
        {
          leg,
          connections: connections[index] ?? 1,
          isRdma: channel.clientRdmaCapable === true && channel.serverRdmaCapable !== false,
          ...(portalLinks !== undefined && { portalLinks }),
        },
      ],
    };
  });
  return { row: 'SMB', now: { paths, sharing: 'together' }, copy: { over: 'all' }, assumptions: [] };
}

interface JudgedShares {
  readonly plan: PathPlan<Carrier>;
  /** Empty where SMB reaches the server for something else (the storage bus of a cluster). */
  readonly shares: readonly Share[];
  readonly figures: PathCeilings;
  /** Some pairs that are selected carry nothing. */
  readonly isNarrowed: boolean;
}

/** Each SMB instance of Windows selects pairs of its own; shares with the same figures stand together. */
function judgeShares(server: SmbServer, facts: Facts): readonly JudgedShares[] {
  const shares = server.shares.filter(({ shareName }) => !isAdministrativeShare(shareName));
  const judge = (
    channels: readonly SmbChannel[],
    of: readonly Share[],
    limit: Throttle | undefined,
  ): JudgedShares => {
    const own = { ...server, channels };
    const { used, left } = hasChannelsInUse(own) ? pairsInUse(own, facts.model) : { used: [], left: [] };
    const plan = planOfServer(server, used, facts);
    // What goes by RDMA never passes the policies for TCP.
    const isRdma = legsOf(plan.now.paths).some((leg) => leg.isRdma);
    const sending = isRdma ? undefined : facts.throttles.ofSending('SMB', [445]);
    const { host } = facts.throttles;
    return {
      plan,
      shares: of,
      figures: throttled(throttled(figuresOfPlan(plan, facts.wire, facts), sending, host), limit, host),
      isNarrowed: left.length > 0,
    };
  };
  const instances = [...new Set(channelsInUse(server).map(({ smbInstance }) => smbInstance))].toSorted();
  const found = new Map<string, JudgedShares>();
  for (const instance of instances.length < 2 ? [undefined] : instances) {
    const own = shares.filter(
      ({ smbInstance }) => instance === undefined || (smbInstance ?? 'Default') === instance,
    );
    const channels = server.channels.filter(
      ({ smbInstance }) => instance === undefined || smbInstance === instance,
    );
    const byLimit = Map.groupBy(own, (share) => facts.throttles.ofShare(share)?.bitsPerSecond);
    const groups = byLimit.size === 0 ? [[]] : [...byLimit.values()];
    for (const of of groups) {
      const [first] = of;
      const judged = judge(channels, of, first === undefined ? undefined : facts.throttles.ofShare(first));
      const { singleStream, read, write } = judged.figures;
      const bare = [read, write].map((one) => [one.oneCopy, one.guaranteed, one.possible]);
      const key = JSON.stringify([singleStream, bare]);
      const there = found.get(key);
      found.set(key, there === undefined ? judged : together(there, judged));
    }
  }
  return [...found.values()];
}

/** Shares with the same figures, over pairs of one instance of SMB or of several. */
function together(one: JudgedShares, other: JudgedShares): JudgedShares {
  const paths = new Map(
    [...one.plan.now.paths, ...other.plan.now.paths].map((path) => [path.route.id, path]),
  );
  return {
    ...one,
    shares: [...one.shares, ...other.shares],
    plan: { ...one.plan, now: { ...one.plan.now, paths: [...paths.values()] } },
    isNarrowed: one.isNarrowed || other.isNarrowed,
  };
}

export function ceilingsOfServer(server: SmbServer, facts: Facts): TargetCeilings {
  const { model } = facts;
  const base = {
    kind: 'smb',
    id: server.id,
    name: server.name,
    aliases: server.aliases.filter((alias) => alias !== server.name),
    diskNumbers: [],
    shares: server.shares.map((share) => share.shareName),
    routeIds: facts.routeIdsByTarget.get(server.id) ?? [],
  } as const;
  if (server.isLoopback) {
    return {
      ...base,
      ...openFigures('The server is this very host: no wire limits the stream.'),
      parts: [],
      limitedBy: [],
      singlePointsOfFailure: [],
      sharedBehind: [],
      assumptions: [],
    };
  }
  const judged = judgeShares(server, facts);
  const all = overParts(judged.map(({ figures }) => figures));
  const carriers = [
    ...new Map(judged.flatMap(({ plan }) => plan.now.paths.map((path) => [path.route.id, path]))).values(),
  ];
  const legs = legsOf(carriers);
  const told = toldOf(
    facts.told,
    [server.name, ...server.aliases],
    server.channels.flatMap(({ serverIpAddress }) => serverIpAddress ?? []),
  );
  const parts = judged.flatMap(({ plan, shares, figures }): PartCeilings[] =>
    shares.length === 0
      ? []
      : [
          {
            of: uniqueEntities(shares),
            routeIds: plan.now.paths.flatMap(({ route }) => (route.kind === 'channel' ? [route.id] : [])),
            ...figures,
          },
        ],
  );
  const areAlike = judged.length < 2;
  return {
    ...base,
    ...all,
    parts: areAlike ? [] : parts,
    ...limitOfTarget(all),
    singlePointsOfFailure: inAll(legs.map(({ leg }) => vitalHops(model, leg))),
    sharedBehind: sharedBehind(carriers),
    assumptions: [
      ...new Set([
        ...farAssumptions(legs, told),
        ...judged.flatMap(({ plan }) => plan.assumptions),
        ...mappingAssumptions(legs),
        ...teamAssumptions(legs),
        ...cutAssumptions(legs),
        ...facts.throttles.assumptions.SMB,
        ...(judged.some(({ isNarrowed }) => isNarrowed)
          ? [
              'SMB uses the interfaces of the best kind and speed only; pairs of a lesser one are not counted.',
            ]
          : []),
        ...(areAlike
          ? []
          : [
              'The shares of the server differ: certain is the lowest of them, possible the highest, and each has its own figures.',
            ]),
      ]),
    ],
  };
}
