/** Building blocks for the values that Windows cmdlets give: integers of a width, enumerations, CIM instances. */
import type { ObservationName } from '#shared/capture.ts';
import type { CmdletError, CmdletObject, CmdletValue, IntegerType } from './cmdlet-value.ts';
import type { Machine } from './machine.ts';
import type { CounterReading } from './meter.ts';

export type Properties = Readonly<Record<string, CmdletValue>>;

function integer(type: IntegerType) {
  return (value: number | bigint): CmdletValue => ({ $: type, v: String(value) });
}

export const u8 = integer('uint8');
export const u16 = integer('uint16');
export const u32 = integer('uint32');
export const u64 = integer('uint64');
export const i64 = integer('int64');

export const noUint32 = u32(4294967295);
export const unknownUint64 = u64(18446744073709551615n);

export function enumOf(type: string, name: string, value: number): CmdletValue {
  return { $: 'enum', type, name, value };
}

export function guid(value: string): CmdletValue {
  return { $: 'guid', v: value };
}

/** DateTime from ISO 8601 UTC. */
export function datetime(value: string): CmdletValue {
  return { $: 'datetime', v: value };
}

export const infinite: CmdletValue = { $: 'timespan', v: 'max' };

export function seconds(value: number): CmdletValue {
  return { $: 'timespan', v: String(BigInt(value) * 10_000_000n) };
}

/** A .NET object; `text` is what ToString() answers. */
export function object(type: string, props: Properties, text?: string): CmdletObject {
  return { $: 'object', types: [type, 'System.Object'], props, ...(text === undefined ? {} : { text }) };
}

const cimInstance = 'Microsoft.Management.Infrastructure.CimInstance';

/** A CIM instance inside another. */
export function embedded(className: string, props: Properties): CmdletObject {
  return { $: 'object', types: [`${cimInstance}#${className}`, cimInstance], props, text: className };
}

/** One instance of a CIM class. */
export interface CimRow {
  /** What the class holds: what Get-CimInstance gives. */
  readonly raw: Properties;
  /** What the cmdlet's module lays over it: names of enumerations, aliases, computed properties. */
  readonly shown?: Properties;
  readonly isHidden?: boolean;
}

function typesOf(namespace: string, className: string): string[] {
  return [`${cimInstance}#${namespace}/${className}`, `${cimInstance}#${className}`, cimInstance];
}

/** The row as the cmdlet of its module gives it. */
export function asCmdletObject(namespace: string, className: string, row: CimRow): CmdletObject {
  const types = typesOf(namespace, className);
  if (row.shown === undefined) return { $: 'object', types, props: row.raw, text: className };
  const cim: Record<string, CmdletValue> = {};
  for (const name of Object.keys(row.shown)) {
    const value = row.raw[name];
    if (value !== undefined) cim[name] = value;
  }
  return { $: 'object', types, props: { ...row.raw, ...row.shown }, cim, text: className };
}

/** The row as Get-CimInstance gives it: raw numbers, no computed properties; with `-Property` the others are empty. */
export function asCimObject(
  namespace: string,
  className: string,
  row: CimRow,
  only?: readonly string[],
): CmdletObject {
  const types = typesOf(namespace, className);
  if (only === undefined) return { $: 'object', types, props: row.raw, text: className };
  const wanted = new Set(only.map((name) => name.toLowerCase()));
  const props = Object.fromEntries(
    Object.entries(row.raw).map(([name, value]) => [name, wanted.has(name.toLowerCase()) ? value : null]),
  );
  return { $: 'object', types, props, text: className };
}

/** An enumeration over a CIM number: the name for the cmdlet, the number for CIM. */
export function shownEnum(type: string, names: Readonly<Record<number, string>>, value: number): CmdletValue {
  return enumOf(
    `Microsoft.PowerShell.Cmdletization.GeneratedTypes.${type}`,
    names[value] ?? String(value),
    value,
  );
}

/** What a property says without its type: for comparing with what a caller asked for. */
export function plain(value: CmdletValue | undefined): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value;
  if (!('$' in value)) return null;
  switch (value.$) {
    case 'enum':
      return value.name;
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'uint64':
    case 'int16':
    case 'int64':
    case 'guid':
    case 'datetime':
    case 'timespan':
      return value.v;
    case 'char':
      return value.v;
    case 'hashtable':
      return null;
    case 'object':
      return value.text ?? null;
  }
}

export function cimError(
  message: string,
  id: string,
  category: string,
  more: { hresult?: number; target?: string; terminating?: boolean } = {},
): CmdletError {
  return {
    message,
    id,
    category,
    terminating: more.terminating ?? false,
    exception: 'Microsoft.Management.Infrastructure.CimException',
    ...(more.hresult === undefined ? {} : { hresult: more.hresult }),
    ...(more.target === undefined ? {} : { target: more.target }),
  };
}

/** What must be there for a class or a command to answer. */
type Need = 'msiscsi' | 'multipath-io' | 'hyper-v';

interface ClassHead {
  readonly namespace: string;
  readonly name: string;
  readonly needs?: Need;
  /** Refused without elevation. */
  readonly isProtected?: boolean;
  /** The observation whose failure in a scenario is the failure of this class. */
  readonly observation?: ObservationName;
}

/** A CIM class of the simulated host whose rows stand as long as the host is not changed. */
export interface StandingClass extends ClassHead {
  readonly rows: (machine: Machine) => readonly CimRow[];
}

/** One whose rows are others at every moment. */
export interface CountingClass extends ClassHead {
  readonly count: (machine: Machine, now: CounterReading) => readonly CimRow[];
}

export type CimClass = StandingClass | CountingClass;
