/** A placement problem with what its links and units are on the host, so that its answer can be told in words. */
import type { Entity, Team } from '#shared/host/host-model.ts';
import type { Together } from './placement-rules.ts';
import type { PlacementProblem } from './placements.ts';

/** What a link of the problem is on the host. */
export interface LinkMeaning {
  readonly kind: 'adapter' | 'card' | 'cap' | 'portal';
  readonly entities: readonly Entity[];
  readonly bitsPerSecond: number;
  /** The team that it is a member of, and how many active members that has. */
  readonly team?: Team;
  readonly memberCount: number;
}

/** What a unit of the problem is on the host. */
export interface UnitMeaning {
  readonly team?: Team;
  readonly together?: Together;
  /** Mapped or seen on one member. */
  readonly isPinned: boolean;
  readonly routes: Set<string>;
  readonly endpoints: Set<string>;
}

export interface MeantProblem extends PlacementProblem {
  readonly meanings: readonly LinkMeaning[];
  readonly unitMeanings: readonly UnitMeaning[];
  /** Some team's rules are not known. */
  readonly isLoose: boolean;
  /** Some unit could be anywhere, or is where it is only now. */
  readonly isOpen: boolean;
  /** Every unit that a team may place is pinned by what is seen. */
  readonly isSeen: boolean;
}
