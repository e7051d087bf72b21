/** What a build weighs: the part that has to be there before anything is shown, and the whole. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const gzipped = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A script and all that it imports without being asked to: what `import(...)` names comes later. */
function loadedWith(script: string, found = new Set<string>()): Set<string> {
  if (found.has(script)) return found;
  found.add(script);
  const text = readFileSync(script, 'utf8');
  for (const [, name] of text.matchAll(/(?:^|[;}\s])(?:import|export)\b[^;"'()]*["'](\.\/[^"']+)["']/g)) {
    if (name !== undefined) loadedWith(path.join(path.dirname(script), name), found);
  }
  return found;
}

/** Bytes and numbers of files by the names of `packaging/budgets.json`, of the build in `out`. */
export function builtSizes(out: string): Readonly<Record<string, number>> {
  const page = path.join(out, 'renderer');
  const html = readFileSync(path.join(page, 'index.html'), 'utf8');
  const linked = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name = '']) =>
    path.join(page, name),
  );
  const scripts = linked.filter((file) => file.endsWith('.js'));
  const atStart = new Set([
    path.join(page, 'index.html'),
    ...linked,
    ...scripts.flatMap((script) => [...loadedWith(script)]),
  ]);
  return {
    pageAtStartGzipped: gzipped(atStart),
    pageAtStartFiles: atStart.size,
    chartWhenNeededGzipped: gzipped(
      filesIn(page).filter((file) => path.basename(file).startsWith('LineChart')),
    ),
    pageWholeGzipped: gzipped(filesIn(page)),
    preload: readFileSync(path.join(out, 'preload/preload.cjs')).length,
    desktopMainGzipped: gzipped(filesIn(path.join(out, 'main'))),
    terminalAtStartGzipped: gzipped(loadedWith(path.join(out, 'cli/index.js'))),
    terminalWholeGzipped: gzipped(filesIn(path.join(out, 'cli'))),
  };
}
