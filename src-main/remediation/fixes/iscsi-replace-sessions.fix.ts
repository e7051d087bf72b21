/** Sessions made again from an address that a person names, the new one before the old one goes. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import { addressesOnLinkTo, interfaceById } from '../../path-graph/walks.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import {
  chapChoices,
  identifiersOf,
  lacksChap,
  loginOf,
  sessionsMeant,
  targetsMeant,
  type Login,
} from '../iscsi-logins.ts';
import { makeSession, removeSession } from '../iscsi-session-steps.ts';
import { withoutMultipath } from '../multipath-in-effect.ts';
import { cannotReplace } from '../replaceable-session.ts';

/** Sessions that get the same answer: of each target the nth from one address to one portal. */
interface Alike {
  readonly id: string;
  readonly to: string;
  /** Where they leave now, and whether they say so. */
  readonly leaves: string | undefined;
  readonly isBound: boolean;
  readonly nth: number;
  readonly sessions: readonly IscsiSession[];
}

function alike(request: FixRequest): readonly Alike[] {
  const groups = new Map<string, Alike>();
  const counts = new Map<string, number>();
  for (const session of sessionsMeant(request)) {
    const [connection] = session.connections;
    const to = connection?.targetAddress;
    if (to === undefined || session.isConnected === false || session.isOffloaded || session.isLoopback)
      continue;
    const isBound = session.boundAddress !== null;
    const leaves = session.boundAddress ?? connection?.localAddress;
    const ofTarget = `${session.targetId} ${isBound ? leaves : ''} ${to}`;
    const nth = (counts.get(ofTarget) ?? 0) + 1;
    counts.set(ofTarget, nth);
    const id = `from-for:${[...(isBound ? [leaves] : []), to, ...(nth > 1 ? [nth] : [])].join(',')}`;
    const known = groups.get(id);
    groups.set(
      id,
      known === undefined
        ? { id, to, leaves, isBound, nth, sessions: [session] }
        : { ...known, sessions: [...known.sessions, session] },
    );
  }
  return [...groups.values()];
}

interface Source {
  readonly address: string;
  readonly on: string;
}

/** Addresses in the subnet of the portal, on interfaces that MPIO may use; where there is none, where they leave now. */
function sources({ model }: FixFacts, { to, leaves }: Alike): readonly Source[] {
  const onLink = addressesOnLinkTo(model, to);
  const own = model.addresses.filter(({ ipAddress }) => ipAddress === leaves);
  return (onLink.length > 0 ? onLink : own).flatMap(({ ipAddress, interfaceId }) => {
    const found = interfaceById(model, interfaceId);
    const isFit = found !== undefined && found.isUp && found.role !== 'other' && found.kind !== 'team-nic';
    return isFit ? [{ address: ipAddress, on: found.name }] : [];
  });
}

/** Where all leave by one adapter the others take their turns; else they go on from where they are, if that will do. */
function proposalFor(request: FixRequest, group: Alike, place: number): string | undefined {
  const open = sources(request, group);
  const now = open.find(({ address }) => address === group.leaves);
  if (request.finding.rule !== 'one-initiator-address') return (now ?? open[0])?.address;
  const turns = now === undefined ? open : [now, ...open.filter((one) => one !== now)];
  return turns[place % turns.length]?.address;
}

interface Replacement {
  readonly session: IscsiSession;
  readonly login: Login;
  readonly from: string;
}

