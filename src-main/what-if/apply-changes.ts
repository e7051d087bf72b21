/**
 * Applies changes to what a host said: the answers it would give if they were made. Additions are made first, in their
 * order; then everything that fails goes at once. Nothing but the copy is changed.
 */
import { entitiesText } from '#shared/entity-text.ts';
import type { HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Change, NamedChange } from '#shared/what-if.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { addToHost } from './add-to-host.ts';
import { takeDown } from './take-down.ts';
import { failableThings, type Thing } from './things.ts';

export interface Applied {
  readonly snapshot: Snapshot;
  /** In the order given; those that could not be applied say why and left the host as it was. */
  readonly changes: readonly NamedChange[];
  readonly notes: readonly string[];
}

/** A session by its two ends: its identifier tells nobody anything. */
function wordsFor(thing: Thing, model: HostModel): string {
  const session = model.sessions.find(({ id }) => id === thing.id);
  const ends = (session?.connections ?? []).flatMap(({ localAddress, targetAddress }) =>
    localAddress === undefined || targetAddress === undefined ? [] : [`${localAddress} → ${targetAddress}`],
  );
  return ends.length === 0 ? entitiesText([thing], 1) : `Session ${ends.join(', ')}`;
}

function nameFailure(
  change: Change & { change: 'fail' },
  things: ReadonlyMap<string, Thing>,
  model: HostModel,
): NamedChange {
  const thing = things.get(change.id);
  return thing === undefined
    ? {
        change,
        text: `${change.id} fails`,
        refused: 'The host has nothing of that id that could fail.',
      }
    : { change, text: `${wordsFor(thing, model)} fails` };
}

/** Pure. No changes give the very same snapshot. */
export function applyChanges(snapshot: Snapshot, changes: readonly Change[]): Applied {
  const named = new Map<Change, NamedChange>();
  const notes = new Set<string>();
  let changed = snapshot;
  let model: HostModel | undefined;
  for (const change of changes) {
    if (change.change === 'fail') continue;
    model ??= buildModel(changed);
    const added = addToHost(changed, model, change);
    if ('refused' in added) named.set(change, { change, text: added.text, refused: added.refused });
    else {
      changed = added.snapshot;
      model = undefined;
      for (const note of added.notes) notes.add(note);
      named.set(change, { change, text: added.text });
    }
  }
  const failures = changes.filter((change) => change.change === 'fail');
  if (failures.length > 0) {
    model ??= buildModel(changed);
    const things = failableThings(model);
    const failed = new Set(failures.flatMap(({ id }) => (things.has(id) ? [id] : [])));
    const left = takeDown(changed, model, failed);
    changed = left.snapshot;
    for (const note of left.notes) notes.add(note);
    for (const change of failures) named.set(change, nameFailure(change, things, model));
  }
  return {
    snapshot: changed,
    changes: changes.flatMap((change) => named.get(change) ?? []),
    notes: [...notes],
  };
}
