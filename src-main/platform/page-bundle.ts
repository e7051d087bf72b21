/** The built page, held in memory: a request is looked up by name, so no request ever becomes a path of the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface BundleFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/** Keys are absolute URL paths such as `/assets/index-abc.js`; `/` is the page itself. */
export type PageBundle = ReadonlyMap<string, BundleFile>;

/** Files of other kinds (source maps) are not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Throws where the folder or its index.html is missing. */
export function loadPageBundle(folder: string): PageBundle {
  const files = new Map<string, BundleFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(name, { contentType, body: readFileSync(path) });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`There is no index.html in ${folder}`);
  return files.set('/', index);
}
