/** What each network interface of a host is there for, and how that is known. */
import type { Entity } from './host/host-model.ts';
import type { TrafficRole } from './traffic-role.ts';

/** `name` is a guess, and stands only where nothing else says what an interface is for. */
export type UseSource =
  'user' | 'session' | 'channel' | 'portal-subnet' | 'cluster' | 'route' | 'vswitch' | 'name';

export interface InterfaceUse {
  readonly role: TrafficRole;
  readonly from: UseSource;
  /** Half a sentence that goes on from the interface's name: "carries 2 iSCSI sessions". */
  readonly reason: string;
}

/** An interface with all its uses; with none where a person said that it has none. */
export interface UsesOfInterface {
  readonly interface: Entity;
  readonly uses: readonly InterfaceUse[];
  /** A person corrected what Switchyard worked out. */
  readonly isCorrected: boolean;
}
