/** The files that the product reads while it runs, each with the hash that it has to have. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** SHA-256 in hex by path below the folder, written with `/`. They are built into the bundles. */
export function hashResources(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      path.relative(folder, file).split(path.sep).join('/'),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

/** For `define` of a bundle: without it the product runs as from a checkout and checks nothing. */
export function hashesDefined(): Record<string, string> {
  return { SHIPPED_HASHES: JSON.stringify(hashResources('resources')) };
}
