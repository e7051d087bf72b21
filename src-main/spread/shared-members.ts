/**
 * Storage vNICs that one member of a team carries, told from what was counted: where the other members together moved
 * less than the least of the vNICs did, none of the vNICs can stand on them.
 */
import { entityOf } from '#shared/entity.ts';
import type { Adapter, HostModel, Team, VNic } from '#shared/host/host-model.ts';
import type { Direction } from '#shared/path-graph.ts';
import type { SharedMember } from '#shared/spread.ts';
import { activeMembers, storageEndpoints, teamUnder } from '../path-graph/walks.ts';
import type { Moment } from '../sampling/moment.ts';
import type { SpreadLimits } from './limits.ts';
import { throughputAt } from './readings.ts';

/** Counters of two layers are not read at one instant, and count frames in their own ways. */
const certainty = 0.5;

interface Streak {
  count: number;
  clears: number;
  found: SharedMember;
}

interface Watched {
  readonly team: Team;
  readonly vnics: readonly VNic[];
  readonly members: readonly Adapter[];
}

export class SharedMembersJudge {
  readonly #limits: SpreadLimits;
  #watched: readonly Watched[] = [];
  #fromMs: number | undefined;
  #bytes = new Map<string, number>();
  #told = new Map<string, number>();
  readonly #streaks = new Map<string, Streak>();

  constructor(limits: SpreadLimits) {
    this.#limits = limits;
  }

  adopt(model: HostModel): void {
    const vnics = storageEndpoints(model).flatMap(({ interface: own }) => (own.kind === 'vnic' ? [own] : []));
    this.#watched = model.teams.flatMap((team) => {
      const own = vnics.filter((vnic) => teamUnder(model, vnic)?.id === team.id);
      const members = activeMembers(model, team);
      return own.length >= 2 && members.length >= 2 ? [{ team, vnics: own, members }] : [];
    });
    this.#streaks.clear();
    this.#fromMs = undefined;
  }

  take(moment: Moment, periodMs: number): void {
    const fromMs = (this.#fromMs ??= moment.timeMs);
    if (moment.timeMs > fromMs) {
      for (const { vnics, members } of this.#watched) {
        for (const { id } of [...vnics, ...members]) this.#count(moment, id);
      }
    }
    const lengthMs = moment.timeMs - fromMs;
    if (lengthMs < this.#limits.windowSeconds * 1000 - periodMs / 2) return;
    for (const watched of this.#watched) {
      for (const direction of ['read', 'write'] as const) {
        this.#conclude(watched, direction, fromMs, moment.timeMs);
      }
    }
    this.#fromMs = moment.timeMs;
    this.#bytes = new Map();
    this.#told = new Map();
  }

  shared(): readonly SharedMember[] {
    return [...this.#streaks.values()].flatMap(({ count, found }) =>
      count >= this.#limits.confirmWindows ? [found] : [],
    );
  }

  #count(moment: Moment, id: string): void {
    for (const direction of ['read', 'write'] as const) {
      const rate = throughputAt(moment, 'interface', id, direction);
      if (rate === undefined) continue;
      const key = `${id}|${direction}`;
      this.#bytes.set(key, (this.#bytes.get(key) ?? 0) + (rate.value * rate.spanMs) / 1000);
      this.#told.set(key, (this.#told.get(key) ?? 0) + rate.spanMs);
    }
  }

  #conclude({ team, vnics, members }: Watched, direction: Direction, fromMs: number, toMs: number): void {
    const key = `${team.id}|${direction}`;
    const read = (id: string): number => this.#bytes.get(`${id}|${direction}`) ?? 0;
    const isTold = [...vnics, ...members].every(
      ({ id }) => (this.#told.get(`${id}|${direction}`) ?? 0) >= 0.8 * (toMs - fromMs),
    );
    const moved = members.map(({ id }) => read(id));
    const all = moved.reduce((sum, bytes) => sum + bytes, 0);
    const most = Math.max(...moved);
    const least = Math.min(...vnics.map(({ id }) => read(id)));
    const member = members[moved.indexOf(most)];
    const enough = (this.#limits.leastBytesPerSecond * (toMs - fromMs)) / 1000;
    if (!isTold || member === undefined || least < enough) return;
    const before = this.#streaks.get(key);
    if (all - most > certainty * least) {
      if (before === undefined) return;
      before.clears += 1;
      const { confirmWindows } = this.#limits;
      if (before.count < confirmWindows || before.clears >= confirmWindows) this.#streaks.delete(key);
      return;
    }
    const goesOn = before?.found.member.id === member.id ? before : undefined;
    this.#streaks.set(key, {
      count: (goesOn?.count ?? 0) + 1,
      clears: 0,
      found: {
        team: entityOf(team),
        member: entityOf(member),
        vnics: vnics.map(entityOf),
        freeMembers: members.filter((other) => other !== member).map(entityOf),
        direction,
        sinceMs: goesOn?.found.sinceMs ?? fromMs,
        window: { fromMs, toMs, bytes: all },
        share: most / all,
      },
    });
  }
}
