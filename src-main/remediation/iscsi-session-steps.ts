/** Steps that make one iSCSI session or take one away, each with its way back. */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand, FoundValue, Presence, Question } from '#shared/change-command.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import { counted } from '#shared/units.ts';
import type { FixFacts, Step } from './define-fix.ts';
import {
  connectCommand,
  countStoredAfter,
  findFavourite,
  findSession,
  findStored,
  pairText,
  sessionOfLogin,
  type EarlierLogins,
  type Login,
  type Others,
} from './iscsi-logins.ts';

/** A login ends when the disks behind it are there: the array and the disk stack take their time. */
const settleSeconds = 60;

const seen = [
  'IscsiSession',
  'IscsiConnection',
  'IscsiPersistentLogin',
  'Disk',
  'MpioDisk',
  'Mpclaim',
] as const;

function foundIn(login: Login, others: Others): FoundValue {
  return { found: findSession(login, others), take: 'SessionId' };
}

function absent(login: Login, others: Others): Presence {
  return { question: findSession(login, others), isThere: false };
}

/** Takes the session of a login away, wherever it stands; nothing where it is gone. */
function removeFound(login: Login, others: Others, hasTwins: boolean): readonly ChangeCommand[] {
  const unregister: ChangeCommand = {
    cmdlet: 'Unregister-IscsiSession',
    parameters: { SessionIdentifier: foundIn(login, others) },
    // Among several new sessions from one address, only the whole session tells whether this step is undone.
    unless: hasTwins ? absent(login, others) : { question: findFavourite(login, others), isThere: false },
  };
  return [
    ...(login.isPersistent ? [unregister] : []),
    {
      cmdlet: 'Disconnect-IscsiTarget',
      parameters: { NodeAddress: login.target.nodeAddress, SessionIdentifier: foundIn(login, others) },
      unless: absent(login, others),
    },
  ];
}

/** What is wrong with a session that was just made, in one sentence, or undefined. */
function judgeNew(now: FixFacts, login: Login, others: Others): string | undefined {
  const session = sessionOfLogin(now, login, others);
  if (session === undefined) return `No new session from ${pairText(login)} is seen.`;
  if (session.isConnected !== true) return `The session from ${pairText(login)} is not connected.`;
  if (session.isPersistent !== login.isPersistent) {
    return `The session from ${pairText(login)} is ${login.isPersistent ? 'no favourite' : 'a favourite'}.`;
  }
  return judgeDisks(now, session);
}

/** A second way to a disk is one only where MPIO joins it to the first. */
function judgeDisks({ model }: FixFacts, session: IscsiSession): string | undefined {
  const earlier = model.sessions.filter(
    ({ targetId, id }) => targetId === session.targetId && id !== session.id,
  );
  const expected = new Set(earlier.flatMap(({ diskNumbers }) => diskNumbers ?? []));
  if (session.diskNumbers === undefined) return 'Which disks are behind the new session is not known.';
  const missing = [...expected].filter((number) => !(session.diskNumbers ?? []).includes(number));
  if (missing.length > 0) {
    return `Disk ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not seen through the new session.`;
  }
  for (const { name, number, mpio, sessionIds = [] } of model.disks) {
    if (!session.diskNumbers.includes(number)) continue;
    if (mpio === undefined) return `Multipath I/O does not hold ${name}, so it would be seen twice.`;
    if (mpio.paths.length < sessionIds.length) {
      return `${name} has ${counted(mpio.paths.length, 'path')} for ${counted(sessionIds.length, 'session')}.`;
    }
  }
  return undefined;
}

export interface MakeSession {
  readonly login: Login;
  /** Sessions that are there already. */
  readonly others: Others;
  /** The plan makes further sessions from the same address to the same target. */
  readonly hasTwins?: boolean;
}

export function makeSession({ login, others, hasTwins = false }: MakeSession): Step {
  const { target, from, to, isPersistent } = login;
  return {
    title: `A session from ${pairText(login)} is made to ${target.name}, ${isPersistent ? 'for good' : 'until the next restart'}; its disks get a path more.`,
    commands: [connectCommand(login)],
    changes: [
      {
        of: entityOf(target),
        property: `Session from ${pairText(login)}`,
        before: 'none',
        after: isPersistent ? 'connected, persistent' : 'connected',
      },
    ],
    impact: 'adds',
    ...(from !== null && {
      leaves: [
        {
          change: 'add-session',
          initiatorAddress: from,
          portalAddress: to,
          targetId: target.id,
        },
      ],
    }),
    verify: {
      says: `A session from ${pairText(login)} is connected, and Multipath I/O uses it as a path of the same disks.`,
      observations: seen,
      settleSeconds,
      differs: (now) => judgeNew(now, login, others),
    },
    undo: removeFound(login, others, hasTwins),
  };
}

