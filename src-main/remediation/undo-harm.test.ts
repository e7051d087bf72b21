import { expect, it } from 'vitest';
import { allowedCmdlets } from '#shared/allowed-commands.ts';
import { openLab, type ChangeLab } from '../testing/change-lab.ts';
import { planOf } from '../testing/fix-cases.ts';
import { oneSessionOfTwo, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { undoEffects } from './undo-harm.ts';

it('knows what every command of changes takes away', () => {
  expect(Object.keys(undoEffects).sort()).toEqual(Object.keys(allowedCmdlets).sort());
});

const resting = [{ interface: 'iSCSI2', advanced: { '*EEE': '1' } }];

async function rolledBack(lab: ChangeLab, id: string, typed: readonly string[]) {
  const begun = lab.changes().rollback(id, typed, {});
  if (!begun.ok) throw new Error(begun.failure.message);
  await lab.changes().settled();
  return (await lab.changes().state()).run;
}

async function applied(lab: ChangeLab): Promise<string> {
  const plan = await planOf(lab, { finding: 'power-management', fix: 'eee-off' });
  const run = await lab.apply(plan);
  if (run === 'killed' || run.outcome !== 'successful') throw new Error('It was not done.');
  lab.letTimePass(5000);
  return run.id;
}

it('takes an adapter back to what it was where another path is left', async () => {
  const lab = openLab({ host: { ...twoIscsiAdapters, settings: resting } });
  expect((await rolledBack(lab, await applied(lab), []))?.outcome).toBe('successful');
  await lab.close();
});

it('starts an adapter anew that is the last path only where the harm is typed', async () => {
  const lab = openLab({ host: { ...twoIscsiAdapters, settings: resting } });
  const id = await applied(lab);
  const [first] = lab.simulated.machine.storage.sessions;
  lab.simulated.call({
    name: 'Disconnect-IscsiTarget',
    parameters: { SessionIdentifier: first?.id ?? '', Confirm: false },
  });
  const refused = await rolledBack(lab, id, []);
  const [refusal] = refused?.refusals ?? [];
  expect(refusal).toMatchObject({ reason: 'last-path', typeToOverride: 'cut every path to Disk 1' });
  expect((await rolledBack(lab, id, [refusal?.typeToOverride ?? '']))?.outcome).toBe('successful');
  await lab.close();
});

it('takes a session back that was made where one is left', async () => {
  const lab = openLab({ host: oneSessionOfTwo });
  const run = await lab.apply(await planOf(lab, { finding: 'single-session', fix: 'iscsi-add-sessions' }));
  if (run === 'killed') throw new Error('Nobody killed it.');
  expect((await rolledBack(lab, run.id, []))?.outcome).toBe('successful');
  await lab.close();
});
