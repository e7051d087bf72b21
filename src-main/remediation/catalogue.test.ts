import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue as rules } from '../rules/catalogue.ts';
import { fixes } from './catalogue.ts';

const ids = fixes.map(({ id }) => id);

describe('the catalogue of fixes', () => {
  it('lists every fix once, by id', () => {
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('has a file for every fix and a fix for every file', () => {
    const files = readdirSync(new URL('fixes/', import.meta.url))
      .filter((file) => file.endsWith('.fix.ts'))
      .map((file) => file.slice(0, -'.fix.ts'.length));
    expect(files.sort()).toEqual(ids);
  });

  it('is offered by some rule, and rules offer nothing else', () => {
    const offered = new Set(rules.flatMap((rule) => rule.fixes));
    expect([...offered].sort()).toEqual(ids);
  });
});
