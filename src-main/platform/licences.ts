/** What others have given to the product, as the build found it in the bundles. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageLicence } from '#shared/licence.ts';

/** `licences` beside the bundles: in a package the folder above this file, in a checkout below `out`. */
function licenceFolder(): string | undefined {
  const above = dirname(import.meta.dirname);
  return [join(above, 'licences'), join(above, '../out/licences')].find((folder) => existsSync(folder));
}

/** By name, each once. Empty in a checkout that has not been built. */
export function shippedLicences(folder: string | undefined = licenceFolder()): readonly PackageLicence[] {
  if (folder === undefined) return [];
  const byName = new Map<string, PackageLicence>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const packages = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly PackageLicence[];
    for (const one of packages) byName.set(`${one.name} ${one.version}`, one);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
