/** Where settings are kept: in a file, or in memory only. */
import { fail, succeed, type Result } from '#shared/result.ts';
import type { SettingsEdit } from '#shared/settings.ts';
import { editDocument } from './edit-document.ts';
import { readSettingsFile, writeSettingsFile } from './settings-file.ts';
import { isNewer, readHost, type HostReading } from './settings-schema.ts';

export interface SettingsStore {
  /** Where the settings are from, in words. */
  readonly from: string;
  /** The file; undefined where they are forgotten with the process. */
  readonly file?: string;
  /** Reads anew: somebody may have edited the file. */
  readonly read: (host: string) => HostReading;
  readonly change: (host: string, edit: SettingsEdit) => Result<void>;
  /** Makes the folder that the file lies in, where that is ours to make. */
  readonly prepare: () => Result<void>;
}

/** `file`: absolute. It need not exist: then nothing is set, and the first change makes it. */
export function fileSettings(file: string): SettingsStore {
  return {
    from: file,
    file,
    read: (host) => {
      const read = readSettingsFile(file);
      if (read.is === 'absent')
        return readHost(editDocument(undefined, host, { set: 'profile', profile: null }), host);
      const reading = readHost(read.is === 'read' ? read.document : undefined, host);
      return read.is === 'bad'
        ? { ...reading, ignored: [`The settings file is ignored. ${read.because}`] }
        : reading;
    },
    change: (host, edit) => {
      return writeSettingsFile(file, (read) => {
        const document = read.is === 'read' ? read.document : undefined;
        if (isNewer(document)) {
          return fail(
            'bad-file',
            `${file} was written by a newer Switchyard, and this one does not change it.`,
            {
              remedy: 'Use the newer Switchyard, or edit the file by hand.',
            },
          );
        }
        const edited = editDocument(document, host, edit);
        // What nobody understands stays in the file where the change does not take its place.
        const isSound =
          read.is === 'absent' ||
          (read.is === 'read' &&
            readHost(edited, host).ignored.length >= readHost(document, host).ignored.length);
        return succeed({ document: edited, isSound });
      });
    },
    prepare: () => succeed(undefined),
  };
}

export function memorySettings(from: string): SettingsStore {
  let document: unknown;
  return {
    from,
    read: (host) =>
      readHost(document ?? editDocument(undefined, host, { set: 'profile', profile: null }), host),
    change: (host, edit) => {
      document = editDocument(document, host, edit);
      return succeed(undefined);
    },
    prepare: () => succeed(undefined),
  };
}
