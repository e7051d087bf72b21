/**
 * `npm run package [-- FOLDER]`: the terminal and browser shells as one Node package, without what only the desktop
 * program and those who build need. Run `npm run build` before. Prints what npm says of it, as JSON.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.join(import.meta.dirname, '..');
const target = path.resolve(process.argv[2] ?? path.join(root, 'dist'));
const staged = path.join(target, 'node-package');
const parts = ['out/cli', 'out/renderer', 'out/licences', 'resources', 'README.md', 'LICENSE'];

rmSync(staged, { recursive: true, force: true });
mkdirSync(staged, { recursive: true });
for (const part of parts) cpSync(path.join(root, part), path.join(staged, part), { recursive: true });
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const { name, version, description, license, author, type, bin, engines } = manifest;
writeFileSync(
  path.join(staged, 'package.json'),
  `${JSON.stringify({ name, version, description, license, author, type, bin, engines }, null, 2)}\n`,
);
const packed = spawnSync('npm', ['pack', '--json', '--pack-destination', target], {
  cwd: staged,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
process.stdout.write(packed.stdout);
rmSync(staged, { recursive: true });
