/** docs/security.md and docs/reliability.md name tests: each of them has to exist, and each promise has to have one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronAge, usedElectron } from '../../packaging/electron-age.ts';
import { nextSteps } from '../../src-main/shared/next-step.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Rows of all tables, cell by cell, without their heads. */
function rowsOf(page: string): readonly (readonly string[])[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:id|fault|threat) \|/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

const named = /`([\w./-]+\.(?:test|spec)\.ts) › ([^`]+)`/g;

/** What the page claims and no test has: a file that is gone, or a name that is not in it. */
function unfounded(page: string): string[] {
  return [...page.matchAll(named)].flatMap(([, file = '', name = '']) => {
    if (!existsSync(path.join(root, file))) return [`${file} is not there`];
    return read(file).includes(name) ? [] : [`${file} has no test "${name}"`];
  });
}

const promised = [
  ...['A1 A2 A3 A4 A5 A6 A7 A8 A9', 'B1 B2 B3 B4 B5 B6', 'C1 C2 C3 C4 C5 C6 C7 C8'],
  ...['D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11', 'E1 E2 E3 E4 E5 E6 E7 E8 E9', 'F1 F2 F3 F4 F5 F6 F7 F8'],
  'G1 G2 G3 G4 G5 G6',
].flatMap((line) => line.split(' '));

describe.each(['docs/security.md', 'docs/reliability.md'])('%s', (file) => {
  const page = read(file);

  it('names only tests that are there', () => {
    expect(unfounded(page)).toEqual([]);
  });

  it('has in each row a test, or says what is open', () => {
    const bare = rowsOf(page)
      .filter(([first = '']) => file !== 'docs/security.md' || promised.includes(first))
      .filter((cells) => !/ › |Open/.test(cells.join(' ')))
      .map(([first]) => first);
    expect(bare).toEqual([]);
  });
});

it('the checklist has every line once, in its order', () => {
  const ids = rowsOf(read('docs/security.md')).map(([id]) => id);
  expect(ids.filter((id) => /^[A-G]\d+$/.test(id ?? ''))).toEqual(promised);
});

it('docs/failures.md has every kind of failure, with the next step that the program tells', () => {
  const told = rowsOf(read('docs/failures.md')).flatMap(([kind = '', , step]) =>
    kind.startsWith('`') ? [[kind.slice(1, -1), step]] : [],
  );
  expect(Object.fromEntries(told)).toEqual(nextSteps);
});

it('a test that is gone, or has another name, is found out', () => {
  expect(unfounded('`src-main/web/none.test.ts › x`')).toEqual(['src-main/web/none.test.ts is not there']);
  expect(unfounded('`src-main/web/server.test.ts › flies`')).toEqual([
    'src-main/web/server.test.ts has no test "flies"',
  ]);
});

it('the product has no runtime dependency, exact versions and no install scripts', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string> | undefined
  >;
  expect(dependencies ?? {}).toEqual({});
  const versions = Object.entries({ ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(read('.npmrc')).toContain('ignore-scripts=true');
});

it('an Electron of more than eight weeks goes into no release, and one that nobody noted neither', () => {
  const noted = { version: '45.4.1', released: '2026-11-19' };
  const inWeeks = (weeks: number) =>
    electronAge(noted, '45.4.1', Date.parse(noted.released) + weeks * 7 * 24 * 3_600_000);
  expect(inWeeks(5)).toEqual({});
  expect(inWeeks(7).warning).toMatch(/7 weeks old/);
  expect(inWeeks(9).error).toMatch(/9 weeks old/);
  expect(electronAge(noted, '46.0.0', 0).error).toContain('46.0.0');
  expect(electronAge({ version: '1', released: 'soon' }, '1', 0).error).toBeDefined();
  // Of what is used here the date is known; whether it is too old is asked when a release is made.
  const { noted: ours, used } = usedElectron(root);
  expect(electronAge(ours, used, Date.parse(ours.released))).toEqual({});
});

/** What would open the desktop shell to others, or silence who warns of it; each with a line that it catches. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/nodeIntegration\w*:\s*true/, 'nodeIntegrationInWorker: true'],
  [/contextIsolation:\s*false/, 'contextIsolation: false'],
  [/sandbox:\s*false/, 'sandbox: false'],
  [/webSecurity:\s*false/, 'webSecurity: false'],
  [/allowRunningInsecureContent:\s*true/, 'allowRunningInsecureContent: true'],
  [/webviewTag:\s*true/, 'webviewTag: true'],
  [/enableBlinkFeatures|experimentalFeatures:\s*true/, "enableBlinkFeatures: 'x'"],
  [/certificate-error|setCertificateVerifyProc/, "app.on('certificate-error', go)"],
  [/shell\.openExternal|openPath\(/, 'shell.openExternal(url)'],
  [/commandLine\.appendSwitch/, "app.commandLine.appendSwitch('x')"],
  [/bypassCSP:\s*true/, 'privileges: { bypassCSP: true }'],
  [
    /setAsDefaultProtocolClient|interceptFileProtocol|registerFileProtocol/,
    "app.setAsDefaultProtocolClient('x')",
  ],
  [/ELECTRON_DISABLE_SECURITY_WARNINGS/, "process.env.ELECTRON_DISABLE_SECURITY_WARNINGS = '1'"],
  [/executeJavaScript\(|\beval\(|new Function\(/, 'contents.executeJavaScript(text)'],
  [/loadURL\(\s*['"`](?:https?|file):|loadFile\(/, "window.loadURL('https://example.test')"],
];

it('what opens the desktop shell to others stands nowhere in it', () => {
  for (const [pattern, example] of openings) expect(example).toMatch(pattern);
  const sources = ['src-main/electron', 'src-main/web', 'src-main/platform'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((file) => file.endsWith('.ts') && !/\.test(?:-double)?\.ts$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  const found = sources.flatMap((file) =>
    openings.flatMap(([pattern]) => (pattern.test(read(file)) ? [`${file}: ${pattern.source}`] : [])),
  );
  expect(found).toEqual([]);
});
