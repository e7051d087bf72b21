/** Favourite targets (logins that Windows repeats after a restart) beside the sessions that are there. */
import type { Entity, HostModel, IscsiSession } from '#shared/host/host-model.ts';
import type { IscsiPersistentLoginRecord } from '#shared/host/storage-records.ts';
import type { HostFacts } from './define-rule.ts';
import { withoutInitiator } from './iscsi-paths.ts';
import { anyGapOf, isAnswered } from './readings.ts';

/** The favourites of one target, and its sessions, connected or not. */
export interface TargetLogins {
  readonly target: Entity;
  /** The target's name as a key: without case. */
  readonly key: string;
  readonly logins: readonly IscsiPersistentLoginRecord[];
  readonly sessions: readonly IscsiSession[];
  readonly connected: readonly IscsiSession[];
  /** The initiator knows the target from a portal, or has a session to it. Undefined where it could not be asked. */
  readonly isOffered: boolean | undefined;
}

/** One for each target that has a favourite or a session. */
export function loginsByTarget({ model, snapshot }: HostFacts): readonly TargetLogins[] {
  const { IscsiPersistentLogin, IscsiTarget } = snapshot.readings;
  const records = IscsiPersistentLogin.status === 'ok' ? IscsiPersistentLogin.records : [];
  const logins = Map.groupBy(records, ({ targetName }) => targetName.toLowerCase());
  const sessions = Map.groupBy(model.sessions, ({ targetId }) => targetId);
  const known = new Map(model.targets.map((target) => [target.nodeAddress.toLowerCase(), target]));
  const offered =
    IscsiTarget.status === 'ok'
      ? new Set(IscsiTarget.records.map(({ nodeAddress }) => nodeAddress.toLowerCase()))
      : undefined;
  const withSessions = model.targets
    .filter(({ id }) => sessions.has(id))
    .map(({ nodeAddress }) => nodeAddress.toLowerCase());
  return [...new Set([...logins.keys(), ...withSessions])].map((key): TargetLogins => {
    const target = known.get(key);
    const own = target === undefined ? [] : (sessions.get(target.id) ?? []);
    const name = target?.name ?? logins.get(key)?.[0]?.targetName ?? key;
    return {
      target: target ?? { kind: 'target', id: `target:${key}`, name },
      key,
      logins: logins.get(key) ?? [],
      sessions: own,
      connected: own.filter(({ isConnected }) => isConnected !== false),
      isOffered: offered?.has(key),
    };
  });
}

/** When rules about favourites and the initiator apply. */
export const appliesToInitiator = {
  needs: [],
  notApplicable: (facts: HostFacts): string | undefined => {
    if (anyGapOf(facts.snapshot, 'IscsiSession') !== undefined) return withoutInitiator(facts);
    if (facts.model.sessions.length > 0 || !isAnswered(facts.snapshot, 'IscsiPersistentLogin'))
      return undefined;
    return loginsByTarget(facts).length === 0
      ? 'This host has no iSCSI session and no favourite target.'
      : undefined;
  },
} as const;

/** True where a disk behind the session is the one that Windows starts from: the firmware made that session. */
export function isBootSession(model: HostModel, { diskNumbers }: IscsiSession): boolean {
  return model.disks.some(
    ({ number, isBootOrSystem }) => isBootOrSystem === true && diskNumbers?.includes(number) === true,
  );
}
