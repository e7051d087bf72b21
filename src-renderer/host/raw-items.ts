/** The items of an answer as properties and values, and the search in them. */
import type { RawItem } from '#shared/capture.ts';
import { visibleText } from '#shared/visible-text.ts';

/** `true` as `true`, text as it is, the rest as JSON: what the cmdlet said, not what it means. */
function rawValueText(value: unknown): string {
  if (typeof value === 'string') return visibleText(value);
  return visibleText(JSON.stringify(value));
}

/** Name and value of each property, in the host's order. */
export function rawProperties(item: RawItem): readonly (readonly [name: string, text: string])[] {
  return Object.entries(item).map(([name, value]) => [visibleText(name), rawValueText(value)]);
}

const titles = [
  'Name',
  'FriendlyName',
  'SessionIdentifier',
  'NodeAddress',
  'IPAddress',
  'InstanceName',
  'Number',
];

/** What an item is called: its first property that usually names a thing, else its first one with a short text. */
export function rawTitle(item: RawItem): string | undefined {
  const values = [...titles.map((name) => item[name]), ...Object.values(item)];
  const found = values.find(
    (value) => (typeof value === 'string' && value !== '' && value.length < 200) || typeof value === 'number',
  );
  return found === undefined ? undefined : rawValueText(found);
}

/** Items of which some name or value holds every word of the search, whatever the case. */
export function searchItems(items: readonly RawItem[], search: string): readonly RawItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = JSON.stringify(item).toLowerCase();
    // In JSON a backslash or a quote in a value is written as two characters.
    return words.every((word) => text.includes(JSON.stringify(word).slice(1, -1)));
  });
}
