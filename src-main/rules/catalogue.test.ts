import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyObservationName } from '#shared/capture.ts';
import { catalogue } from './catalogue.ts';

const here = new URL('.', import.meta.url);
const pagesFolder = new URL('../../resources/rules/', here);
const ids = catalogue.map(({ id }) => id);

function namesIn(folder: URL, suffix: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

const headings = [
  '## What was seen',
  '## Why it matters',
  '## What to do',
  '## When to leave it alone',
  '## Check it by hand',
  '## Sources',
];

describe('the catalogue', () => {
  it('lists every rule once, by id', () => {
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('has a file for every rule and a rule for every file', () => {
    expect(namesIn(here, '.rule.ts')).toEqual(ids);
  });

  it('has a table of cases for every rule and a rule for every table', () => {
    expect(namesIn(here, '.rule.test.ts')).toEqual(ids);
  });

  it('has a page for every rule and a rule for every page', () => {
    expect(namesIn(pagesFolder, '.md')).toEqual(ids);
  });

  it.each(catalogue)('$id is asked for by observations that exist', (rule) => {
    const needed = [...rule.needs.flat(), ...(rule.appliesTo?.needs ?? [])];
    expect(needed.length).toBeGreaterThan(0);
    expect(everyObservationName).toEqual(expect.arrayContaining(needed));
  });

  it.each(catalogue)('$id has a page that opens with its heading and answers every question', (rule) => {
    const page = readFileSync(new URL(`${rule.id}.md`, pagesFolder), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${rule.failureTitle}`);
    expect(page.split('\n').filter((line) => line.startsWith('## '))).toEqual(headings);
    for (const severity of rule.severities) expect(page).toContain(`**${severity}**`);
  });
});
