/** Favourite logins without a session, removed: Windows tries them for ever. */
import type { ProgramCommand } from '#shared/change-command.ts';
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Entity } from '#shared/host/host-model.ts';
import type { IscsiPersistentLoginRecord } from '#shared/host/storage-records.ts';
import { counted } from '#shared/units.ts';
import { ipKey } from '../../path-graph/ip.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';

/** Favourites to one portal of one target. */
interface Favourites {
  readonly target: Entity;
  readonly targetName: string;
  readonly portal: string;
  readonly port: number;
  readonly instance: string;
  readonly logins: number;
  readonly sessions: number;
  /** The initiator does not know the target any more: it was deleted on the array, or is hidden from this host. */
  readonly isGone: boolean;
}

function recordsIn({ snapshot }: FixFacts): readonly IscsiPersistentLoginRecord[] {
  const { IscsiPersistentLogin } = snapshot.readings;
  return IscsiPersistentLogin.status === 'ok' ? IscsiPersistentLogin.records : [];
}

function countLogins(facts: FixFacts, targetName: string, portal: string): number {
  return recordsIn(facts).filter(
    (record) =>
      nameKey(record.targetName) === nameKey(targetName) &&
      record.targetPortalAddress !== undefined &&
      ipKey(record.targetPortalAddress) === ipKey(portal),
  ).length;
}

function sessionsOver({ model }: FixFacts, targetName: string, portal: string) {
  const target = model.targets.find(({ nodeAddress }) => nameKey(nodeAddress) === nameKey(targetName));
  return model.sessions.filter(
    ({ targetId, connections }) =>
      targetId === target?.id &&
      connections.some(
        ({ targetAddress }) => targetAddress !== undefined && ipKey(targetAddress) === ipKey(portal),
      ),
  );
}

/** More favourites than sessions over one portal; of several sessions it could not be told whose favourite would go. */
function surplus(request: FixRequest): readonly Favourites[] {
  const { finding, model, snapshot } = request;
  const { IscsiTarget } = snapshot.readings;
  const offered =
    IscsiTarget.status === 'ok' ? IscsiTarget.records.map((one) => nameKey(one.nodeAddress)) : undefined;
  const meant = new Map(finding.subjects.map((subject) => [nameKey(subject.name), subject]));
  const seen = new Set<string>();
  return recordsIn(request).flatMap((record): Favourites[] => {
    const { targetName, targetPortalAddress: portal, initiatorInstance, targetPortalPort } = record;
    const target = meant.get(nameKey(targetName));
    if (target === undefined || portal === undefined || initiatorInstance === undefined) return [];
    const key = `${nameKey(targetName)} ${ipKey(portal)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const sessions = sessionsOver(request, targetName, portal).length;
    const logins = countLogins(request, targetName, portal);
    if (sessions > 1 || logins <= sessions) return [];
    return [
      {
        target: model.targets.find(({ id }) => id === target.id) ?? target,
        targetName,
        portal,
        port: targetPortalPort ?? 3260,
        instance: initiatorInstance,
        logins,
        sessions,
        isGone: offered !== undefined && !offered.includes(nameKey(targetName)),
      },
    ];
  });
}

function valueOf({ targetName, portal }: Favourites): string {
  return `${targetName},${portal}`;
}

function chosenIn({ answers }: FixRequest): readonly string[] {
  const answer = answers['favourites'] ?? [];
  return typeof answer === 'string' ? [answer] : answer;
}

export const fix = defineFix({
  id: 'iscsi-remove-favourites',
  title: 'Remove favourites that have no session',
  impact: 'none',
  needs: ['IscsiPersistentLogin', 'IscsiSession', 'IscsiConnection', 'IscsiTarget'],
  order: 75,
  precheck: (request): readonly Refusal[] =>
    surplus(request).length > 0
      ? []
      : [
          {
            reason: 'does-not-fit',
            message:
              'Which of the favourites have no session cannot be told: several sessions share their portal.',
            remedy:
              'Compare the list by hand (iscsicli ListPersistentTargets) and remove the entry that is not meant.',
          },
        ],
  choices: (request) => {
    const all = surplus(request);
    const values = all.map(valueOf);
    return [
      {
        id: 'favourites',
        question: 'Which favourites shall go?',
        type: 'several-of',
        options: all.map((one) => ({
          value: valueOf(one),
          label: `${one.targetName} at ${one.portal}: ${counted(one.logins, 'favourite')}, ${counted(one.sessions, 'session')}${one.isGone ? ', the target is no longer offered' : ''}`,
        })),
        // A portal that does not answer now may be back tomorrow: its favourite is not proposed.
        proposal: all.filter(({ isGone, sessions }) => isGone || sessions > 0).map(valueOf),
        because:
          'Proposed are those whose target is gone and those that are there twice. A favourite of a portal that is only down now is what brings its session back.',
        check: (value) => {
          const chosen = typeof value === 'string' ? [value] : value;
          if (chosen.length === 0) return 'Choose at least one.';
          const unknown = chosen.find((one) => !values.includes(one));
          return unknown === undefined ? undefined : `${unknown} has no favourite to spare.`;
        },
      },
    ];
  },
  plan: (request): readonly Step[] => {
    const chosen = chosenIn(request);
    return surplus(request)
      .filter((one) => chosen.includes(valueOf(one)))
      .map((one): Step => {
        const { targetName, portal, port, instance, logins, sessions } = one;
        const remove: ProgramCommand = {
          program: 'iscsicli',
          arguments: ['RemovePersistentTarget', instance, targetName, '*', portal, String(port)],
        };
        return {
          title: `${counted(logins - sessions, 'favourite')} of ${targetName} at ${portal} ${logins - sessions === 1 ? 'is' : 'are'} removed; no session is touched.`,
          // One call removes one entry.
          commands: Array.from({ length: logins - sessions }, () => remove),
          changes: [
            {
              of: entityOf(one.target),
              property: `Favourites at ${portal}`,
              before: String(logins),
              after: String(sessions),
            },
          ],
          impact: 'none',
          verify: {
            says: `${counted(sessions, 'favourite')} of ${targetName} at ${portal} ${sessions === 1 ? 'is' : 'are'} left.`,
            observations: ['IscsiPersistentLogin', 'IscsiSession', 'IscsiConnection'],
            differs: (now) => {
              const left = countLogins(now, targetName, portal);
              if (left !== sessions)
                return `${counted(left, 'favourite')} ${left === 1 ? 'is' : 'are'} left.`;
              const lost = sessionsOver(now, targetName, portal).find(
                ({ isPersistent }) => isPersistent === false,
              );
              return lost === undefined ? undefined : 'The session that is there is no longer a favourite.';
            },
          },
          undo: [],
          notUndone:
            'Windows stores a favourite only together with a login that works: if it is wanted again, log in to the portal and make the session a favourite.',
        };
      });
  },
});
