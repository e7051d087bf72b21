/** Where scripts, rule pages and scenarios lie, in a checkout and in the packaged app. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

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

/** The text of a resource, UTF-8 without a byte order mark. Throws where it does not exist. */
export function readResource(relativePath: string): string {
  return readFileSync(resourcePath(relativePath), 'utf8').replace(/^\uFEFF/, '');
}

/** Names of the files directly in a folder of resources, sorted; `listResources('rules')` → `['iscsi-on-team.md', ...]`. */
export function listResources(folder: string): string[] {
  return readdirSync(resourcePath(folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
