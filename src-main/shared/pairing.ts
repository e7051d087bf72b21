/** Which sessions a target's portals and this host's addresses make sense of, and which of them are there. */
import type { Entity } from './host/host-model.ts';

/**
 * `paired`: one session. `repeated`: several sessions over the same pair; all but one add nothing. `down`: a session that
 * is not connected. `missing`: expected and not there. `optional`: a further pair of the mesh. `adds-nothing`: the same
 * links as a pair that is there. `impossible`: cannot be.
 */
export type PairState =
  'paired' | 'repeated' | 'down' | 'missing' | 'optional' | 'adds-nothing' | 'impossible';

/** What people are told. */
export const pairWords: Readonly<Record<PairState, string>> = {
  paired: 'session',
  repeated: 'more than one',
  down: 'not connected',
  missing: 'missing',
  optional: 'not needed',
  'adds-nothing': 'adds nothing',
  impossible: 'cannot be',
};

export interface PairCell {
  readonly initiatorId: string;
  readonly portalId: string;
  readonly state: PairState;
  readonly sessions: readonly Entity[];
  /** One sentence: why it is so. */
  readonly because: string;
}

/** An address of this host that can hold a session, or holds one. */
export interface PairInitiator extends Entity {
  readonly kind: 'address';
  readonly prefixLength?: number;
  readonly interface: Entity;
}

export interface PairPortal extends Entity {
  readonly kind: 'target-portal';
  readonly address: string;
}

/** Every initiator address against every portal of one iSCSI target. */
export interface Pairing {
  readonly targetId: string;
  readonly name: string;
  readonly initiators: readonly PairInitiator[];
  readonly portals: readonly PairPortal[];
  /** One for each initiator and portal: row by row. */
  readonly cells: readonly PairCell[];
  /** Sessions that make sense, one for each pair; undefined where nothing can be paired. */
  readonly expectedSessions?: number;
  readonly pairedSessions: number;
  /** Sessions that stand in no cell, and why: an HBA, a loopback target, an address that is not known. */
  readonly unplaced: readonly { readonly session: Entity; readonly because: string }[];
  /** One sentence: the answer. */
  readonly text: string;
  /** What was taken as given, or could not be read. */
  readonly notes: readonly string[];
}
