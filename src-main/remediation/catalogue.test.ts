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

  it('says what a restart has to bring, where one alone cannot end it', () => {
    const waiting = fixes.filter(({ impact }) => impact === 'reboot').map(({ id }) => id);
    // Of timers the finding tells all.
    const told = fixes.filter(({ afterRestart }) => afterRestart !== undefined).map(({ id }) => id);
    expect([...told, 'mpio-timers-of-vendor'].sort()).toEqual(waiting);
  });

  it('is offered by some rule, and rules offer nothing else', () => {
    const offered = new Set(rules.flatMap((rule) => rule.fixes));
    expect([...offered].sort()).toEqual(ids);
  });
});
