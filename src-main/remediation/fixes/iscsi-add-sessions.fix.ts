/** Sessions for pairs of an address of this host and a portal of the target that have none. */
import type { Refusal } from '#shared/fix-plan.ts';
import type { IscsiTarget } from '#shared/host/host-model.ts';
import type { PairCell, PairState } from '#shared/pairing.ts';
import { counted } from '#shared/units.ts';
import { pairingOf } from '../../path-graph/pairing.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import {
  chapAnswered,
  chapChoices,
  identifiersOf,
  lacksChap,
  portOf,
  targetsMeant,
  type Login,
} from '../iscsi-logins.ts';
import { makeSession } from '../iscsi-session-steps.ts';
import { withoutMultipath } from '../multipath-in-effect.ts';

/** Source: Microsoft's best practices for the software initiator. */
const mostSessions = 256;

interface OpenPair {
  readonly target: IscsiTarget;
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly state: Extract<PairState, 'missing' | 'optional'>;
  readonly because: string;
  /** The address already holds a session, or stands on no interface with the way to everywhere else. */
  readonly isForStorage: boolean;
}

function isOpen(cell: PairCell): cell is PairCell & { readonly state: 'missing' | 'optional' } {
  return cell.state === 'missing' || cell.state === 'optional';
}

function defaultRouteHolders({ snapshot }: FixFacts): ReadonlySet<number> {
  const { NetRoute } = snapshot.readings;
  const records = NetRoute.status === 'ok' ? NetRoute.records : [];
  return new Set(
    records.flatMap(({ destinationPrefix, interfaceIndex }) =>
      destinationPrefix === '0.0.0.0/0' || destinationPrefix === '::/0' ? [interfaceIndex] : [],
    ),
  );
}

/** Pairs without a session, on interfaces that MPIO may use: behind a team NIC the team would choose instead. */
function openPairs(facts: FixFacts, target: IscsiTarget): readonly OpenPair[] {
  const pairing = pairingOf(facts.model, target, facts.snapshot);
  const inUse = new Set(
    pairing.cells.flatMap(({ sessions, initiatorId }) => (sessions.length > 0 ? [initiatorId] : [])),
  );
  const holders = defaultRouteHolders(facts);
  const indices = new Map(facts.model.addresses.map(({ id, interfaceIndex }) => [id, interfaceIndex]));
  return pairing.cells.filter(isOpen).flatMap(({ initiatorId, portalId, state, because }): OpenPair[] => {
    const initiator = pairing.initiators.find(({ id }) => id === initiatorId);
    const portal = pairing.portals.find(({ id }) => id === portalId);
    if (initiator === undefined || portal === undefined || initiator.interface.kind === 'team-nic') return [];
    return [
      {
        target,
        from: initiator.name,
        to: portal.address,
        on: initiator.interface.name,
        state,
        because,
        isForStorage: inUse.has(initiatorId) || !holders.has(indices.get(initiatorId) ?? -1),
      },
    ];
  });
}

function allOpenPairs(request: FixRequest): readonly OpenPair[] {
  return targetsMeant(request).flatMap((target) => openPairs(request, target));
}

/** As the terminal names a session; with the target where there are several. */
function valueOf({ from, to, target }: OpenPair, isOne: boolean): string {
  return isOne ? `${from},${to}` : `${from},${to},${target.nodeAddress}`;
}

export const fix = defineFix({
  id: 'iscsi-add-sessions',
  title: 'Make the iSCSI sessions that are missing',
  impact: 'adds',
  needs: ['IscsiSession', 'IscsiConnection', 'IscsiTarget', 'NetAdapter', 'NetIPAddress', 'NetRoute', 'Disk'],
  order: 50,
  precheck: (request): readonly Refusal[] => {
    const targets = targetsMeant(request);
    const refusals = withoutMultipath(request, targets);
    return refusals.length > 0 || allOpenPairs(request).length > 0
      ? refusals
      : [
          {
            reason: 'does-not-fit',
            message: `No address of this host outside of a team shares a subnet with a portal of ${targets.map(({ name }) => name).join(', ')} that it has no session to.`,
            remedy: 'Give an adapter or a vNIC an address in the subnet of the portal first.',
          },
        ];
  },
  choices: (request) => {
    const open = allOpenPairs(request);
    const isOne = targetsMeant(request).length === 1;
    const values = open.map((pair) => valueOf(pair, isOne));
    const proposed = open.filter(({ state, isForStorage }) => state === 'missing' && isForStorage);
    const there = request.model.sessions.length;
    return [
      {
        id: 'pairs',
        question: 'Which sessions shall be made?',
        type: 'several-of',
        options: open.map((pair) => ({
          value: valueOf(pair, isOne),
          label: `${pair.from} (${pair.on}) to ${pair.to}${isOne ? '' : ` of ${pair.target.name}`}: ${pair.because}`,
        })),
        proposal: proposed.map((pair) => valueOf(pair, isOne)),
        because:
          "Each link and each portal once; the array's vendor may ask for more, in one subnet for all pairs.",
        check: (value) => {
          const chosen = typeof value === 'string' ? [value] : value;
          const unknown = chosen.find((one) => !values.includes(one));
          if (chosen.length === 0) return 'Choose at least one pair.';
          if (unknown !== undefined) return `${unknown} is no pair that is free.`;
          return there + chosen.length > mostSessions
            ? `${counted(there, 'session')} are there; the initiator takes ${mostSessions}.`
            : undefined;
        },
      },
      ...chapChoices(
        request,
        targetsMeant(request).filter((target) => open.some((pair) => pair.target === target)),
      ),
    ];
  },
  plan: (request): readonly Step[] => {
    const { answers, model } = request;
    const isOne = targetsMeant(request).length === 1;
    const answer = answers['pairs'] ?? [];
    const values: readonly string[] = typeof answer === 'string' ? [answer] : answer;
    const chosen = allOpenPairs(request).filter((pair) => values.includes(valueOf(pair, isOne)));
    if (chosen.some(({ target }) => lacksChap(request, target))) return [];
    const sessions = identifiersOf(request);
    return chosen.map(({ target, from, to }): Step => {
      const chap = chapAnswered(request, target);
      const login: Login = {
        target,
        from,
        to,
        port: portOf(model, target, to),
        isPersistent: true,
        ...(chap !== undefined && { chap }),
      };
      const hasTwins = chosen.some((pair) => pair.target === target && pair.from === from && pair.to !== to);
      return makeSession({ login, others: { sessions }, hasTwins });
    });
  },
});
