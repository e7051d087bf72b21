/** Every host of the corpus. */
import type { CorpusHost } from './corpus-host.ts';
import { drawnFaulty } from './drawn-faulty.ts';
import { drawnHealthy } from './drawn-healthy.ts';
import { rawFaulty } from './raw-faulty.ts';
import { rawHealthyIscsi } from './raw-healthy-iscsi.ts';
import { rawHealthySmb } from './raw-healthy-smb.ts';
import { rawMixed } from './raw-mixed.ts';
import { rawMore } from './raw-more.ts';
import { rawOdd } from './raw-odd.ts';

/** In the raw shapes of Windows, written apart from the simulated host. */
export const rawHosts: readonly CorpusHost[] = [
  ...rawHealthyIscsi,
  ...rawHealthySmb,
  ...rawFaulty,
  ...rawOdd,
  ...rawMore,
  ...rawMixed,
];

export const corpus: readonly CorpusHost[] = [...rawHosts, ...drawnHealthy, ...drawnFaulty];
