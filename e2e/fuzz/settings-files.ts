/** Settings files that no Switchyard wrote: read, judged by and changed, without a crash and without losing what was there. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SettingsEdit } from '../../src-main/shared/settings.ts';
import { editDocument } from '../../src-main/settings/edit-document.ts';
import { fileSettings } from '../../src-main/settings/settings-store.ts';
import { bend, damage } from './mutate.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';

const host = 'HV01';
const edits: readonly [SettingsEdit, ...SettingsEdit[]] = [
  { set: 'threshold', id: 'pcie-oversubscribed.part', value: 0.5 },
  { set: 'roles', interface: 'NIC1', roles: ['storage'] },
  { set: 'links', target: 'iqn.x', portals: [{ address: '10.0.0.1', bitsPerSecond: 1e10 }] },
  { set: 'waiver', waiver: { rule: 'jumbo-mismatch', reason: 'Known.', until: '2030-01-01' } },
  { set: 'profile', profile: 'generic' },
];

/** As the product writes it, for two hosts. */
function soundDocument(): object {
  const filled = (document: unknown, name: string): unknown =>
    edits.reduce<unknown>((done, edit) => editDocument(done, name, edit), document);
  return filled(filled(undefined, host), 'HV02') as object;
}

/** Throws with what went wrong. */
export function fuzzSettings(seed: number, folder: string, tally: Tally): Promise<void> {
  const random = randomOf(seed);
  const file = path.join(folder, 'settings.json');
  const sound = soundDocument();
  const bytes =
    random.number(2) === 0
      ? damage(Buffer.from(JSON.stringify(sound, undefined, 2)), random)
      : Buffer.from(JSON.stringify(bend(sound, random)));
  writeFileSync(file, bytes);
  const store = fileSettings(file);
  const before = store.read(host);
  if (before.ignored.some((sentence) => sentence.trim() === '')) throw new Error('Ignored without a reason.');
  const changed = store.change(host, random.pick(edits));
  const after = store.read(host);
  if (before.ignored.length === 0) tally.judged += 1;
  else tally.refused += 1;
  if (changed.ok) {
    if (after.ignored.length > before.ignored.length)
      throw new Error(`Worse after a change: ${after.ignored.join(' ')}`);
    // What could not be understood is lost from the file with the change only where a copy was kept.
    const isKept = readdirSync(folder).some(
      (name) => name.includes('.kept-') && readFileSync(path.join(folder, name)).equals(bytes),
    );
    if (after.ignored.length < before.ignored.length && !isKept)
      throw new Error('What was not understood is gone, and no copy of it was kept.');
  } else {
    if (changed.failure.remedy === undefined) throw new Error('Refused without a way out.');
    if (!readFileSync(file).equals(bytes)) throw new Error('Refused, and yet changed.');
  }
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  return Promise.resolve();
}
