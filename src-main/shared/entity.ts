/** A thing of the host by itself, without all that is known of it: what findings and answers point with. */
import type { Entity } from './host/host-model.ts';

export function entityOf({ id, kind, name }: Entity): Entity {
  return { id, kind, name };
}
