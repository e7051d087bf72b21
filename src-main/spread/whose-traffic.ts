/**
 * Whose traffic the network carries: bytes of the host's interfaces by what each is there for. Every byte is counted at
 * one layer only, that of the interfaces with addresses; what the uplinks of a vSwitch carried beyond them belongs to
 * virtual machines.
 */
import type { HostModel } from '#shared/host/host-model.ts';
import { listed } from '#shared/listed.ts';
import type { CounterLayer, OwnerShare, TrafficOwner, WhoseTraffic } from '#shared/spread.ts';
import type { TrafficRole } from '#shared/traffic-role.ts';
import { counted, formatAmount } from '#shared/units.ts';
import {
  channelsInUse,
  interfacesOf,
  memberAdapters,
  storageServers,
  wiredSessions,
  type HostInterface,
} from '../path-graph/walks.ts';
import type { Moment } from '../sampling/moment.ts';
import type { SpreadLimits } from './limits.ts';
import { throughputAt } from './readings.ts';

/** Windows that the shares are over. */
const windowsKept = 5;
/** A window that tells less than this of itself is left out. */
const leastTold = 0.8;
/** What uplinks carry beyond the vNICs is taken for real from this part on: counters are not read at one instant. */
const leastBeyond = 0.02;

interface Sums {
  readonly fromMs: number;
  readonly toMs: number;
  readonly owners: ReadonlyMap<TrafficOwner, number>;
}

interface Watched {
  readonly interface: HostInterface;
  readonly roles: readonly TrafficRole[];
  /** Sessions and channels that leave by nothing else: what they move is storage. */
  readonly storage: readonly { readonly id: string; readonly layer: 'session' | 'channel' }[];
}

interface Uplink {
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly vnicIds: readonly string[];
}

const ownerNames: Readonly<Record<TrafficOwner, string>> = {
  storage: 'storage',
  vm: 'virtual machines',
  management: 'management',
  'live-migration': 'live migration',
  cluster: 'the cluster',
  backup: 'backup',
  shared: 'several of these together, on interfaces that nothing splits',
  other: 'no known use',
};

export class WhoseTrafficJudge {
  readonly #limits: SpreadLimits;
  #windows: Sums[] = [];
  #fromMs: number | undefined;
  #bytes = new Map<string, number>();
  #told = new Map<string, number>();
  #watched: readonly Watched[] = [];
  #uplinks: readonly Uplink[] = [];

  constructor(limits: SpreadLimits) {
    this.#limits = limits;
  }

