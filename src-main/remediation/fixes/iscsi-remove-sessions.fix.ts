/** Sessions that add no link, taken away one by one. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import { pairingOf } from '../../path-graph/pairing.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import {
  chapChoices,
  identifiersOf,
  lacksChap,
  loginOf,
  needsChap,
  pairText,
  sessionsMeant,
  targetsMeant,
  type Login,
} from '../iscsi-logins.ts';
import { proveSecret, removeSession } from '../iscsi-session-steps.ts';
import { disksBehind } from '../multipath-in-effect.ts';
import { needsMicrosoftDsm } from '../refusals.ts';
import { cannotReplace } from '../replaceable-session.ts';

/** Sessions over links that another one uses too: of those over one pair all but one, and all over other pairs. */
function surplus(request: FixRequest): ReadonlySet<string> {
  const { model, snapshot } = request;
  return new Set(
    targetsMeant(request).flatMap((target) =>
      pairingOf(model, target, snapshot).cells.flatMap(({ state, sessions }) => {
        if (state === 'adds-nothing') return sessions.map(({ id }) => id);
        if (state !== 'repeated') return [];
        // The favourite stays: it is the one that is meant to be there.
        const favourite = sessions.find(
          ({ id }) => model.sessions.find((one) => one.id === id)?.isPersistent === true,
        );
        return sessions.filter((one) => one !== (favourite ?? sessions[0])).map(({ id }) => id);
      }),
    ),
  );
}

function removable(request: FixRequest): readonly IscsiSession[] {
  return sessionsMeant(request).filter(
    (session) => session.isConnected !== false && cannotReplace(request, session).length === 0,
  );
}

function pairOf({ targetId, boundAddress, connections: [connection] }: IscsiSession): string {
  return `${targetId} ${boundAddress ?? ''} ${connection?.targetAddress ?? ''}`;
}

/** With failover only, the one path that carries. */
function isActivePath({ model }: FixFacts, { scsiAddresses = [] }: IscsiSession): boolean {
  return model.disks.some(
    ({ mpio }) =>
      mpio?.lbPolicy === 'FOO' &&
      mpio.paths.some(
        ({ state, scsiAddress }) =>
          state?.startsWith('Active') === true &&
          scsiAddress !== undefined &&
          scsiAddresses.includes(scsiAddress),
      ),
  );
}

/**
 * By the ends, as the terminal names a session; which of several with the same ends, and the target where there are
 * more. Not by the identifier: one that is brought back has another.
 */
function valuesOf(request: FixRequest): ReadonlyMap<string, IscsiSession> {
  const isOne = targetsMeant(request).length === 1;
  const counts = new Map<string, number>();
  return new Map(
    removable(request).map((session) => {
      const pair = pairOf(session);
      const nth = (counts.get(pair) ?? 0) + 1;
      counts.set(pair, nth);
      const target = request.model.targets.find(({ id }) => id === session.targetId);
      const value = [
        session.boundAddress ?? 'any',
        session.connections[0]?.targetAddress ?? '',
        ...(isOne ? [] : [target?.nodeAddress ?? '']),
        ...(nth === 1 ? [] : [`#${nth}`]),
      ].join(',');
      return [value, session] as const;
    }),
  );
}

function check(request: FixRequest, chosen: readonly string[]): string | undefined {
  const { model } = request;
  const sessions = sessionsNamed(request, chosen);
  if (sessions.length < chosen.length) return 'One of them is no session that can be taken away.';
  if (sessions.length === 0) return 'Choose at least one session.';
  if (new Set(sessions.map(pairOf)).size < sessions.length) {
    return 'Of several sessions over one pair take one away at a time, so that each can be brought back.';
  }
  const unproven = targetsMeant(request).find(
    (target) =>
      needsChap(request, target) &&
      sessions.some(({ targetId }) => targetId === target.id) &&
      !model.sessions.some(
        (session) =>
          session.targetId === target.id &&
          session.isConnected !== false &&
          !sessions.some((going) => pairOf(going) === pairOf(session)),
      ),
  );
  if (unproven !== undefined) {
    return `The CHAP secret of ${unproven.name} cannot be proven beforehand: no session over another pair stays.`;
  }
  for (const target of targetsMeant(request)) {
    const left = model.sessions.filter(
      ({ targetId, isConnected, sessionIdentifier }) =>
        targetId === target.id &&
        isConnected !== false &&
        !sessions.some((going) => going.sessionIdentifier === sessionIdentifier),
    );
    if (left.length === 0 && sessions.some(({ targetId }) => targetId === target.id)) {
      return `${target.name} would have no session left.`;
    }
  }
  return undefined;
}

