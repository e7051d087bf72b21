import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listResources, readResource, resourcePath, useResourcesFrom } from './resources.ts';

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
