/** Every CIM class of the simulated host, by name. */
import { adapterClasses } from './adapter-classes.ts';
import type { CimClass, StandingClass } from './cim.ts';
import { countingClasses } from './counter-classes.ts';
import { ipClasses } from './ip-classes.ts';
import { storageClasses } from './storage-classes.ts';
import { systemClasses } from './system-classes.ts';
import { taskClasses } from './task-classes.ts';

export const cimClasses: readonly CimClass[] = [
  ...adapterClasses,
  ...ipClasses,
  ...storageClasses,
  ...systemClasses,
  ...countingClasses,
  ...taskClasses,
];

export const classByName = new Map(cimClasses.map((cls) => [cls.name.toLowerCase(), cls]));

export function anyClassNamed(name: string): CimClass {
  const found = classByName.get(name.toLowerCase());
  if (found === undefined) throw new Error(`No class ${name}`);
  return found;
}

/** Throws for one whose rows are others at every moment. */
export function classNamed(name: string): StandingClass {
  const found = anyClassNamed(name);
  if ('count' in found) throw new Error(`${name} counts, and has no rows that stand`);
  return found;
}