function sessionsNamed(request: FixRequest, chosen: readonly string[]): readonly IscsiSession[] {
  return [...valuesOf(request)].flatMap(([value, session]) => (chosen.includes(value) ? [session] : []));
}

function chosenIn({ answers }: FixRequest): readonly string[] {
  const answer = answers['sessions'] ?? [];
  return typeof answer === 'string' ? [answer] : answer;
}

export const fix = defineFix({
  id: 'iscsi-remove-sessions',
  title: 'Take sessions away that add nothing',
  impact: 'path',
  needs: ['IscsiSession', 'IscsiConnection', 'IscsiPersistentLogin', 'NetAdapter', 'NetIPAddress', 'Disk'],
  order: 70,
  precheck: (request): readonly Refusal[] => {
    const bad = sessionsMeant(request).flatMap((session) => cannotReplace(request, session));
    const disks = disksBehind(request, targetsMeant(request));
    if (disks === undefined) {
      return [
        {
          reason: 'fact-missing',
          message: 'Which disks the sessions lead to is not known, so it is not known what each would leave.',
          remedy: 'Look again as an administrator.',
        },
      ];
    }
    return [...needsMicrosoftDsm(disks), ...(removable(request).length === 0 ? bad : [])];
  },
  choices: (request) => {
    const extra = surplus(request);
    const open = valuesOf(request);
    const pairs = new Set<string>();
    const proposed = [...open].filter(([, session]) => {
      if (!extra.has(session.id) || pairs.has(pairOf(session))) return false;
      pairs.add(pairOf(session));
      return true;
    });
    const ids = new Set([...open.values()].map(({ targetId }) => targetId));
    return [
      {
        id: 'sessions',
        question: 'Which sessions shall go?',
        type: 'several-of',
        options: [...open].map(([value, session]) => ({ value, label: labelOf(request, session) })),
        proposal: proposed.map(([value]) => value),
        because:
          "They run over the links of another session. Where the array's vendor asks for so many, leave them.",
        check: (value) => check(request, typeof value === 'string' ? [value] : value),
      },
      ...chapChoices(
        request,
        targetsMeant(request).filter(({ id }) => ids.has(id)),
      ),
    ];
  },
  plan: (request): readonly Step[] => {
    const sessions = sessionsNamed(request, chosenIn(request));
    const logins = sessions.flatMap((session) => {
      const login = loginOf(request, session);
      return login === undefined || lacksChap(request, login.target) ? [] : [{ session, login }];
    });
    if (logins.length < sessions.length) return [];
    const known = identifiersOf(request);
    return [
      ...[...provers(request, sessions).values()].map((login) => proveSecret(login, { sessions: known })),
      ...logins.map(({ session, login }, index) =>
        removeSession({
          facts: request,
          login,
          session,
          others: {
            sessions: known.filter((id) => id !== session.sessionIdentifier),
            // Those that are brought back before this one have identifiers that nobody knows yet.
            addresses: logins.flatMap((one) => one.login.from ?? []),
          },
          earlier: { made: [], gone: logins.slice(0, index).map((one) => one.login) },
          isActivePath: isActivePath(request, session),
        }),
      ),
    ];
  },
});

/**
 * For each target with CHAP that loses sessions: one that stays, over a pair that none of them has. Windows keeps the
 * secret and tells it to nobody, so it has to be proven before the first session goes.
 */
function provers(request: FixRequest, going: readonly IscsiSession[]): ReadonlyMap<string, Login> {
  const pairs = new Set(going.map(pairOf));
  const targets = new Set(going.map(({ targetId }) => targetId));
  return new Map(
    request.model.sessions.flatMap((session) => {
      if (!targets.has(session.targetId) || pairs.has(pairOf(session))) return [];
      const login = session.isConnected === false ? undefined : loginOf(request, session);
      return login?.chap === undefined ? [] : [[session.targetId, login] as const];
    }),
  );
}

function labelOf(request: FixRequest, session: IscsiSession): string {
  const [connection] = session.connections;
  const target = request.model.targets.find(({ id }) => id === session.targetId);
  const ends = pairText({ from: session.boundAddress ?? null, to: connection?.targetAddress ?? '' });
  return `${ends} (${target?.name ?? ''}, ${session.sessionIdentifier}${session.isPersistent === true ? '' : ', no favourite'})`;
}
