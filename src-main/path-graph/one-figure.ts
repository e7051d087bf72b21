/** Figures of reading and of writing as the one that stands first. */
import type { Ceiling, CeilingOfBoth } from '#shared/path-graph.ts';

/** Both directions as one figure: guaranteed is the lower, the others the higher. */
export function ofBoth(read: Ceiling, write: Ceiling, pick: 'lower' | 'higher'): CeilingOfBoth {
  if (read.bitsPerSecond === null) return read;
  if (write.bitsPerSecond === null) return write;
  if (read.bitsPerSecond === write.bitsPerSecond) {
    return read.isBound || write.isBound ? { ...read, isBound: true } : read;
  }
  const isRead = read.bitsPerSecond < write.bitsPerSecond === (pick === 'lower');
  return isRead ? { ...read, direction: 'read' } : { ...write, direction: 'write' };
}
