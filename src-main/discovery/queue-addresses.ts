/** The MAC addresses that a hardware queue or port serves, wherever this Windows writes them. */
import { key, recordOf, valueOf } from './read-record.ts';
import { listOf, macOrNull } from './read-values.ts';

const filters = listOf(recordOf<{ macAddress: string | null }>({ macAddress: key('MacAddress', macOrNull) }));
const flat = listOf(macOrNull);

/**
 * The addresses in the filters (`FilterList[].MacAddress`) and beside them (`MacAddress`), each once. None for a queue
 * that serves nobody now; undefined where neither could be read.
 */
export function queueAddresses(filterList: unknown, macAddress: unknown): readonly string[] | undefined {
  if (filterList === undefined && macAddress === undefined) return undefined;
  const ofFilters = filterList === undefined ? [] : valueOf(filters, filterList);
  const ofQueue = macAddress === undefined ? [] : valueOf(flat, macAddress);
  if (ofFilters === undefined || ofQueue === undefined) return undefined;
  const addresses = [...ofFilters.map((filter) => filter.macAddress), ...ofQueue];
  return [...new Set(addresses)].filter((address) => address !== null);
}
