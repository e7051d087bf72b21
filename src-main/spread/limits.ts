/**
 * Every figure that a verdict on traffic turns on, by name. Where they come from is in docs/spread.md; the ones marked
 * there as simulated were chosen by e2e/bench/spread-bench.ts, which prints what they cost.
 */
export interface SpreadLimit {
  readonly value: number;
  readonly unit: string;
  /** What it decides, in one sentence. */
  readonly says: string;
}

export const spreadLimits = {
  windowSeconds: {
    value: 60,
    unit: 's',
    says: 'Traffic is judged over windows of this length, each by itself.',
  },
  confirmWindows: {
    value: 3,
    unit: 'windows',
    says: 'A fault is said after this many windows in a row that show it, and taken back after as many that do not.',
  },
  leastBytesPerSecond: {
    value: 1_000_000,
    unit: 'byte/s',
    says: 'Paths that carry less than this together are not judged.',
  },
  leastUse: {
    value: 0.01,
    unit: 'of capacity',
    says: 'Paths that use less than this part of their links are not judged.',
  },
  leastRequestsPerSecond: {
    value: 200,
    unit: 'requests/s',
    says: 'With this many requests, paths are judged however few bytes they move.',
  },
  busyPart: {
    value: 0.66,
    unit: 'of the window',
    says: 'Traffic has to be enough in this part of a window for the window to count.',
  },
  requestsPerPath: {
    value: 50,
    unit: 'requests',
    says: 'Shares of a policy that deals requests out are judged once each path could have had this many in a window.',
  },
  largestRequestBytes: {
    value: 1_048_576,
    unit: 'byte',
    says: 'Where requests are not counted, this is taken as the size of each.',
  },
  idleShare: {
    value: 0.02,
    unit: 'of its part',
    says: 'A path that carries less than this part of what it should counts as idle.',
  },
  idleShareOfHash: {
    value: 0.001,
    unit: 'of its part',
    says: 'The same for the members of a team, which a hash may leave with little.',
  },
  fairness: {
    value: 0.9,
    unit: "Jain's index",
    says: 'Paths that a policy serves alike lean below this index.',
  },
  shareGap: {
    value: 0.25,
    unit: 'of the whole',
    says: 'Paths that a policy serves alike lean when one has this much more beyond its part than another.',
  },
  wrongShare: {
    value: 0.05,
    unit: 'of the whole',
    says: 'More than this on paths that should carry nothing is a fault.',
  },
  leastFlows: {
    value: 32,
    unit: 'flows',
    says: 'With fewer flows nothing is said of how evenly a hash spreads them.',
  },
  hashChance: {
    value: 0.0002,
    unit: 'probability',
    says: 'An idle member is a fault only where an even hash leaves one without any flow more seldom than this.',
  },
  queuePerPath: {
    value: 2,
    unit: 'requests',
    says: 'A policy by queue depth uses all paths once this many requests wait for each.',
  },
  costlyUse: {
    value: 0.5,
    unit: 'of the link',
    says: 'Uneven paths cost something when the busiest one uses more than this part of its link.',
  },
  ownTraffic: {
    value: 0.5,
    unit: 'of the adapters',
    says: 'Adapters tell of a file server only while its shares move at least this part of what the adapters move.',
  },
  queueDepth: {
    value: 2,
    unit: 'requests',
    says: 'A disk with more requests in flight than this, for each path or spindle, has a deep queue.',
  },
  queueSeconds: {
    value: 60,
    unit: 's',
    says: 'A deep queue is told once it has lasted this long.',
  },
  latencyRise: {
    value: 1.5,
    unit: 'times the usual',
    says: 'A deep queue is no fault while requests take no longer than this many times what they take at rest.',
  },
  quickMilliseconds: {
    value: 5,
    unit: 'ms',
    says: 'Where a disk was never seen at rest, requests up to this long count as quick.',
  },
  ceilingUse: {
    value: 0.95,
    unit: 'of the ceiling',
    says: 'From this part of a ceiling on, traffic is held back by it.',
  },
  ceilingSeconds: {
    value: 30,
    unit: 's',
    says: 'That traffic is held back by a ceiling is told once it has lasted this long.',
  },
  mostlyShare: {
    value: 0.6,
    unit: 'of the traffic',
    says: 'From this part on, traffic counts as mostly that of one role.',
  },
} as const satisfies Readonly<Record<string, SpreadLimit>>;

type SpreadLimitName = keyof typeof spreadLimits;
export type SpreadLimits = Readonly<Record<SpreadLimitName, number>>;

/** The figures as they hold for one host. */
export function limitsWith(set: Readonly<Record<string, number>> = {}): SpreadLimits {
  return Object.fromEntries(
    Object.entries(spreadLimits).map(([name, { value }]) => [name, set[name] ?? value]),
  ) as SpreadLimits;
}
