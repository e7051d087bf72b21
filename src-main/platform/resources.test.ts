import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ChangedResource,
  changedResources,
  listResources,
  readResource,
  resourcePath,
  useResourcesFrom,
} from './resources.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-resources-'));

beforeAll(() => {
  // Before any override: the folder of this checkout is found.
  expect(resourcePath('rules')).toBe(join(import.meta.dirname, '../../resources/rules'));
  mkdirSync(join(folder, 'rules/old'), { recursive: true });
  writeFileSync(join(folder, 'rules/b.md'), '\uFEFFsecond');
  writeFileSync(join(folder, 'rules/a.md'), 'first');
  useResourcesFrom(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('resources', () => {
  it('come from the folder that the entry point chose', () => {
    expect(resourcePath('rules/a.md')).toBe(join(folder, 'rules/a.md'));
  });

  it('are read as text without a byte order mark', () => {
    expect(readResource('rules/b.md')).toBe('second');
  });

  it('are listed by file name, sorted, without folders', () => {
    expect(listResources('rules')).toEqual(['a.md', 'b.md']);
  });

  it('that do not exist are an error, never an empty text', () => {
    expect(() => readResource('rules/none.md')).toThrow(/none\.md/);
    expect(() => listResources('none')).toThrow(/none/);
  });

  it.each(['../package.json', 'rules/../../x', '/etc/passwd', 'C:/x', '..\\x', 'a\0b', '..'])(
    'refuse the path %j, which leaves the folder or tries to',
    (path) => {
      expect(() => resourcePath(path)).toThrow('Not a path inside resources');
    },
  );
});

describe('resources of a package', () => {
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hashes = { 'rules/a.md': hashOf('first'), 'rules/b.md': hashOf('\uFEFFsecond') };

  it('are used while they are what was built', () => {
    expect(readResource('rules/b.md', hashes)).toBe('second');
    expect(changedResources(hashes)).toEqual([]);
  });

  it('are refused where any one byte of them is another', () => {
    for (let at = 0; at < 'first'.length; at += 1) {
      const flipped = Buffer.from('first');
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(join(folder, 'rules/a.md'), flipped);
      expect(() => readResource('rules/a.md', hashes)).toThrow(ChangedResource);
      expect(changedResources(hashes)).toEqual(['rules/a.md']);
    }
    writeFileSync(join(folder, 'rules/a.md'), 'first');
  });

  it('are refused where the build did not know of them', () => {
    expect(() => readResource('rules/a.md', {})).toThrow('is not the one that came with Switchyard');
  });

  it('are named where they are gone', () => {
    expect(changedResources({ ...hashes, 'rules/gone.md': hashOf('') })).toEqual(['rules/gone.md']);
  });

  it('are not checked in a checkout, where people change them', () => {
    expect(changedResources()).toBeUndefined();
  });
});
