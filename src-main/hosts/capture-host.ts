/** A host that is looked at through a capture file. */
import { basename } from 'node:path';
import type { Capture } from '#shared/capture.ts';
import { fail, succeed, type Result } from '#shared/result.ts';
import type { Sample } from '#shared/sample.ts';
import { readCaptureFile } from '../discovery/capture-file.ts';
import { openRecording } from '../discovery/recording-file.ts';
import type { Host } from './host.ts';
import { openReplay } from './replay-sampler.ts';

/** Of a recording that is too large to be read as a whole: so many of its newest samples are. */
const newestSamples = 900;

/** Each look reads the file anew; it fails with `bad-file` where the file cannot be read. `speed`: of its replay. */
export function captureHost(path: string, speed?: number): Host {
  return {
    source: 'capture',
    label: basename(path),
    async look({ onProgress, signal } = {}) {
      const capture = await readCapture(path);
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
    openSampler: (options) => {
      const open = async () => {
        const opened = await openRecording(path);
        return opened.ok ? opened.value : undefined;
      };
      return succeed(openReplay(open, { ...options, ...(speed === undefined ? {} : { speed }) }));
    },
    close: () => Promise.resolve(),
  };
}

/** A recording beyond the size of a capture, or one that ends in the middle, still has its look and its last samples. */
async function readCapture(path: string): Promise<Result<Capture>> {
  const whole = await readCaptureFile(path);
  if (whole.ok) return whole;
  const opened = await openRecording(path);
  if (!opened.ok) return whole;
  const newest: Sample[] = [];
  for await (const sample of opened.value.samples()) {
    newest.push(sample);
    if (newest.length > newestSamples) newest.shift();
  }
  return succeed({ ...opened.value.capture, samples: newest });
}
