/** The values of commands, told apart and written out. */
import type {
  AdapterValue,
  ChangeCommand,
  Condition,
  FoundValue,
  ParameterValue,
  SecretValue,
} from './change-command.ts';

export function isSecret(value: ParameterValue): value is SecretValue {
  return typeof value === 'object' && 'secret' in value;
}

export function isAdapter(value: ParameterValue): value is AdapterValue {
  return typeof value === 'object' && 'adapter' in value;
}

export function isFound(value: ParameterValue): value is FoundValue {
  return typeof value === 'object' && 'found' in value;
}

/** Ids of the secrets that commands take, each once. */
export function secretsOf(commands: readonly ChangeCommand[]): readonly string[] {
  const found = commands.flatMap((command) =>
    'program' in command
      ? []
      : Object.values(command.parameters).flatMap((value) => (isSecret(value) ? [value.secret] : [])),
  );
  return [...new Set(found)];
}

/** A text that means only itself where wildcards are read. */
export function escapedPattern(text: string): string {
  return text.replace(/[`*?[\]]/g, '`$&');
}

type Row = Readonly<Record<string, unknown>>;

/**
 * A property of an object, also of one inside it: `LoadBalancePolicy.LoadBalancePolicy`. Of a list it is that of each
 * item, as PowerShell reads it: a single one by itself. A bare value has itself under ''.
 */
export function propertyOf(row: Row, path: string): unknown {
  if (path === '') return row[''];
  let values: readonly unknown[] = [row];
  for (const name of path.split('.')) {
    const wanted = name.toLowerCase();
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const key = Object.keys(value).find((one) => one.toLowerCase() === wanted);
      const inner: unknown = key === undefined ? undefined : (value as Row)[key];
      return Array.isArray(inner) ? (inner as readonly unknown[]) : [inner];
    });
  }
  return values.length > 1 ? values : values[0];
}

function same(value: unknown, wanted: string | number | boolean): boolean {
  if (Array.isArray(value)) return value.some((one) => same(one, wanted));
  if (typeof wanted === 'string') return String(value).toLowerCase() === wanted.toLowerCase();
  return typeof wanted === 'number' ? Number(value) === wanted : value === wanted;
}

/** As the runner's script compares. */
export function holds(condition: Condition, row: Row): boolean {
  const value = propertyOf(row, condition.property);
  if ('isNoneOf' in condition) return !condition.isNoneOf.some((one) => same(value, one));
  if (condition.is === null) return value === undefined || value === null || value === '' || value === 0;
  return value !== undefined && value !== null && same(value, condition.is);
}
