/** A Vite plugin that writes down which packages are in a bundle, with the text of their licences. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import type { PackageLicence } from '../src-main/shared/licence.ts';

const licenceFile = /^(?:licen[cs]e|copying)(?:[.-].*)?$/i;

/** The package of a module by its path: the last `node_modules` counts, as it does for Node. */
function packageFolder(moduleId: string): string | undefined {
  const [, folder] = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId) ?? [];
  return folder;
}

/** Throws where a package names no licence: nothing goes out with terms that nobody has read. */
function readLicence(folder: string): PackageLicence {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const { name, version, license } = manifest;
  if (license === undefined) throw new Error(`${name} ${version} names no licence in its package.json.`);
  const file = readdirSync(folder).find((entry) => licenceFile.test(entry));
  return {
    name,
    version,
    licence: license,
    text: file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim(),
  };
}

/** Writes `<folder>/<part>.json`: every package of which something is left in the bundle, by name. */
export function licencesOf(part: string, folder = 'out/licences'): Plugin {
  return {
    name: 'switchyard-licences',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const moduleId of output.moduleIds) {
          const found = packageFolder(moduleId);
          if (found !== undefined && existsSync(path.join(found, 'package.json'))) folders.add(found);
        }
      }
      const packages = [...folders].map(readLicence).sort((a, b) => (a.name < b.name ? -1 : 1));
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${part}.json`), `${JSON.stringify(packages, null, 2)}\n`);
    },
  };
}
