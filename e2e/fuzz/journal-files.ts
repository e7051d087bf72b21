/** Journals that a crash, a disk or somebody changed: told, and rolled back where they offer it, without a crash. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openLab } from '../../src-main/testing/change-lab.ts';
import { twoIscsiAdapters } from '../../src-main/testing/storage-hosts.ts';
import { createChanges } from '../../src-main/app/changes.ts';
import { checkCapture } from '../../src-main/app/check.ts';
import { demoChanges } from '../../src-main/hosts/simulated-host/demo-changes.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import { createSimulatedHost } from '../../src-main/hosts/simulated-host/simulated-host.ts';
import type { JournalEvent } from '../../src-main/remediation/journal-event.ts';
import { fileJournal } from '../../src-main/remediation/journal.ts';
import { memoryLock } from '../../src-main/remediation/lock.ts';
import { scenarioWith } from '../../src-main/testing/host-with.ts';
import { bend, damage } from './mutate.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';

const ailing = {
  ...twoIscsiAdapters,
  mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
} as const;

/** What a change that went well and one that was taken back left in a journal. */
export async function soundJournal(): Promise<readonly JournalEvent[]> {
  const lab = openLab({ host: ailing });
  const [finding] = lab.look().findings.filter(({ rule }) => rule === 'mpio-policy');
  const plan = await lab.plan({ findings: [finding?.id ?? ''] });
  if (!plan.ok) throw new Error(plan.failure.message);
  await lab.apply(plan.value);
  const [entry] = lab.changes().history().entries;
  lab.changes().rollback(entry?.id ?? '', [], {});
  await lab.changes().settled();
  const again = await lab.plan({ findings: [finding?.id ?? ''] });
  if (again.ok) await lab.apply(again.value);
  await lab.close();
  const read = lab.journal.read();
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.events;
}

/** Throws with what went wrong. */
export async function fuzzJournal(
  seed: number,
  sound: readonly JournalEvent[],
  folder: string,
  tally: Tally,
): Promise<void> {
  const random = randomOf(seed);
  const lines = sound.map((event) => JSON.stringify(event));
  const cutAt = random.number(lines.length);
  const bent = lines.map((line, index) =>
    index === cutAt ? JSON.stringify(bend(JSON.parse(line) as object, random)) : line,
  );
  const text = (random.number(2) === 0 ? lines : bent).map((line) => `${line}\n`).join('');
  const bytes = random.number(3) === 0 ? damage(Buffer.from(text), random) : Buffer.from(text);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'changes.jsonl'), bytes);

  const simulated = createSimulatedHost(scenarioWith(ailing));
  const changes = createChanges({
    host: {
      source: 'demo',
      label: 'fuzz',
      look: () => Promise.resolve({ ok: true, value: captureOf(simulated.machine.scenario) }),
      changes: demoChanges(simulated),
      close: () => Promise.resolve(),
    },
    judge: (capture) => checkCapture(capture, 'demo'),
    capture: () => undefined,
    tell: () => undefined,
    onEnd: () => undefined,
    journal: fileJournal(folder),
    lock: memoryLock(),
  });
  const { entries, failure } = changes.history();
  await changes.state();
  const offered = entries.find(({ rollback }) => rollback.isPossible);
  if (offered !== undefined) {
    changes.rollback(offered.id, [], {});
    await changes.settled();
    const { run } = await changes.state();
    if (run?.phase !== 'ended') throw new Error('A rollback did not come to its end.');
  }
  if (failure === undefined) tally.judged += 1;
  else tally.refused += 1;
  if (failure !== undefined && failure.message === '') throw new Error('A gap without a sentence.');
  await changes.close();
  rmSync(folder, { recursive: true });
}
