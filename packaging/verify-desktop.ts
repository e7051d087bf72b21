/**
 * `node packaging/verify-desktop.ts`: looks at the desktop packages in `dist` as they came out: fuses, archive, hashes of
 * what lies beside it. The last step of `npm run dist`; ends with 1 and a sentence for each thing that is wrong.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { asar, readDesktopConfig } from './builder.ts';
import { fuseProblems } from './fuses.ts';
import { hashResources } from './resource-hashes.ts';

const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const folders = existsSync(dist) ? readdirSync(dist).filter((name) => /^win.*-unpacked$/.test(name)) : [];
const problems = folders.length === 0 ? ['There is no unpacked Windows program in dist.'] : [];
const config = await readDesktopConfig(root);
for (const name of folders) {
  const folder = path.join(dist, name);
  const found = [...(await fuseProblems(path.join(folder, 'Switchyard.exe'), config.electronFuses))];
  const archive = path.join(folder, 'resources/app.asar');
  const strange = asar
    .listPackage(archive, { isPack: false })
    .filter(
      (file) => !/^[\\/](?:package\.json|out(?:[\\/](?:main|preload|renderer|licences).*)?)$/.test(file),
    );
  if (strange.length > 0) found.push(`The archive holds ${strange.slice(0, 5).join(', ')}.`);
  if (!readFileSync(path.join(folder, 'Switchyard.exe')).includes('ElectronAsar', 0, 'utf16le'))
    found.push('The executable does not know the hash of its archive.');
  const beside = JSON.stringify(hashResources(path.join(folder, 'resources/resources')));
  if (beside !== JSON.stringify(hashResources(path.join(root, 'resources'))))
    found.push('The files beside the archive are not those of this checkout.');
  problems.push(...found.map((problem) => `${name}: ${problem}`));
}
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${folders.length} packages are as the configuration wants them.`);
process.exitCode = problems.length === 0 ? 0 : 1;
