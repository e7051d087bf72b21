/** Sessions of one target that share their pair of addresses, or the links below them: shared by two rules. */
import type { IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import type { Pairing, PairState } from '#shared/pairing.ts';
import { pairingOf } from '../path-graph/pairing.ts';
import { sessionById, targetById, wiredSessions } from '../path-graph/walks.ts';
import type { Seen } from './conclude.ts';
import type { HostFacts } from './define-rule.ts';
import { counted } from './wording.ts';

export interface SurplusSessions {
  readonly target: IscsiTarget;
  readonly sessions: readonly [IscsiSession, ...IscsiSession[]];
  /** Of them, those that add nothing. */
  readonly surplus: number;
  /** `10.0.10.11 to 10.0.10.101`. */
  readonly pairs: readonly string[];
}

const pairings = new WeakMap<HostFacts, Map<string, Pairing>>();

/** The pairing of a target, worked out once for all rules of one look. */
export function pairingIn(facts: HostFacts, target: IscsiTarget): Pairing {
  const known = pairings.get(facts) ?? new Map<string, Pairing>();
  pairings.set(facts, known);
  const found = known.get(target.id) ?? pairingOf(facts.model, target, facts.snapshot);
  known.set(target.id, found);
  return found;
}

export function judgedTargets({ model }: HostFacts): readonly IscsiTarget[] {
  return [...new Set(wiredSessions(model).map(({ targetId }) => targetId))].flatMap(
    (id) => targetById(model, id) ?? [],
  );
}

/** What a target's sessions in cells of this state are to a rule. Silent where the vendor wants so many sessions. */
export function seeSurplus(
  facts: HostFacts,
  target: IscsiTarget,
  state: Extract<PairState, 'repeated' | 'adds-nothing'>,
): Seen<SurplusSessions> {
  const { model, settings } = facts;
  const pairing = pairingIn(facts, target);
  const cells = pairing.cells.filter((cell) => cell.state === state && cell.sessions.length > 0);
  const connected = cells.map(({ sessions }) =>
    sessions
      .flatMap(({ id }) => sessionById(model, id) ?? [])
      .filter(({ isConnected }) => isConnected !== false),
  );
  const together = connected.map((sessions) => (state === 'repeated' ? sharingDisks(sessions) : sessions));
  const [first, ...others] = [...new Set(together.flat())];
  if (first !== undefined && !(pairing.pairedSessions <= (settings?.profile?.sessionsPerTarget ?? 0))) {
    const nameOf = new Map<string, string>([
      ...pairing.initiators.map(({ id, name }) => [id, name] as const),
      ...pairing.portals.map(({ id, address }) => [id, address] as const),
    ]);
    const used = together.filter(({ length }) => length > 0);
    return {
      bad: {
        target,
        sessions: [first, ...others],
        surplus: used.reduce((sum, { length }) => sum + (state === 'repeated' ? length - 1 : length), 0),
        pairs: cells.flatMap(({ initiatorId, portalId }, place) =>
          (together[place]?.length ?? 0) > 0
            ? [`${nameOf.get(initiatorId) ?? initiatorId} to ${nameOf.get(portalId) ?? portalId}`]
            : [],
        ),
      },
    };
  }
  return pairing.unplaced.length > 0
    ? {
        doubt: `Between which addresses ${counted(pairing.unplaced.length, 'session')} to ${target.name} ${pairing.unplaced.length === 1 ? 'runs' : 'run'} is not known.`,
      }
    : 'well';
}

/** Sessions of which each leads to a disk of another one; where their disks are not known, they may. */
function sharingDisks(sessions: readonly IscsiSession[]): readonly IscsiSession[] {
  return sessions.filter((one) =>
    sessions.some(
      (other) =>
        other !== one &&
        (one.diskNumbers === undefined ||
          other.diskNumbers === undefined ||
          one.diskNumbers.some((number) => other.diskNumbers?.includes(number) === true)),
    ),
  );
}
