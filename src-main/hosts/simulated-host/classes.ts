/** Every CIM class of the simulated host, by name. */
import { adapterClasses } from './adapter-classes.ts';
import type { CimClass } from './cim.ts';
import { ipClasses } from './ip-classes.ts';
import { storageClasses } from './storage-classes.ts';
import { systemClasses } from './system-classes.ts';

export const cimClasses: readonly CimClass[] = [
  ...adapterClasses,
  ...ipClasses,
  ...storageClasses,
  ...systemClasses,
];

export const classByName = new Map(cimClasses.map((cls) => [cls.name.toLowerCase(), cls]));

export function classNamed(name: string): CimClass {
  const found = classByName.get(name.toLowerCase());
  if (found === undefined) throw new Error(`No class ${name}`);
  return found;
}
