/** The TCP/IP cmdlets keep two lists: what is in use now, and what a restart will set up again. Only the first counts. */
import type { RawItem } from '#shared/capture.ts';
import { valueOf } from './read-record.ts';
import { word } from './read-values.ts';

const persistent = word({ 0: 'PersistentStore' });

/** An entry of the lasting list shows a live address as invalid, under the same name. */
export function isInUse(item: RawItem): boolean {
  return valueOf(persistent, item['PolicyStore'] ?? item['Store']) === undefined;
}
