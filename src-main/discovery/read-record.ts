/** Reads one raw object, under the cmdlet's property names, into a record of ours: a schema made of named fields. */
import * as z from 'zod';

/** The raw object by property name. PowerShell does not tell names apart by case, so neither does a reader. */
type Properties = ReadonlyMap<string, unknown>;

type Outcome<T> =
  | { readonly status: 'read'; readonly value: T }
  | { readonly status: 'missing' }
  | { readonly status: 'odd'; readonly property: string; readonly reason: string };

export interface Field<T> {
  readonly properties: readonly string[];
  readonly read: (properties: Properties) => Outcome<T>;
}

/** A field without which the object cannot be told from others: missing or odd, it fails the object. */
export interface KeyField<T> extends Field<T> {
  readonly isKey: true;
}

/** One field for each property of the record: key fields for those it must have, others for those it may have. */
export type FieldsOf<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K>
    ? Field<Exclude<T[K], undefined>>
    : KeyField<T[K]>;
};

function propertiesOf(raw: unknown): Properties | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  return new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The value at `BandwidthSetting.MaximumBandwidth`; undefined where a step of the way is not there. */
function valueAt(properties: Properties, path: string): unknown {
  const [first = '', ...rest] = path.toLowerCase().split('.');
  return rest.reduce<unknown>((value, name) => propertiesOf(value)?.get(name), properties.get(first));
}

function readFirst<T>(paths: readonly string[], schema: z.ZodType<T>, properties: Properties): Outcome<T> {
  let outcome: Outcome<T> = { status: 'missing' };
  for (const path of paths) {
    const value = valueAt(properties, path);
    if (value === undefined) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) return { status: 'read', value: parsed.data };
    if (outcome.status === 'missing') {
      const [issue] = parsed.error.issues;
      const place = [path, ...(issue?.path ?? [])].join('.');
      outcome = { status: 'odd', property: place, reason: issue?.message ?? 'has an unknown form' };
    }
  }
  return outcome;
}

/** Reads the first of these properties whose value fits. A name may lead into a nested object: `ParentAdapter.Name`. */
export function maybe<T>(properties: string | readonly string[], schema: z.ZodType<T>): Field<T> {
  const paths = typeof properties === 'string' ? [properties] : properties;
  return { properties: paths, read: (raw) => readFirst(paths, schema, raw) };
}

/** As {@link maybe}, for a property that the object must have. */
export function key<T>(properties: string | readonly string[], schema: z.ZodType<T>): KeyField<T> {
  return { ...maybe(properties, schema), isKey: true };
}

/**
 * Reads a property of ours from several raw ones at once. `read` gets their values in order, undefined where missing,
 * and answers undefined where they say nothing usable.
 */
export function maybeFrom<T>(
  properties: readonly [string, ...string[]],
  read: (...values: readonly unknown[]) => T | undefined,
): Field<T> {
  return {
    properties,
    read: (raw) => {
      const values = properties.map((path) => valueAt(raw, path));
      const value = read(...values);
      if (value !== undefined) return { status: 'read', value };
      return values.every((each) => each === undefined)
        ? { status: 'missing' }
        : { status: 'odd', property: properties[0], reason: 'has an unknown form' };
    },
  };
}

/** As {@link maybeFrom}, for what the object must have. */
export function keyFrom<T>(
  properties: readonly [string, ...string[]],
  read: (...values: readonly unknown[]) => T | undefined,
): KeyField<T> {
  return { ...maybeFrom(properties, read), isKey: true };
}

/** The value that a schema reads, or undefined: for the readers of {@link derived}. */
export function valueOf<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/**
 * The schema that reads a raw object into a record. A property that is missing, or whose value has no form we know, is
 * left out of the record; where it is a key, the object fails with the property's name. Unknown properties pass.
 */
export function recordOf<T extends object>(fields: FieldsOf<T>): z.ZodType<T> {
  const entries = Object.entries<Field<unknown>>(fields as Record<string, Field<unknown>>);
  return z.unknown().transform((raw, context): T => {
    const properties = propertiesOf(raw);
    if (properties === undefined) {
      context.addIssue({ code: 'custom', message: 'is not an object' });
      return z.NEVER;
    }
    const record: [string, unknown][] = [];
    for (const [name, field] of entries) {
      const outcome = field.read(properties);
      if (outcome.status === 'read') record.push([name, outcome.value]);
      else if ('isKey' in field) {
        const odd = outcome.status === 'odd';
        context.addIssue({
          code: 'custom',
          path: [odd ? outcome.property : (field.properties[0] ?? name)],
          message: odd ? outcome.reason : 'is missing',
        });
      }
    }
    return Object.fromEntries(record) as T;
  });
}
