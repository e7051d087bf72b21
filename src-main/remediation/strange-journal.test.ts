import { expect, it } from 'vitest';
import type { ChangeCommand } from '#shared/change-command.ts';
import { createChanges } from '../app/changes.ts';
import { checkCapture } from '../app/check.ts';
import { demoChanges } from '../hosts/simulated-host/demo-changes.ts';
import { captureOf } from '../hosts/simulated-host/observe.ts';
import { createSimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { demoScenario } from '../testing/demo-check.ts';
import type { JournalEvent } from './journal-event.ts';
import { memoryJournal } from './journal.ts';

const at = '2026-01-15T12:00:00.000Z';

/** A change that went well, with a way back that somebody wrote into the journal. */
function written(undo: readonly ChangeCommand[]): readonly JournalEvent[] {
  const step = { fix: 'x', title: 'A step.', lines: [], changes: [], undo, undoLines: ['x'] };
  return [
    {
      event: 'begins',
      at,
      change: 'c1',
      kind: 'fix',
      host: 'HV04',
      by: 'x',
      pid: 1,
      title: 'A change',
      planHash: '',
      findings: [],
      fixes: [],
      steps: [step],
      isSimulated: true,
    },
    { event: 'step', at, change: 'c1', index: 0, state: 'done' },
    { event: 'ends', at, change: 'c1', outcome: 'successful', message: 'Done.' },
  ];
}

it.each<[string, ChangeCommand]>([
  ['a command that no change has', { cmdlet: 'Remove-Item', parameters: { Path: 'C:\\' } }],
  ['a program that no change has', { program: 'cmd', arguments: ['/c', 'x'] }],
  ['an argument that can stand in no command', { program: 'mpclaim', arguments: ['"', '-l'] }],
])('a rollback of %s is refused before anything is run', async (_what, command) => {
  const scenario = demoScenario('mpio-dedicated');
  const doors = demoChanges(createSimulatedHost(scenario));
  const ran: ChangeCommand[] = [];
  const journal = memoryJournal();
  for (const event of written([command])) journal.append(event);
  const changes = createChanges({
    host: {
      source: 'demo',
      label: 'x',
      look: () => Promise.resolve({ ok: true, value: captureOf(scenario) }),
      changes: {
        ...doors,
        run: (one, secrets) => {
          ran.push(one);
          return doors.run(one, secrets);
        },
      },
      close: () => Promise.resolve(),
    },
    judge: (capture) => checkCapture(capture, 'demo'),
    capture: () => undefined,
    tell: () => undefined,
    onEnd: () => undefined,
    journal,
  });
  changes.rollback('c1', [], {});
  await changes.settled();
  const { run } = await changes.state();
  expect(run).toMatchObject({
    phase: 'ended',
    outcome: 'refused',
    message: expect.stringContaining('nothing that Switchyard would run') as string,
  });
  expect(ran).toEqual([]);
  await changes.close();
});
