/** A finding told again on a later look. */
import type { Finding } from './finding.ts';

/** What a finding is told again by. */
export type KnownFinding = Pick<Finding, 'id' | 'rule' | 'title' | 'subjects'>;

/**
 * The finding that says the same: of the same id, else of the same rule about most of the same things. Ids rest on
 * what a finding is about, and a session that was made again is another thing to Windows.
 */
export function sameFinding(
  later: readonly Finding[],
  known: Omit<KnownFinding, 'title'>,
): Finding | undefined {
  const byId = later.find(({ id }) => id === known.id);
  if (byId !== undefined) return byId;
  const ids = new Set(known.subjects.map(({ id }) => id));
  const shared = ({ subjects }: Finding): number => subjects.filter(({ id }) => ids.has(id)).length;
  const [best] = later
    .filter((one) => one.rule === known.rule && shared(one) > 0)
    .toSorted((a, b) => shared(b) - shared(a));
  return best;
}
