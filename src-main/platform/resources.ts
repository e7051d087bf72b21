/**
 * Where scripts, rule pages and scenarios lie, in a checkout and in the packaged app. A package knows the hash of each
 * of them, because they lie outside what is signed: a file that is not the one it was built with is not used.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** SHA-256 in hex by path, put in by the build; a checkout has none, where people change these files. */
declare const SHIPPED_HASHES: Readonly<Record<string, string>> | undefined;

const shippedHashes = typeof SHIPPED_HASHES === 'undefined' ? undefined : SHIPPED_HASHES;

/** Thrown instead of the content of a file that somebody changed after the build. */
export class ChangedResource extends Error {
  readonly remedy =
    'Install Switchyard again from where you trust it, and find out who may write in its folder: it may run elevated.';

  constructor(file: string) {
    super(`The file ${file} is not the one that came with Switchyard, so it is not used.`);
    this.name = 'ChangedResource';
  }
}

let chosenFolder: string | undefined;
let foundFolder: string | undefined;

/** For the entry point of the packaged app, whose resources lie outside the archive. */
export function useResourcesFrom(folder: string): void {
  chosenFolder = resolve(folder);
}

/** The nearest `resources` beside a package.json, upwards from this file: the same in src-main/ and in out/. */
function findResourcesFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const candidate = join(folder, 'resources');
    if (existsSync(candidate) && existsSync(join(folder, 'package.json'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No resources folder above ${import.meta.dirname}`);
    folder = parent;
  }
}

function resourcesFolder(): string {
  return chosenFolder ?? (foundFolder ??= findResourcesFolder());
}

/**
 * The absolute path of a resource, which need not exist. `relativePath` is written with `/` and stays inside the
 * resources folder; anything else throws.
 */
export function resourcePath(relativePath: string): string {
  const root = resourcesFolder();
  const full = resolve(root, relativePath);
  const inside = relative(root, full);
  const isClean = !/[\\:]/.test(relativePath) && !relativePath.includes('\0');
  if (!isClean || isAbsolute(relativePath) || inside === '..' || inside.startsWith(`..${sep}`)) {
    throw new Error(`Not a path inside resources: ${JSON.stringify(relativePath)}`);
  }
  return full;
}

/** The text of a resource, UTF-8 without a byte order mark. Throws where it does not exist, {@link ChangedResource} too. */
export function readResource(relativePath: string, hashes = shippedHashes): string {
  const file = resourcePath(relativePath);
  const content = readFileSync(file);
  if (hashes !== undefined && hashes[relativePath] !== hashOf(content)) throw new ChangedResource(file);
  return content.toString('utf8').replace(/^\uFEFF/, '');
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Of a package: the files that are missing or not as they were built, by path. Undefined where nothing is known. */
export function changedResources(hashes = shippedHashes): readonly string[] | undefined {
  if (hashes === undefined) return undefined;
  return Object.entries(hashes)
    .filter(([path, hash]) => {
      const file = resourcePath(path);
      return !existsSync(file) || hashOf(readFileSync(file)) !== hash;
    })
    .map(([path]) => path);
}

/** Names of the files directly in a folder of resources, sorted; `listResources('rules')` → `['iscsi-on-team.md', ...]`. */
export function listResources(folder: string): string[] {
  return readdirSync(resourcePath(folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
