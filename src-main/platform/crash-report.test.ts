import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { crashSentence, writeCrashReport } from './crash-report.ts';

it('a crash leaves a report with versions and stack, and no name or address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-crash-'));
  const error = new Error(`No answer from ${hostname()} at 10.1.2.3`);
  const file = writeCrashReport({ shell: 'browser', error, folder: join(folder, 'new') });
  const report = readFileSync(file ?? '', 'utf8');
  expect(report).toMatch(/^switchyard [\d.]+ \(browser\) ended unexpectedly at \d{4}-/);
  expect(report).toContain(`node ${process.versions.node}`);
  expect(report).toContain('Error: No answer from <host> at <address>');
  expect(report).toContain('crash-report.test.ts');
  expect(crashSentence(file)).toContain(file);
  rmSync(folder, { recursive: true });
});

it('a crash on a disk that takes no report is said all the same', () => {
  expect(writeCrashReport({ shell: 'terminal', error: 'x', folder: '/dev/null/none' })).toBeUndefined();
  expect(crashSentence(undefined)).toBe('A report of it could not be written.');
});
