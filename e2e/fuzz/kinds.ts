/** What is fuzzed, each by its name; one run is one file, and its seed tells which. */
import path from 'node:path';
import { basesOf, fuzzCapture } from './captures.ts';
import { fuzzJournal, soundJournal } from './journal-files.ts';
import { fuzzSettings } from './settings-files.ts';
import type { Tally } from './tally.ts';

/** Throws with what went wrong. */
type FuzzOne = (seed: number, tally: Tally) => Promise<void>;

/** Makes what the runs of a kind share. `folder` is there and empty. */
export const kinds: Readonly<Record<string, (folder: string) => Promise<FuzzOne>>> = {
  captures: (folder) => {
    const bases = basesOf();
    return Promise.resolve((seed, tally) => fuzzCapture(seed, bases, folder, tally));
  },
  settings: (folder) => Promise.resolve((seed, tally) => fuzzSettings(seed, folder, tally)),
  journals: async (folder) => {
    const sound = await soundJournal();
    return (seed, tally) => fuzzJournal(seed, sound, path.join(folder, 'changes'), tally);
  },
};
