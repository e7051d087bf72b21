/** `npm run build`: the desktop program, the page, and the terminal and browser shells as plain Node files, into `out`. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build as buildDesktop } from 'electron-vite';
import { build } from 'vite';

process.chdir(path.join(import.meta.dirname, '..'));
// A file of an earlier build would be packed with this one.
rmSync('out', { recursive: true, force: true });
await buildDesktop({ logLevel: 'warn' });
await build({ configFile: 'cli.vite.config.ts', logLevel: 'warn' });
