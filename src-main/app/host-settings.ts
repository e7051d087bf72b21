/** Which settings count for a host, and everything that they name read: what the corridor takes. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Capture } from '#shared/capture.ts';
import type { CheckSource } from '#shared/finding.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import { waiverKey, type SettingsState } from '#shared/settings.ts';
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { configFolder, makeConfigFolder } from '../platform/config-folder.ts';
import { fileSettings, memorySettings, type SettingsStore } from '../settings/settings-store.ts';
import { readBaseline } from './baseline.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { thresholdsOf } from './thresholds.ts';
import { readVendorProfile, vendorProfileIds } from './vendor-profiles.ts';

export type { SettingsStore } from '../settings/settings-store.ts';

export interface SettingsChoice {
  /** The person named a file. */
  readonly file?: string | undefined;
  readonly source: CheckSource;
  /** The command is there to make the file, so it need not exist. */
  readonly mayBeNew?: boolean;
}

const defaultName = 'settings.json';

/**
 * The file that the person named, or their own one. A demo host is nobody's: what is set for it is kept in memory unless
 * a file is named. Fails where a named file does not exist: it was mistyped.
 */
export function openSettings({ file, source, mayBeNew }: SettingsChoice): Result<SettingsStore> {
  if (file !== undefined) {
    const path = resolve(file);
    return mayBeNew === true || existsSync(path)
      ? succeed(fileSettings(path))
      : fail('bad-file', `There is no settings file ${file}.`, {
          remedy: 'Check the path. "switchyard settings" makes a new file with its first change.',
        });
  }
  if (source === 'demo') {
    return succeed(
      memorySettings('memory only: of a demo host nothing is kept unless --settings names a file'),
    );
  }
  const folder = configFolder();
  const store = fileSettings(join(folder, defaultName));
  const prepare = (): Result<void> => {
    try {
      makeConfigFolder(folder);
      return succeed(undefined);
    } catch (error) {
      return fail('bad-file', `The folder ${folder} could not be made, so nothing was written.`, {
        remedy: 'Name a file with --settings.',
        detail: String(error),
      });
    }
  };
  return succeed({
    ...store,
    prepare,
    change: (host, edit) => {
      const prepared = prepare();
      return prepared.ok ? store.change(host, edit) : prepared;
    },
  });
}

export function settingsInMemory(): SettingsStore {
  return memorySettings('memory only: of a demo host nothing is kept unless --settings names a file');
}

/** What counts for the host of this capture. Reads the file, the profile and the baseline anew; never fails. */
export async function settingsFor(
  store: SettingsStore,
  { host }: Pick<Capture, 'host'>,
  nowMs: number,
): Promise<JudgeSettings> {
  const { settings, ignored: unread } = store.read(host.name);
  const ignored = [...unread];
  const known = new Set(thresholdsOf().map(({ id }) => id));
  for (const id of Object.keys(settings.thresholds)) {
    if (!known.has(id)) ignored.push(`A threshold ${id} is set, and there is none of that name.`);
  }
  const profile = profileOf(settings.profile, ignored);
  const pinned =
    settings.baseline === undefined ? undefined : await readBaseline(store, host.name, settings.baseline);
  if (pinned?.ok === false) ignored.push(`The baseline could not be read. ${pinned.failure.message}`);
  const baseline = pinned?.ok === true ? pinned.value : undefined;
  return {
    from: store.from,
    host: settings,
    ...(profile !== undefined && { profile }),
    ...(baseline !== undefined && { baseline }),
    today: localDay(nowMs),
    ignored,
  };
}

function profileOf(id: string | undefined, ignored: string[]): VendorProfile | undefined {
  if (id === undefined) return undefined;
  if (vendorProfileIds().includes(id)) return readVendorProfile(id);
  ignored.push(`The vendor profile ${id} is set, and there is none of that name.`);
  return undefined;
}

/** YYYY-MM-DD by the clock and the zone of this machine: the day that a person here would call today. */
export function localDay(ms: number): string {
  const now = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What is set for the host of this capture, and what could be. */
export async function settingsState(
  store: SettingsStore,
  capture: Pick<Capture, 'host'>,
  nowMs: number,
): Promise<SettingsState> {
  const { from, host, baseline, ignored, today } = await settingsFor(store, capture, nowMs);
  const { waivers, roles, assumptions, profile } = host;
  return {
    host: capture.host.name,
    from,
    isKept: store.file !== undefined,
    waivers: waivers.map((waiver) => ({
      ...waiver,
      key: waiverKey(waiver),
      isExpired: waiver.until < today,
    })),
    thresholds: thresholdsOf(host),
    roles,
    links: assumptions.targets,
    ...(profile !== undefined && { profile }),
    profiles: vendorProfileIds().map((id) => {
      const { name, source } = readVendorProfile(id);
      return { id, name, source };
    }),
    ...(baseline !== undefined && {
      baseline: { host: baseline.host.name, takenAt: baseline.takenAt },
    }),
    ignored,
  };
}
