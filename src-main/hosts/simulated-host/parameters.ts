/** Bound parameters of a call, read without case and always as lists, as PowerShell binds them. */
import type { CmdletCall } from './cmdlet-value.ts';

export class Parameters {
  private readonly byName: ReadonlyMap<string, { readonly name: string; readonly value: unknown }>;

  constructor(bound: CmdletCall['parameters']) {
    this.byName = new Map(
      Object.entries(bound)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [name.toLowerCase(), { name, value }]),
    );
  }

  names(): string[] {
    return [...this.byName.values()].map((entry) => entry.name);
  }

  has(name: string): boolean {
    return this.byName.has(name.toLowerCase());
  }

  /** A switch; also one bound to `$false`. */
  flag(name: string): boolean {
    return this.byName.get(name.toLowerCase())?.value === true;
  }

  list(name: string): readonly unknown[] {
    const value = this.byName.get(name.toLowerCase())?.value;
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }

  /** Undefined where the parameter is not bound. */
  texts(name: string): string[] | undefined {
    return this.has(name) ? this.list(name).map(textOf) : undefined;
  }

  text(name: string): string | undefined {
    return this.texts(name)?.[0];
  }

  /** A property of objects handed over, for example of the sessions in `-IscsiSession`. */
  propertyOf(name: string, property: string): string[] | undefined {
    if (!this.has(name)) return undefined;
    return this.list(name).flatMap((value) =>
      typeof value === 'object' && value !== null && property in value
        ? [textOf((value as Record<string, unknown>)[property])]
        : [],
    );
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return JSON.stringify(value);
}