  adopt(model: HostModel, rolesOf: (interfaceId: string) => readonly TrafficRole[]): void {
    const sessions = wiredSessions(model);
    const channels = storageServers(model).flatMap((server) => channelsInUse(server));
    this.#watched = interfacesOf(model).flatMap((own): readonly Watched[] => {
      const isBelow = own.kind === 'adapter' && own.teamId !== undefined;
      const isUplink = own.kind !== 'vnic' && own.vswitchId !== undefined;
      if (isBelow || isUplink || own.role === 'other') return [];
      return [
        {
          interface: own,
          roles: rolesOf(own.id),
          storage: [
            ...sessions.flatMap(({ id, connections }) =>
              connections.length > 0 && connections.every(({ interfaceId }) => interfaceId === own.id)
                ? [{ id, layer: 'session' as const }]
                : [],
            ),
            ...channels.flatMap(({ id, clientInterfaceId }) =>
              clientInterfaceId === own.id ? [{ id, layer: 'channel' as const }] : [],
            ),
          ],
        },
      ];
    });
    this.#uplinks = model.vswitches.flatMap(({ id, name, uplink }): readonly Uplink[] => {
      if (uplink === undefined) return [];
      const team = 'teamId' in uplink ? model.teams.find((one) => one.id === uplink.teamId) : undefined;
      const memberIds =
        'adapterId' in uplink
          ? [uplink.adapterId]
          : team === undefined
            ? []
            : memberAdapters(model, team).map((member) => member.id);
      const vnicIds = model.vnics.filter(({ vswitchId }) => vswitchId === id).map((vnic) => vnic.id);
      return memberIds.length === 0 ? [] : [{ name, memberIds, vnicIds }];
    });
  }

  take(moment: Moment, periodMs: number): void {
    const fromMs = (this.#fromMs ??= moment.timeMs);
    if (moment.timeMs > fromMs) {
      for (const { interface: own, storage } of this.#watched) {
        this.#count(moment, own.id, 'interface');
        for (const { id, layer } of storage) this.#count(moment, id, layer);
      }
      for (const id of this.#uplinks.flatMap(({ memberIds }) => memberIds))
        this.#count(moment, id, 'interface');
    }
    if (moment.timeMs - fromMs < this.#limits.windowSeconds * 1000 - periodMs / 2) return;
    const owners = this.#owners(moment.timeMs - fromMs);
    if (owners !== undefined) {
      this.#windows = [...this.#windows, { fromMs, toMs: moment.timeMs, owners }].slice(-windowsKept);
    }
    this.#fromMs = moment.timeMs;
    this.#bytes = new Map();
    this.#told = new Map();
  }

  whose(): WhoseTraffic {
    const totals = new Map<TrafficOwner, number>();
    for (const { owners } of this.#windows) {
      for (const [owner, bytes] of owners) totals.set(owner, (totals.get(owner) ?? 0) + bytes);
    }
    const all = [...totals.values()].reduce((sum, bytes) => sum + bytes, 0);
    const first = this.#windows[0];
    const last = this.#windows.at(-1);
    if (first === undefined || last === undefined) {
      return { window: null, owners: [], advice: 'open', text: 'The first window is not over.' };
    }
    const window = { fromMs: first.fromMs, toMs: last.toMs, bytes: all };
    const seconds = (last.toMs - first.fromMs) / 1000;
    if (all < this.#limits.leastBytesPerSecond * seconds) {
      return {
        window,
        owners: [],
        advice: 'open',
        text: 'Too little moved over the network to tell whose it is.',
      };
    }
    const owners = [...totals]
      .filter(([, bytes]) => bytes > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([owner, bytes]): OwnerShare => ({
        owner,
        bytes,
        share: bytes / all,
        counted: this.#countedText(owner),
      }));
    const shareOf = (owner: TrafficOwner) => (totals.get(owner) ?? 0) / all;
    const advice =
      shareOf('storage') >= this.#limits.mostlyShare
        ? 'worth-changing'
        : shareOf('vm') >= this.#limits.mostlyShare
          ? 'leave-it'
          : 'mixed';
    const [most] = owners;
    const what = `${Math.round((most?.share ?? 0) * 100)} % of ${formatAmount(all)} in ${counted(Math.round(seconds), 'second')} belongs to ${ownerNames[most?.owner ?? 'other']}.`;
    const text = {
      'worth-changing': `${what} Most traffic is storage: where its paths are slow or uneven, a better layout is worth the work.`,
      'leave-it': `${what} Most traffic is that of virtual machines: another layout of the storage paths gains little, so leave it.`,
      mixed: `${what} No single use has most of it: look at the shares before changing anything.`,
    }[advice];
    return { window, owners, advice, text };
  }

  #count(moment: Moment, id: string, layer: CounterLayer): void {
    for (const direction of ['read', 'write'] as const) {
      const rate = throughputAt(moment, layer, id, direction);
      if (rate === undefined) continue;
      this.#bytes.set(id, (this.#bytes.get(id) ?? 0) + (rate.value * rate.spanMs) / 1000);
      if (direction === 'read') this.#told.set(id, (this.#told.get(id) ?? 0) + rate.spanMs);
    }
  }

  /** Undefined where an interface was not counted all the time. */
  #owners(lengthMs: number): ReadonlyMap<TrafficOwner, number> | undefined {
    const owners = new Map<TrafficOwner, number>();
    const add = (owner: TrafficOwner, bytes: number): void => {
      owners.set(owner, (owners.get(owner) ?? 0) + bytes);
    };
    const isWhole = (id: string): boolean => (this.#told.get(id) ?? 0) >= leastTold * lengthMs;
    for (const { interface: own, roles, storage } of this.#watched) {
      const bytes = this.#bytes.get(own.id);
      // An interface that is down has no counter.
      if (bytes === undefined) continue;
      if (!isWhole(own.id)) return undefined;
      const others = roles.filter((role) => role !== 'storage');
      const [only = 'other', another] = others;
      const rest: TrafficOwner = another === undefined ? only : 'shared';
      if (!roles.includes('storage')) add(rest, bytes);
      else if (others.length === 0) add('storage', bytes);
      else if (!storage.some(({ id }) => this.#bytes.has(id))) add('shared', bytes);
      else {
        const ofStorage = storage.reduce((sum, { id }) => sum + (this.#bytes.get(id) ?? 0), 0);
        add('storage', Math.min(bytes, ofStorage));
        add(rest, Math.max(0, bytes - ofStorage));
      }
    }
    for (const { memberIds, vnicIds } of this.#uplinks) {
      const counting = memberIds.filter((id) => this.#bytes.has(id));
      if (counting.length === 0) continue;
      if (!counting.every(isWhole)) return undefined;
      const carried = counting.reduce((sum, id) => sum + (this.#bytes.get(id) ?? 0), 0);
      const ofHost = vnicIds.reduce((sum, id) => sum + (this.#bytes.get(id) ?? 0), 0);
      if (carried - ofHost > leastBeyond * carried) add('vm', carried - ofHost);
    }
    return owners;
  }

  #countedText(owner: TrafficOwner): string {
    if (owner === 'vm') {
      return `What the uplinks of ${listed(this.#uplinks.map(({ name }) => name))} carried beyond the host's own vNICs.`;
    }
    const names = this.#watched.flatMap(({ interface: own, roles }) => {
      const isOwn =
        owner === 'other'
          ? roles.length === 0
          : owner === 'shared'
            ? roles.length > 1
            : roles.some((role) => role === owner);
      return isOwn ? [own.name] : [];
    });
    return `What ${listed(names)} sent and received.`;
  }
}
