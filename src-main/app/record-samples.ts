/** Recording the counters of a host into a file, as the shells ask for it. */
import { succeed, type Failure, type Result } from '#shared/result.ts';
import { createRecording, type Recording } from '../discovery/recording-file.ts';
import { sampleHost, type SampleOptions } from './sample-host.ts';
import type { HostChoice } from './select-host.ts';

export interface Recorded {
  readonly hostName: string;
  readonly sampleCount: number;
  /** Classes that were missing in at least one sample, with the reason that came last. */
  readonly missing: ReadonlyMap<string, string>;
}

interface RecordOptions extends Omit<SampleOptions, 'onLooked' | 'onSample' | 'stop'> {
  readonly path: string;
  readonly onSample: (count: number, hostName: string) => void;
}

/** What was sampled is in the file, whatever ends it. */
export async function recordSamples(
  choice: HostChoice,
  { path, onSample, ...options }: RecordOptions,
): Promise<Result<Recorded>> {
  const stop = new AbortController();
  const missing = new Map<string, string>();
  let recording: Recording | undefined;
  let failure: Failure | undefined;
  let writing: Promise<void> = Promise.resolve();
  let sampleCount = 0;
  let hostName = '';
  const sampled = await sampleHost(choice, {
    ...options,
    stop: stop.signal,
    onLooked: async ({ capture }) => {
      hostName = capture.host.name;
      const created = await createRecording(path, capture);
      if (!created.ok) return created;
      recording = created.value;
      return succeed(undefined);
    },
    onSample: (sample) => {
      for (const [name, { message }] of Object.entries(sample.missing ?? {})) missing.set(name, message);
      writing = writing.then(async () => {
        if (failure !== undefined) return;
        const written = await recording?.append(sample);
        if (written?.ok === false) {
          failure = written.failure;
          stop.abort();
          return;
        }
        sampleCount += 1;
        onSample(sampleCount, hostName);
      });
    },
  });
  await writing;
  await recording?.close();
  if (failure !== undefined) return { ok: false, failure };
  return sampled.ok ? succeed({ hostName, sampleCount, missing }) : sampled;
}
