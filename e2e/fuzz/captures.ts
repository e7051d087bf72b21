/** One capture through everything that the product does with a file, and what must never come of it. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Capture } from '../../src-main/shared/capture.ts';
import type { Check } from '../../src-main/shared/finding.ts';
import { checkCapture } from '../../src-main/app/check.ts';
import { compareCaptures } from '../../src-main/app/compare-captures.ts';
import { makeReport } from '../../src-main/app/make-report.ts';
import { simulate } from '../../src-main/app/what-if.ts';
import { readCaptureFile } from '../../src-main/discovery/capture-file.ts';
import { redactCapture } from '../../src-main/redaction/redact-capture.ts';
import { renderCheckText } from '../../src-main/report/check-text.ts';
import { demoCapture } from '../../src-main/testing/demo-check.ts';
import { bend, damage, lose } from './mutate.ts';
import { randomOf, type Random } from './random.ts';
import type { Tally } from './tally.ts';

const demos = [
  'iscsi-on-team',
  'mpio-dedicated',
  'smb-stuck',
  'converged-2012r2',
  's2d-set',
  'names',
] as const;

export interface Base {
  readonly name: string;
  readonly capture: Capture;
  readonly check: Check;
  readonly bytes: Buffer;
}

export function basesOf(names: readonly string[] = demos): readonly [Base, ...Base[]] {
  const bases = names.map((name) => {
    const capture = demoCapture(name);
    return {
      name,
      capture,
      check: checkCapture(capture, 'capture'),
      bytes: Buffer.from(JSON.stringify(capture)),
    };
  });
  return bases as [Base, ...Base[]];
}

const origin = { source: 'capture', label: 'a damaged capture' } as const;

/** All that the commands do; throws where one of them does. */
function throughAll(base: Base, capture: Capture, random: Random): Check {
  const check = checkCapture(capture, 'capture');
  renderCheckText(check, origin, { width: 100, hasColour: true, nowMs: 0 });
  compareCaptures(base.capture, capture);
  const fails = check.model.adapters[random.number(check.model.adapters.length + 1)];
  if (fails !== undefined) simulate(capture, 'capture', [{ change: 'fail', id: fails.id }]);
  const redacted = redactCapture(capture, Buffer.alloc(32, 7));
  JSON.stringify(redacted);

  for (const format of ['markdown', 'html'] as const) {
    makeReport({ capture, check, origin }, { format, isRedacted: false });
  }
  return check;
}

const broken = (check: Check): string[] =>
  check.rules.flatMap((one) =>
    'reason' in one && one.reason.includes('unexpected error') ? [one.rule] : [],
  );

/** Rules that had something to say, or could not, and are content now that facts are gone. */
export function healed(base: Base, check: Check): string[] {
  const unwell = new Set(
    base.check.rules
      .filter(({ result }) => result === 'findings' || result === 'not-evaluated')
      .map(({ rule }) => rule),
  );
  return check.rules
    .filter(({ rule, result }) => result === 'fine' && unwell.has(rule))
    .map(({ rule }) => rule);
}

async function readAs(bytes: Buffer, folder: string, tally: Tally): Promise<Capture | undefined> {
  const file = path.join(folder, 'fuzz.capture.json');
  writeFileSync(file, bytes);
  const read = await readCaptureFile(file);
  rmSync(file);
  if (read.ok) return read.value;
  if (read.failure.message === '' || read.failure.remedy === undefined)
    throw new Error('Refused without a reason.');
  tally.refused += 1;
  return undefined;
}

/** One run. Throws with what went wrong; the seed tells which capture it was. */
export async function fuzzCapture(
  seed: number,
  bases: readonly [Base, ...Base[]],
  folder: string,
  tally: Tally,
): Promise<void> {
  const random = randomOf(seed);
  const base = random.pick(bases);
  const way = random.number(10);
  let capture: Capture | undefined;
  if (way < 3) {
    capture = await readAs(mutateBytes(base, random), folder, tally);
  } else if (way < 6) {
    capture = lose(base.capture, random);
  } else {
    capture = await readAs(
      Buffer.from(JSON.stringify(bend(base.capture, random, 'observations'))),
      folder,
      tally,
    );
  }
  if (capture !== undefined) {
    const check = throughAll(base, capture, random);
    tally.judged += 1;
    const upset = broken(check);
    if (upset.length > 0) throw new Error(`Rules that broke: ${upset.join(', ')}`);
    const fine = way >= 3 && way < 6 ? healed(base, check) : [];
    if (fine.length > 0) throw new Error(`Rules that call lost facts fine: ${fine.join(', ')}`);
  }
}

/** Plain or packed; the packed one is damaged in its content as often as in its packing. */
function mutateBytes(base: Base, random: Random): Buffer {
  switch (random.number(3)) {
    case 0:
      return damage(base.bytes, random);
    case 1:
      return damage(gzipSync(base.bytes), random);
    default:
      return gzipSync(damage(gunzipSync(gzipSync(base.bytes)), random));
  }
}
