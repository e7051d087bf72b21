/** Turns the typed objects of the simulated host into the items of a capture: plain JSON, enumerations as words. */
import type { RawItem } from '#shared/capture.ts';
import type { CmdletObject, CmdletValue } from './cmdlet-value.ts';

/** A value as a capture writes it. 64-bit numbers beyond what JSON holds exactly become decimal strings. */
export function captureValue(value: CmdletValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(captureValue);
  switch (value.$) {
    case 'enum':
      return value.name;
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'uint64':
    case 'int16':
    case 'int64': {
      const number = Number(value.v);
      return Number.isSafeInteger(number) ? number : value.v;
    }
    case 'datetime':
    case 'guid':
      return value.v;
    case 'timespan':
      // Without end: no number says that.
      return value.v === 'max' ? null : Number(value.v) / 1e7;
    case 'char':
      return value.v === 0 ? null : String.fromCharCode(value.v);
    case 'hashtable':
      return captureRecord(value.v);
    case 'object':
      return captureRecord(value.props);
  }
}

function isList(value: object): value is readonly CmdletValue[] {
  return Array.isArray(value);
}

function captureRecord(record: Readonly<Record<string, CmdletValue>>): RawItem {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, captureValue(value)]));
}

/** The named properties that the object has; a property that it lacks is left out. */
export function captureItem(source: CmdletObject, names: readonly string[]): RawItem {
  const item: Record<string, unknown> = {};
  for (const name of names) {
    const value = source.props[name];
    if (value !== undefined) item[name] = captureValue(value);
  }
  return item;
}

function isObject(value: CmdletValue | undefined): value is CmdletObject {
  return typeof value === 'object' && value !== null && '$' in value && value.$ === 'object';
}

/** Objects among a value: itself, or the elements of a list. */
export function objectsIn(value: CmdletValue | undefined): CmdletObject[] {
  if (isObject(value)) return [value];
  return typeof value === 'object' && value !== null && isList(value) ? value.filter(isObject) : [];
}

/** A property as text, whatever its type; empty where there is none. */
export function textOf(source: CmdletObject, name: string): string {
  const value = source.props[name];
  const read = value === undefined ? null : captureValue(value);
  return typeof read === 'string' || typeof read === 'number' || typeof read === 'boolean'
    ? String(read)
    : '';
}
