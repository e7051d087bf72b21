/** What a login and a logout make of a host: sessions, the disks behind them, and the paths of MPIO. */
import type { MpioPathState } from '#shared/host/storage-records.ts';
import type { ExplicitIscsi, ExplicitScenario } from '../explicit.ts';
import type { Machine } from '../machine.ts';
import type {
  ScenarioDisk,
  ScenarioLogin,
  ScenarioMpio,
  ScenarioSession,
  ScenarioTarget,
} from '../scenario.ts';

/** Whether the Microsoft DSM takes iSCSI disks that arrive now. */
function claimsIscsi({ features, mpio, pending, windows }: ExplicitScenario): boolean {
  return (
    features.includes('Multipath-IO') &&
    windows.isClient !== true &&
    (mpio.claimsIscsi ?? true) &&
    pending?.claimsIscsi !== true
  );
}

type MpioDisk = ScenarioMpio['disks'][number];

/** The states of a disk's paths, in the order of the sessions that lead to it. */
function pathStatesOf(scenario: ExplicitScenario, entry: MpioDisk): MpioPathState[] {
  const through = scenario.iscsi.sessions.filter((session) => session.disks?.includes(entry.disk) === true);
  return through.map(
    (session, index) =>
      entry.pathStates?.[index] ?? (session.isConnected === false ? 'Failed' : 'Active/Optimized'),
  );
}

/** One path carries the others' load where only one may be active. */
function settled(entry: MpioDisk, states: readonly MpioPathState[]): MpioPathState[] {
  if (entry.policy !== 'FOO' || states.some((state) => state.startsWith('Active'))) return [...states];
  const first = states.indexOf('Standby');
  return states.map((state, index) => (index === first ? 'Active/Optimized' : state));
}

