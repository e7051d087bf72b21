/** Reads the objects of one answer, each on its own: one that cannot be read leaves the others. */
import type * as z from 'zod';
import type { ItemError, RawItem } from '#shared/capture.ts';
import type { ReadItems } from './define-probe.ts';

/** Where an object says what it is called, most telling first. */
const naming = [
  'Name',
  'InterfaceAlias',
  'IPAddress',
  'DestinationPrefix',
  'SessionIdentifier',
  'ConnectionIdentifier',
  'NodeAddress',
  'TargetNodeAddress',
  'InstanceName',
  'FriendlyName',
  'ServerName',
] as const;

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  for (const property of naming) {
    const name: unknown = Object.hasOwn(item, property) ? (item as RawItem)[property] : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return undefined;
}

/** `InterfaceGuid is missing (object 4 of the answer).` */
function itemError(item: unknown, index: number, error: z.ZodError): ItemError {
  const complaints = error.issues.map(({ path, message }) => `${path.join('.') || 'It'} ${message}`);
  const name = nameOf(item);
  return {
    ...(name === undefined ? {} : { item: name }),
    message: `${complaints.join(', ')} (object ${index + 1} of the answer).`,
  };
}

/** One record for each object that `isWanted` (default: all) and can be read. */
export function readEach<T>(
  items: readonly unknown[],
  schema: z.ZodType<T>,
  isWanted: (item: unknown) => boolean = () => true,
): ReadItems<T> {
  const records: T[] = [];
  const itemErrors: ItemError[] = [];
  for (const [index, item] of items.entries()) {
    if (!isWanted(item)) continue;
    const parsed = schema.safeParse(item);
    if (parsed.success) records.push(parsed.data);
    else itemErrors.push(itemError(item, index, parsed.error));
  }
  return { records, itemErrors };
}
