/** How large and how deep a request may be, whoever sends it. */

const longestText = 4096;
const longestList = 10_000;
const deepest = 8;
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Says what is wrong with a request, or undefined. Works on any value: one that holds itself is too deep. */
export function findLimitBroken(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    return value.length > longestText ? `a text longer than ${longestText} characters` : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= deepest) return `more than ${deepest} levels`;
  if (Array.isArray(value)) {
    if (value.length > longestList) return `a list of more than ${longestList} items`;
    return findFirst(value, depth);
  }
  const keys = Object.getOwnPropertyNames(value);
  if (keys.length > longestList) return `an object of more than ${longestList} properties`;
  if (keys.some((key) => prototypeKeys.has(key))) return 'a property name that is not allowed';
  if (keys.some((key) => key.length > longestText)) return 'a property name that is too long';
  return findFirst(Object.values(value), depth);
}

function findFirst(values: readonly unknown[], depth: number): string | undefined {
  for (const item of values) {
    const broken = findLimitBroken(item, depth + 1);
    if (broken !== undefined) return broken;
  }
  return undefined;
}