/** Of several sessions with the same ends one at a time: only so is each told from the others on the way back. */
function replacements(request: FixRequest): readonly Replacement[] {
  const seen = new Set<string>();
  return alike(request).flatMap(({ id, sessions }) =>
    sessions.flatMap((session): Replacement[] => {
      const from = request.answers[id];
      const login = loginOf(request, session);
      if (typeof from !== 'string' || login === undefined || login.from === from) return [];
      const key = `${login.target.id} ${login.from ?? ''} ${login.to}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ session, login, from }];
    }),
  );
}

function targetsOf(request: FixRequest): readonly IscsiTarget[] {
  const ids = new Set(alike(request).flatMap(({ sessions }) => sessions.map(({ targetId }) => targetId)));
  return targetsMeant(request).filter(({ id }) => ids.has(id));
}

export const fix = defineFix({
  id: 'iscsi-replace-sessions',
  title: 'Make these sessions again with an address of this host',
  impact: 'path',
  needs: [
    'IscsiSession',
    'IscsiConnection',
    'IscsiPersistentLogin',
    'IscsiTarget',
    'NetAdapter',
    'NetIPAddress',
    'Disk',
  ],
  order: 55,
  precheck: (request): readonly Refusal[] => {
    const groups = alike(request);
    return [
      ...withoutMultipath(request, targetsOf(request)),
      ...groups.flatMap(({ sessions }) => sessions.flatMap((session) => cannotReplace(request, session))),
      ...groups
        .filter((group) => sources(request, group).length === 0)
        .map(({ to }): Refusal => ({
          reason: 'does-not-fit',
          message: `No adapter outside of a team that is up has an address from which ${to} is reached.`,
          remedy: 'Give an adapter or a vNIC an address in the subnet of the portal first.',
        })),
    ];
  },
  choices: (request) => [
    ...alike(request).map((group, place) => {
      const { id, to, leaves, isBound, nth } = group;
      const proposal = proposalFor(request, group, place);
      const open = sources(request, group);
      return {
        id,
        question: `From which address shall ${nth > 1 ? `the further sessions (${nth})` : 'the sessions'} to ${to} leave${isBound ? ` that leave from ${leaves ?? ''} now` : ' that name none'}?`,
        type: 'one-of' as const,
        options: open.map(({ address, on }) => ({ value: address, label: `${address} (${on})` })),
        ...(proposal !== undefined && { proposal }),
        whyNone: `No adapter outside of a team that is up has an address from which ${to} is reached: give one an address first.`,
        because:
          proposal === leaves
            ? isBound
              ? 'They stay as they are.'
              : 'They leave from there now.'
            : 'It stands in the subnet of the portal, on another adapter than the sessions use now.',
      };
    }),
    ...chapChoices(request, targetsOf(request)),
  ],
  plan: (request): readonly Step[] => {
    const known = identifiersOf(request);
    const all = replacements(request);
    if (all.some(({ login }) => lacksChap(request, login.target))) return [];
    // A pair that has a session needs no second one; which pairs have one changes from step to step.
    const pairs = new Set(
      request.model.sessions.flatMap(({ targetId, boundAddress, connections }) =>
        connections.map(({ targetAddress }) => keyOf(targetId, boundAddress ?? '', targetAddress ?? '')),
      ),
    );
    const made: Login[] = [];
    const gone: Login[] = [];
    return all.flatMap(({ session, login: old, from }): Step[] => {
      const { target, to } = old;
      const isThere = pairs.has(keyOf(target.id, from, to));
      pairs.add(keyOf(target.id, from, to));
      pairs.delete(keyOf(target.id, old.from ?? '', to));
      if (!isThere) made.push({ ...old, from });
      const earlier = { made: [...made], gone: [...gone] };
      gone.push(old);
      const alongside = all.filter(({ login }) => login.target.id === target.id);
      return [
        ...(isThere
          ? []
          : [
              makeSession({
                login: { ...old, from },
                others: { sessions: known },
                hasTwins: alongside.some((one) => one.from === from && one.login.to !== to),
              }),
            ]),
        removeSession({
          facts: request,
          login: old,
          session,
          others: {
            sessions: known.filter((id) => id !== session.sessionIdentifier),
            // Also those that are brought back before this one, with identifiers that nobody knows yet.
            addresses: alongside.flatMap((one) => [
              one.from,
              ...(one.login.from === null ? [] : [one.login.from]),
            ]),
          },
          earlier,
        }),
      ];
    });
  },
});

function keyOf(targetId: string, from: string, to: string): string {
  return `${targetId} ${from} ${to}`;
}
