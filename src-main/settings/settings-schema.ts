/**
 * From the JSON of a settings file to the settings of one host. A person edits the file by hand: what cannot be
 * understood is left out key by key and named, and everything else still counts.
 */
import * as z from 'zod';
import { noSettings, toldRoles, type HostSettings, type ToldRole, type Waiver } from '#shared/settings.ts';

export const settingsFormat = 'switchyard-settings';
export const settingsVersion = 1;

export interface HostReading {
  readonly settings: HostSettings;
  /** What was left out: one sentence each. */
  readonly ignored: readonly string[];
}

const name = z.string().trim().min(1).max(512);
const day = z.iso.date();
const bitsPerSecond = z.number().min(1e3).max(1e14);

export const waiverSchema: z.ZodType<Waiver> = z
  .object({
    finding: z
      .string()
      .regex(/^[a-z0-9-]+@[0-9a-f]{8}$/i, 'expected the id of a finding, such as single-session@1a2b3c4d')
      .exactOptional(),
    rule: z
      .string()
      .regex(/^[a-z0-9-]+$/i, 'expected the id of a rule')
      .exactOptional(),
    subjects: z.array(name).min(1).max(1000).exactOptional(),
    reason: z.string().trim().min(1, 'a waiver needs a reason').max(2000),
    until: day,
    by: z.string().trim().min(1).max(200).exactOptional(),
    on: day.exactOptional(),
  })
  .refine(({ finding, rule }) => (finding === undefined) !== (rule === undefined), {
    message: 'expected either finding or rule',
  });

const rolesSchema: z.ZodType<readonly ToldRole[]> = z
  .array(z.enum(toldRoles))
  .min(1)
  .max(toldRoles.length)
  .refine((roles) => !(roles.includes('storage') && roles.includes('not-storage')), {
    message: 'an interface is either for storage or not',
  });

const portalsSchema = z
  .array(z.object({ address: z.string().trim().min(2).max(64), bitsPerSecond }))
  .min(1)
  .max(256);

const thresholdSchema = z.number().min(0).max(1e15);

const oneOrMoreRoles = z.union([
  z.enum(toldRoles).transform((role): readonly ToldRole[] => [role]),
  rolesSchema,
]);
const linksSchema = z.object({ id: name, portals: portalsSchema });

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property of a file's object; nothing that every object has. */
function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The name under which the file keeps a host, whatever its case; the first where there are several. */
export function sectionName(document: unknown, host: string): string | undefined {
  const hosts = isObject(document) ? own(document, 'hosts') : undefined;
  if (!isObject(hosts)) return undefined;
  const key = host.toLowerCase();
  return Object.keys(hosts).find((one) => one.toLowerCase() === key);
}

/** What makes a document as a whole no settings file, or one to leave alone; undefined where it is one. */
export function wrongDocument(document: unknown): string | undefined {
  if (!isObject(document) || own(document, 'format') !== settingsFormat) {
    return `It is not a settings file: its format is not "${settingsFormat}".`;
  }
  const version = own(document, 'version');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return 'Its version is not a whole number.';
  }
  return undefined;
}

/** A file of a later version is read as far as it is understood, and never written. */
export function isNewer(document: unknown): boolean {
  const version = isObject(document) ? own(document, 'version') : undefined;
  return typeof version === 'number' && version > settingsVersion;
}

export function readHost(document: unknown, host: string): HostReading {
  const wrong = wrongDocument(document);
  if (wrong !== undefined)
    return { settings: noSettings, ignored: [`The settings file is ignored. ${wrong}`] };
  const ignored: string[] = [];
  const hosts = own(document as Readonly<Record<string, unknown>>, 'hosts');
  if (hosts !== undefined && !isObject(hosts)) ignored.push('hosts is ignored: expected an object.');
  const section = sectionName(document, host);
  if (section === undefined || !isObject(hosts)) return { settings: noSettings, ignored };
  const twins = Object.keys(hosts).filter((one) => one.toLowerCase() === host.toLowerCase());
  for (const twin of twins.slice(1)) {
    ignored.push(`hosts.${twin} is ignored: hosts.${section} is the same host, and the first counts.`);
  }
  const content = hosts[section];
  if (!isObject(content)) {
    return {
      settings: noSettings,
      ignored: [...ignored, `hosts.${section} is ignored: expected an object.`],
    };
  }
  const reader = readerOf(section, ignored);
  const assumptions = own(content, 'assumptions');
  const profile = reader.one(own(content, 'profile'), name, 'profile');
  const baseline = reader.one(own(content, 'baseline'), z.string().min(1).max(4096), 'baseline');
  return {
    settings: {
      assumptions: {
        targets: isObject(assumptions)
          ? reader.list(own(assumptions, 'targets'), linksSchema, 'assumptions.targets')
          : reader.list(assumptions === undefined ? undefined : null, linksSchema, 'assumptions'),
      },
      waivers: reader.list(own(content, 'waivers'), waiverSchema, 'waivers'),
      thresholds: reader.record(own(content, 'thresholds'), thresholdSchema, 'thresholds'),
      roles: reader.record(own(content, 'roles'), oneOrMoreRoles, 'roles'),
      ...(profile !== undefined && { profile }),
      ...(baseline !== undefined && { baseline }),
    },
    ignored,
  };
}

interface Reader {
  readonly one: <T>(value: unknown, schema: z.ZodType<T>, place: string) => T | undefined;
  readonly list: <T>(value: unknown, schema: z.ZodType<T>, place: string) => readonly T[];
  readonly record: <T>(value: unknown, schema: z.ZodType<T>, place: string) => Readonly<Record<string, T>>;
}

/** Each piece by itself; what does not fit goes to `ignored` with its place and the reason. */
function readerOf(section: string, ignored: string[]): Reader {
  const say = (place: string, why: string): void => {
    ignored.push(`hosts.${section}.${place} is ignored: ${why}.`);
  };
  const one: Reader['one'] = (value, schema, place) => {
    if (value === undefined) return undefined;
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    const inside = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    say(
      place,
      `${inside}${(issue?.message ?? 'not understood').replace(/^Invalid input: /, '').replace(/\.$/, '')}`,
    );
    return undefined;
  };
  return {
    one,
    list: (value, schema, place) => {
      if (value === undefined) return [];
      if (!Array.isArray(value)) {
        say(place, 'expected a list');
        return [];
      }
      return value.flatMap((item, index) => {
        const read = one(item, schema, `${place}[${index}]`);
        return read === undefined ? [] : [read];
      });
    },
    record: (value, schema, place) => {
      if (value === undefined) return {};
      if (!isObject(value)) {
        say(place, 'expected an object');
        return {};
      }
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => {
          const read = one(item, schema, `${place}.${key}`);
          return read === undefined ? [] : [[key, read] as const];
        }),
      );
    },
  };
}
