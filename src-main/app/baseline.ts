/** The look that is pinned for a host: how it was when it was as it should be. Kept as a capture beside the settings. */
import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Capture } from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { readCaptureFile, writeCaptureFile } from '../discovery/capture-file.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** Of stores that are kept in memory, by host. */
const inMemory = new WeakMap<SettingsStore, Map<string, Capture>>();
const memoryName = 'memory';

const read = new Map<string, { readonly key: string; readonly capture: Capture }>();

/** `baseline`: as the settings name it. The file is large, and read again only where it has changed. */
export async function readBaseline(
  store: SettingsStore,
  host: string,
  baseline: string,
): Promise<Result<Capture>> {
  if (store.file === undefined) {
    const kept = inMemory.get(store)?.get(host.toLowerCase());
    return kept === undefined ? fail('bad-file', 'No look is kept in memory.') : succeed(kept);
  }
  const path = resolve(dirname(store.file), baseline);
  const facts = statSync(path, { throwIfNoEntry: false });
  const key = `${facts?.mtimeMs ?? ''} ${facts?.size ?? ''}`;
  const there = read.get(path);
  if (facts !== undefined && there?.key === key) return succeed(there.capture);
  const answer = await readCaptureFile(path);
  if (answer.ok) read.set(path, { key, capture: answer.value });
  return answer;
}

/** Writes the capture beside the settings file and pins it. Gives the name of the file, or that it is in memory. */
export async function pinLook(store: SettingsStore, capture: Capture): Promise<Result<string>> {
  const host = capture.host.name;
  if (store.file === undefined) {
    const kept = inMemory.get(store) ?? new Map<string, Capture>();
    inMemory.set(store, kept.set(host.toLowerCase(), capture));
    const set = store.change(host, { set: 'baseline', baseline: memoryName });
    return set.ok ? succeed(memoryName) : set;
  }
  const prepared = store.prepare();
  if (!prepared.ok) return prepared;
  const name = `${fileWord(host)}-${fileWord(capture.takenAt)}.capture.json.gz`;
  const written = await writeCaptureFile(join(dirname(store.file), name), capture);
  if (!written.ok) return written;
  const set = store.change(host, { set: 'baseline', baseline: name });
  return set.ok ? succeed(name) : set;
}

/** Pins a capture that is there already. Fails where it cannot be read. */
export async function pinFile(store: SettingsStore, host: string, path: string): Promise<Result<Capture>> {
  const capture = await readCaptureFile(path);
  if (!capture.ok) return capture;
  const from = dirname(store.file ?? '');
  // With forward slashes the file means the same under version control on every system.
  const baseline = relative(from, resolve(path)).replaceAll('\\', '/');
  const set = store.change(host, { set: 'baseline', baseline });
  return set.ok ? capture : set;
}

/** No sign that means something in a file's name on any system. */
function fileWord(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
}
