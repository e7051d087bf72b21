/** The Node package, packed and installed as a person would, and what every build has to stay within. */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { builtSizes } from '../built-sizes.ts';
import { root } from '../launch.ts';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const budgets = JSON.parse(readFileSync(path.join(root, 'packaging/budgets.json'), 'utf8')) as Record<
  string,
  number
>;

/** npm as it is installed; never a request: everything it may need is in the package. */
function npm(folder: string, words: readonly string[]): string {
  const ended = spawnSync('npm', [...words, '--offline'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect(ended.status, ended.stderr).toBe(0);
  return ended.stdout;
}

function over(sizes: Readonly<Record<string, number>>): string[] {
  return Object.entries(sizes)
    .filter(([name, size]) => !(size > 0 && size <= (budgets[name] ?? 0)))
    .map(([name, size]) => `${name} is ${size}, and may be ${budgets[name] ?? 'nothing: it has no budget'}`);
}

test('every build stays within its budget of size and start', () => {
  expect(over(builtSizes(path.join(root, 'out')))).toEqual([]);
});

test.describe.serial('the Node package', () => {
  let folder: string;
  let installed: string;
  let packed: Packed;
  const switchyard = (...words: string[]) =>
    spawnSync(process.execPath, [path.join(installed, 'out/cli/index.js'), ...words], {
      cwd: folder,
      encoding: 'utf8',
    });

  test.beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-package-'));
    const ended = spawnSync(process.execPath, ['packaging/pack.ts', folder], { cwd: root, encoding: 'utf8' });
    [packed] = JSON.parse(ended.stdout) as [Packed];
    npm(folder, ['init', '--yes']);
    npm(folder, ['install', path.join(folder, packed.filename)]);
    installed = path.join(folder, 'node_modules/switchyard');
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has what runs and nothing else, within its budget', () => {
    const rooms = new Set(packed.files.map((file) => file.path.replace(/^(out\/\w+|[^/]+).*$/, '$1')));
    expect([...rooms].sort()).toEqual([
      'LICENSE',
      'README.md',
      'out/cli',
      'out/licences',
      'out/renderer',
      'package.json',
      'resources',
    ]);
    expect(packed.files.filter((file) => /\.(?:ts|map|svelte|test\.\w+)$/.test(file.path))).toEqual([]);
    expect(
      over({
        nodePackage: packed.size,
        nodePackageUnpacked: packed.unpackedSize,
        nodePackageFiles: packed.files.length,
      }),
    ).toEqual([]);
  });

  test('checks a host as the checkout does, by the name it is called by', () => {
    const here = spawnSync(
      process.execPath,
      [path.join(root, 'src-main/cli/index.ts'), 'check', '--demo', 'large', '--json'],
      { cwd: root, encoding: 'utf8' },
    );
    const called = spawnSync(
      path.join(folder, 'node_modules/.bin/switchyard'),
      ['check', '--demo', 'large', '--json'],
      {
        cwd: folder,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      },
    );
    const plain = ({ stdout }: { stdout: string }): unknown =>
      JSON.parse(stdout, (key, value: unknown) =>
        /At$|durationMs|^(?:since|until)$/.test(key) ? undefined : value,
      );
    expect(called.status, called.stderr).toBe(here.status);
    expect(plain(called)).toEqual(plain(here));
  });

  test('serves the page', async () => {
    const child = spawn(
      process.execPath,
      [path.join(installed, 'out/cli/index.js'), 'serve', '--demo', 'iscsi-on-team'],
      { cwd: folder },
    );
    const origin = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.on('close', () => reject(new Error(`It ended before it gave a link: ${said}`)));
    });
    const page = await fetch(`${origin}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Switchyard</title>');
    child.stdin.end();
    await new Promise((resolve) => child.on('exit', resolve));
  });

  test('names everybody whose work is in it', () => {
    const { status, stdout } = switchyard('licences');
    expect(status).toBe(0);
    for (const name of ['chart.js', 'node-powershell', 'svelte', 'zod']) {
      expect(stdout).toMatch(new RegExp(`^${name.replace('.', '\\.')} [\\d.]+: MIT$`, 'm'));
    }
  });

  test('does not use a file that was changed after the build', () => {
    appendFileSync(path.join(installed, 'resources/rules/jumbo-mismatch.md'), ' ');
    const { status, stderr } = switchyard('explain', 'jumbo-mismatch');
    expect(status).toBe(3);
    expect(stderr).toContain('jumbo-mismatch.md is not the one that came with Switchyard');
    expect(stderr).toContain('Install Switchyard again');
    expect(switchyard('explain', 'iscsi-on-team').status).toBe(0);
  });
});