function freeNumber(disks: readonly ScenarioDisk[], wanted: number): number {
  const taken = new Set(disks.map((disk) => disk.number));
  if (!taken.has(wanted)) return wanted;
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

/** A session's persistence is that of the stored login with the same ends. */
export function withPersistence(iscsi: ExplicitIscsi): ExplicitIscsi {
  const sessions = iscsi.sessions.map((session) => {
    const [connection] = session.connections;
    const isPersistent = iscsi.logins.some(
      (login) =>
        login.iqn === session.iqn && login.to === connection?.to && login.from === (connection.from ?? null),
    );
    return { ...session, isPersistent };
  });
  return { ...iscsi, sessions };
}

/** The scenario with one more session. */
export function withSession(scenario: ExplicitScenario, login: ScenarioLogin): ExplicitScenario {
  const { iscsi } = scenario;
  const target = iscsi.targets.find((entry) => entry.iqn === login.iqn);
  const isClaimed = claimsIscsi(scenario);
  const numbers: number[] = [];
  let disks = scenario.disks;
  let held = scenario.mpio.disks;
  for (const { policy, ...lun } of target?.luns ?? []) {
    const twins = disks.filter((disk) => disk.uniqueId === lun.uniqueId);
    const holder = isClaimed
      ? held.find((entry) => twins.some((twin) => twin.number === entry.disk))
      : undefined;
    if (holder !== undefined) {
      const states = pathStatesOf(scenario, holder);
      const next: MpioPathState =
        holder.policy === 'FOO' && states.some((state) => state.startsWith('Active'))
          ? 'Standby'
          : 'Active/Optimized';
      held = held.map((entry) => (entry === holder ? { ...entry, pathStates: [...states, next] } : entry));
      numbers.push(holder.disk);
      continue;
    }
    const number = freeNumber(disks, lun.number);
    // A second disk with the signature of one that is online stays offline.
    const isOffline = twins.length > 0 || lun.isOffline === true;
    disks = [...disks, { ...lun, number, ...(isOffline ? { isOffline } : {}) }];
    numbers.push(number);
    if (isClaimed && twins.length === 0) {
      const { globalPolicy } = scenario.mpio;
      const usual = globalPolicy === undefined || globalPolicy === 'None' ? 'RR' : globalPolicy;
      held = [...held, { disk: number, policy: policy ?? usual }];
    }
  }
  const ordinal = nextOrdinal(iscsi);
  const session: ScenarioSession = {
    iqn: login.iqn,
    connections: [{ from: login.from, to: login.to }],
    disks: numbers,
    isMultipath: login.isMultipath,
    ordinal,
    ...(login.chap === undefined ? {} : { chapUser: login.chap.username }),
  };
  return {
    ...scenario,
    disks,
    mpio: { ...scenario.mpio, disks: held },
    iscsi: withPersistence({ ...iscsi, lastOrdinal: ordinal, sessions: [...iscsi.sessions, session] }),
  };
}

function nextOrdinal(iscsi: ExplicitIscsi): number {
  return 1 + Math.max(iscsi.lastOrdinal ?? 0, ...iscsi.sessions.map((session) => session.ordinal ?? 0));
}

/** Whether Windows refuses to log a session out: a disk that is online is seen through no other connected one. */
export function isBusy(machine: Machine, scenario: ExplicitScenario, session: ScenarioSession): boolean {
  const connected = new Set(
    machine.storage.sessions.filter((entry) => entry.isConnected).map((entry) => entry.ordinal),
  );
  return (session.disks ?? []).some((number) => {
    const disk = scenario.disks.find((entry) => entry.number === number);
    if (disk === undefined || disk.isOffline === true) return false;
    return !scenario.iscsi.sessions.some(
      (other) =>
        other !== session && connected.has(other.ordinal ?? 0) && other.disks?.includes(number) === true,
    );
  });
}

/** The scenario without a session, and without the disks that nothing else leads to. */
export function withoutSession(scenario: ExplicitScenario, gone: ScenarioSession): ExplicitScenario {
  const { iscsi } = scenario;
  const sessions = iscsi.sessions.filter((session) => session !== gone);
  const vanished = new Set(
    (gone.disks ?? []).filter((number) => !sessions.some((session) => session.disks?.includes(number))),
  );
  const held = scenario.mpio.disks.flatMap((entry): MpioDisk[] => {
    if (vanished.has(entry.disk)) return [];
    const through = iscsi.sessions.filter((session) => session.disks?.includes(entry.disk));
    const place = through.indexOf(gone);
    if (place < 0) return [entry];
    const states = pathStatesOf(scenario, entry).filter((_, index) => index !== place);
    return [{ ...entry, pathStates: settled(entry, states) }];
  });
  const remembered = iscsi.targets.map((target) =>
    target.iqn === gone.iqn ? { ...target, luns: lunsAfter(scenario, target, vanished) } : target,
  );
  return {
    ...scenario,
    disks: scenario.disks.filter((disk) => !vanished.has(disk.number)),
    mpio: { ...scenario.mpio, disks: held },
    iscsi: {
      ...iscsi,
      targets: remembered,
      sessions,
      lastOrdinal: nextOrdinal(iscsi) - 1,
    },
  };
}

/** What Windows remembers of disks that go: their numbers as long as they are free, and their policies. */
function lunsAfter(scenario: ExplicitScenario, target: ScenarioTarget, vanished: ReadonlySet<number>) {
  return (target.luns ?? []).map((lun) => {
    const number = [...vanished].find(
      (gone) => scenario.disks.find((disk) => disk.number === gone)?.uniqueId === lun.uniqueId,
    );
    const disk = scenario.disks.find((entry) => entry.number === number);
    // A duplicate says nothing about the disk that was there first.
    if (
      disk === undefined ||
      scenario.disks.some((twin) => twin !== disk && twin.uniqueId === disk.uniqueId)
    ) {
      return lun;
    }
    const policy = scenario.mpio.disks.find((entry) => entry.disk === number)?.policy ?? lun.policy;
    return { ...disk, ...(policy === undefined ? {} : { policy }) };
  });
}
