/** A host that is looked at through a capture file. */
import { basename } from 'node:path';
import { fail } from '#shared/result.ts';
import { readCaptureFile } from '../discovery/capture-file.ts';
import type { Host } from './host.ts';

/** Each look reads the file anew; it fails with `bad-file` where the file cannot be read. */
export function captureHost(path: string): Host {
  return {
    source: 'capture',
    label: basename(path),
    async look({ onProgress, signal } = {}) {
      const capture = await readCaptureFile(path);
      if (signal?.aborted === true) return fail('cancelled', 'The look was cancelled.');
      if (!capture.ok) return capture;
      const entries = Object.entries(capture.value.observations);
      for (const [index, [observation, { status }]] of entries.entries()) {
        onProgress?.({
          observation: observation as keyof typeof capture.value.observations,
          state: status,
          done: index + 1,
          total: entries.length,
        });
      }
      return capture;
    },
    close: () => Promise.resolve(),
  };
}
