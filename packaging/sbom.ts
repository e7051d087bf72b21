/**
 * `npm run sbom`: what is in the product, as CycloneDX, to standard output. npm reads it from the lock; of the packages
 * that only build and test, nothing is left in it. Run `npm run build` before: that knows what was bundled.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { shippedLicences } from '../src-main/platform/licences.ts';
import { productName } from '../src-main/platform/version.ts';

interface Bom {
  readonly metadata: { readonly component: object };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly 'bom-ref': string;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

process.chdir(path.join(import.meta.dirname, '..'));
const told = spawnSync(
  'npm',
  ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'],
  {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    shell: process.platform === 'win32',
  },
);
if (told.status !== 0) throw new Error(`npm sbom failed: ${told.stderr}`);
const all = JSON.parse(told.stdout) as Bom;
const shipped = new Set([...shippedLicences(), { name: 'electron' }].map(({ name }) => name));
// They are bundled, so the lock has them among what only builds; in the product they are not.
const components = all.components
  .filter(({ name }) => shipped.has(name))
  .map((component) => ({ ...component, scope: 'required', properties: [] }));
const missing = [...shipped].filter((name) => !components.some((component) => component.name === name));
if (missing.length > 0) throw new Error(`In the bundles, but not in the lock: ${missing.join(', ')}`);
const kept = new Set(components.map((component) => component['bom-ref']));
const dependencies = all.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
// npm calls the whole by the name of its folder.
const { metadata } = all;
const whole = { ...metadata, component: { ...metadata.component, name: productName } };
process.stdout.write(`${JSON.stringify({ ...all, metadata: whole, components, dependencies }, null, 2)}\n`);
