/** Sessions that Windows makes again after a restart. */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand, Question } from '#shared/change-command.ts';
import type { IscsiSession } from '#shared/host/host-model.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import {
  chapChoices,
  countStored,
  lacksChap,
  loginOf,
  pairText,
  sessionsMeant,
  targetsMeant,
} from '../iscsi-logins.ts';
import { disksBehind } from '../multipath-in-effect.ts';

function sessionsOver({ model }: FixFacts, targetId: string, portal: string): number {
  return model.sessions.filter(
    (session) =>
      session.targetId === targetId &&
      session.connections.some(({ targetAddress }) => targetAddress === portal),
  ).length;
}

/** Sessions that are no favourite, one connection each: what is stored twice is made twice at the next start. */
function toRegister(request: FixRequest): readonly IscsiSession[] {
  return sessionsMeant(request).filter(
    ({ isPersistent, isConnected, isOffloaded }) =>
      isPersistent === false && isConnected !== false && !isOffloaded,
  );
}

export const fix = defineFix({
  id: 'iscsi-sessions-persistent',
  title: 'Let Windows make these sessions again after a restart',
  impact: 'none',
  needs: ['IscsiSession', 'IscsiPersistentLogin', 'Disk'],
  order: 58,
  precheck: (request): readonly Refusal[] => {
    const vague = toRegister(request).filter((session) => loginOf(request, session) === undefined);
    return vague.map(({ name, connections }) => ({
      reason: connections.length > 1 ? 'does-not-fit' : 'fact-missing',
      message:
        connections.length > 1
          ? `The session ${name} has ${connections.length} connections, which a favourite does not keep together.`
          : `Between which addresses the session ${name} runs is not known.`,
      remedy:
        connections.length > 1
          ? 'Make one session for each of its connections instead, or ask the vendor.'
          : 'Look again as an administrator.',
    }));
  },
  choices: (request) => {
    const ids = new Set(toRegister(request).map(({ targetId }) => targetId));
    return chapChoices(
      request,
      targetsMeant(request).filter(({ id }) => ids.has(id)),
    );
  },
  plan: (request): readonly Step[] =>
    toRegister(request).flatMap((session): Step[] => {
      const login = loginOf(request, session);
      if (login === undefined || lacksChap(request, login.target)) return [];
      const { target, to, chap, from } = login;
      // A favourite of this pair that is there already will make the session.
      if (countStored(request, login) >= sessionsOver(request, target.id, to)) return [];
      const disks = disksBehind(request, [target]) ?? [];
      const identifier = session.sessionIdentifier;
      const isFavourite: Question = {
        read: 'Get-IscsiSession',
        where: [
          { property: 'SessionIdentifier', is: identifier },
          { property: 'IsPersistent', is: true },
        ],
      };
      const register: ChangeCommand = {
        cmdlet: 'Register-IscsiSession',
        parameters: {
          SessionIdentifier: identifier,
          IsMultipathEnabled: disks.length > 0 && disks.every(({ mpio }) => mpio !== undefined),
          ...(chap !== undefined && { ChapUsername: chap.user, ChapSecret: { secret: chap.secret } }),
        },
        unless: { question: isFavourite, isThere: true },
      };
      return [
        {
          title: `The session from ${pairText(login)} to ${target.name} becomes a favourite${from === null ? ', which names no address of this host either' : ''}; it is not touched.`,
          commands: [register],
          changes: [{ of: entityOf(session), property: 'IsPersistent', before: 'False', after: 'True' }],
          impact: 'none',
          verify: {
            says: `The session from ${pairText(login)} is persistent, and stored once.`,
            observations: ['IscsiSession', 'IscsiConnection', 'IscsiPersistentLogin'],
            differs: (now) => {
              const found = now.model.sessions.find(
                (one) => nameKey(one.sessionIdentifier) === nameKey(identifier),
              );
              if (found?.isPersistent !== true) return 'It is no favourite.';
              return countStored(now, login) > sessionsOver(now, target.id, to)
                ? 'It is stored more than once.'
                : undefined;
            },
          },
          undo: [
            {
              cmdlet: 'Unregister-IscsiSession',
              parameters: { SessionIdentifier: identifier },
              unless: { question: isFavourite, isThere: false },
            },
          ],
        },
      ];
    }),
});
