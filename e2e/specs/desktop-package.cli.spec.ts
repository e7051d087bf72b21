/** The desktop package, as far as it can be built without Electron: its archive, its configuration, its fuses. */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { asar, fuses, readDesktopConfig, validateDesktopConfig } from '../../packaging/builder.ts';
import { fuseProblems } from '../../packaging/fuses.ts';
import { root } from '../launch.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-desktop-package-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The mark before the fuses in every Electron executable, with the version and the number of fuses behind it. */
function executableWith(fuseCount: number): string {
  const file = path.join(folder, `electron-with-${fuseCount}.exe`);
  const wire = Buffer.from([1, fuseCount, ...Array.from({ length: fuseCount }, () => '1'.charCodeAt(0))]);
  const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
  writeFileSync(file, Buffer.concat([Buffer.alloc(500), mark, wire, Buffer.alloc(500)]));
  return file;
}

test('the configuration is one that this electron-builder takes, and a wrong one is not', async () => {
  const config = await readDesktopConfig(root);
  expect(config).toMatchObject({
    disableAsarIntegrity: false,
    win: { requestedExecutionLevel: 'asInvoker', icon: 'packaging/icons/icon.ico' },
    nsis: { perMachine: true, allowToChangeInstallationDirectory: false },
    extraResources: [{ from: 'resources', to: 'resources' }],
    publish: null,
  });
  await expect(validateDesktopConfig({ ...config, electronFuses: { runAsNode: 'no' } })).rejects.toThrow(
    'runAsNode',
  );
  const icon = readFileSync(path.join(root, config.win.icon));
  expect([icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([1, 9]);
});

test('every fuse is set as the configuration says, and one that nobody judged is named', async () => {
  const { electronFuses } = await readDesktopConfig(root);
  const executable = executableWith(Object.keys(electronFuses).length);
  expect(await fuseProblems(executable, electronFuses)).toContain(
    'The fuse RunAsNode is not off, as the configuration wants it.',
  );
  const byIndex = Object.entries(electronFuses).map(([name, isOn]) => {
    const index = fuses.FuseV1Options[name.charAt(0).toUpperCase() + name.slice(1)];
    return [index, isOn] as const;
  });
  const wanted = Object.fromEntries(byIndex) as Record<string, boolean>;
  await fuses.flipFuses(executable, { version: '1', strictlyRequireAllFuses: true, ...wanted });
  expect(await fuseProblems(executable, electronFuses)).toEqual([]);
  expect(await fuseProblems(executableWith(Object.keys(electronFuses).length + 1), electronFuses)).toContain(
    'Fuse 8 is new in this Electron, and nobody has judged it.',
  );
});

test('the archive holds the bundles alone, within its budget', async () => {
  const { files } = await readDesktopConfig(root);
  const staged = path.join(folder, 'app');
  const patterns = files.flatMap(({ filter }) => filter).filter((pattern) => !pattern.startsWith('!'));
  for (const part of patterns) {
    const name = part.replace('/**', '');
    cpSync(path.join(root, name), path.join(staged, name), { recursive: true });
  }
  const archive = path.join(folder, 'app.asar');
  await asar.createPackage(staged, archive);
  const listed = asar.listPackage(archive, { isPack: false });
  expect(listed).toContain('/out/main/index.js');
  expect(listed).toContain('/out/preload/preload.cjs');
  expect(listed).toContain('/out/renderer/index.html');
  expect(listed.filter((file) => /node_modules|\.(?:ts|map|ps1|svelte)$/.test(file))).toEqual([]);
  const budgets = JSON.parse(readFileSync(path.join(root, 'packaging/budgets.json'), 'utf8')) as {
    desktopArchive: number;
  };
  expect(statSync(archive).size).toBeLessThan(budgets.desktopArchive);
});