export interface RemoveSession {
  readonly facts: FixFacts;
  readonly login: Login;
  readonly session: IscsiSession;
  /** All other sessions that are there. */
  readonly others: Others;
  /**
   * Steps are undone in reverse: what earlier ones took away is not back yet when this one is undone. Left out where no
   * session of the plan has a twin.
   */
  readonly earlier?: EarlierLogins;
  readonly isActivePath?: boolean;
}

/** Unregister comes first: it needs the live session, and without it Windows would log in again. */
export function removeSession({
  facts,
  login,
  session,
  others,
  earlier = { made: [], gone: [] },
  isActivePath = false,
}: RemoveSession): Step {
  const { target } = login;
  // Windows calls a session persistent where a favourite has its ends, also where that is the favourite of its twin.
  const hasTwin = facts.model.sessions.some(
    ({ id, targetId, boundAddress, connections }) =>
      id !== session.id &&
      targetId === target.id &&
      boundAddress === login.from &&
      connections.some(({ targetAddress }) => targetAddress === login.to),
  );
  const identifier = session.sessionIdentifier;
  const commands: readonly ChangeCommand[] = [
    ...(login.isPersistent
      ? [{ cmdlet: 'Unregister-IscsiSession', parameters: { SessionIdentifier: identifier } }]
      : []),
    {
      cmdlet: 'Disconnect-IscsiTarget',
      parameters: { NodeAddress: target.nodeAddress, SessionIdentifier: identifier },
    },
  ];
  const isThere: Presence = { question: findSession(login, others), isThere: true };
  return {
    title: `The session from ${pairText(login)} to ${target.name} is taken away${isActivePath ? '; it carries the requests now, so they move to another path' : ''}.`,
    commands,
    changes: [
      {
        of: entityOf(session),
        property: `Session from ${pairText(login)}`,
        before: login.isPersistent ? 'connected, persistent' : 'connected',
        after: 'none',
      },
    ],
    impact: 'path',
    takesDown: [session.id],
    leaves: [{ change: 'fail', id: session.id }],
    verify: {
      says: `The session from ${pairText(login)} is gone, is no favourite, and every disk behind it has a working path.`,
      observations: seen,
      settleSeconds,
      differs: (now) => judgeGone(now, login, session),
    },
    undo: [
      { ...connectCommand(login), unless: isThere },
      // Where only the favourite was taken away, the session is still there and gets it back.
      ...(login.isPersistent
        ? [
            {
              cmdlet: 'Register-IscsiSession',
              parameters: {
                SessionIdentifier: identifier,
                IsMultipathEnabled: true,
                ...(login.chap !== undefined && {
                  ChapUsername: login.chap.user,
                  ChapSecret: { secret: login.chap.secret },
                }),
              },
              unless: hasTwin
                ? {
                    question: findStored(login),
                    isThere: true,
                    atLeast: countStoredAfter(facts, login, earlier),
                  }
                : { question: leftAlone(identifier), isThere: false },
            },
          ]
        : []),
    ],
  };
}

/** The session as it stands when its favourite is gone and it is not. */
function leftAlone(identifier: string): Question {
  return {
    read: 'Get-IscsiSession',
    where: [
      { property: 'SessionIdentifier', is: identifier },
      { property: 'IsPersistent', is: false },
    ],
  };
}

function judgeGone({ model }: FixFacts, login: Login, session: IscsiSession): string | undefined {
  const isLeft = model.sessions.some(({ id }) => id === session.id);
  if (isLeft) return `The session from ${pairText(login)} is still there.`;
  for (const number of session.diskNumbers ?? []) {
    const disk = model.disks.find((one) => one.number === number);
    if (disk === undefined) return `Disk ${number} is no longer there.`;
    const working = (disk.mpio?.paths ?? []).filter(
      ({ state }) => state !== 'Failed' && state !== 'Unavailable',
    );
    if (disk.mpio !== undefined && working.length === 0) return `${disk.name} has no working path.`;
  }
  return undefined;
}

/**
 * One login more over a pair that stays, and out again: whether the secret is right, before a session goes that only
 * the secret brings back. Over another pair than those that go, so that it is never taken for one of them.
 */
export function proveSecret(kept: Login, others: Others): Step {
  const login: Login = { ...kept, isPersistent: false };
  const logOut: ChangeCommand = {
    cmdlet: 'Disconnect-IscsiTarget',
    parameters: { NodeAddress: login.target.nodeAddress, SessionIdentifier: foundIn(login, others) },
  };
  return {
    title: `One more session from ${pairText(login)} to ${login.target.name} is made and taken away again: only if the CHAP secret is right can the others be brought back.`,
    commands: [connectCommand(login), logOut],
    changes: [],
    impact: 'adds',
    verify: {
      says: 'The target took the secret, and the session made for that is gone.',
      observations: seen,
      settleSeconds,
      differs: (now) =>
        sessionOfLogin(now, login, others) === undefined
          ? undefined
          : `A session from ${pairText(login)} is left over.`,
    },
    undo: [{ ...logOut, unless: absent(login, others) }],
  };
}
