/** The TCP/IP cmdlets keep two lists: what is in use now, and what a restart will set up again. Only the first counts. */
import { recordOf, maybe, valueOf } from './read-record.ts';
import { word } from './read-values.ts';

const stored = recordOf<{ store?: 'PersistentStore' }>({
  store: maybe(['PolicyStore', 'Store'], word({ 0: 'PersistentStore' })),
});

/** An entry of the lasting list shows a live address as invalid, under the same name. */
export function isInUse(item: unknown): boolean {
  return valueOf(stored, item)?.store === undefined;
}
