/** Sessions with CHAP taken away: no guard can bring them back, so the host keeps its paths wherever it stops. */
import { expect, it } from 'vitest';
import { openLab, type ChangeLab, type LabOptions } from '../testing/change-lab.ts';
import { planOf, settledState } from '../testing/fix-cases.ts';
import { differencesOf, stateOf } from '../testing/host-state.ts';
import { iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const chap = { username: 'host01', secret: 'a-real-secret' };
const user = { chapUser: 'host01' };

function hostWithSessions(sessions: readonly ReturnType<typeof session>[]) {
  return {
    host: {
      ...twoIscsiAdapters,
      iscsi: { targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'], chap }], sessions },
    },
  };
}

const surplus = hostWithSessions([
  session('10.0.10.11', '10.0.10.101', user),
  session('10.0.20.11', '10.0.20.101', user),
  session('10.0.20.11', '10.0.20.101', user),
]);
const unbound = hostWithSessions([session(null, '10.0.10.101', user), session(null, '10.0.20.101', user)]);

const cases = [
  { fix: 'iscsi-remove-sessions', finding: 'iscsi-same-pair-twice', on: surplus },
  { fix: 'iscsi-replace-sessions', finding: 'default-portal', on: unbound },
] as const;

function secretOf(fix: string, secret = chap.secret): Readonly<Record<string, string>> {
  return { [`${fix}.chap-secret:${iqn}`]: secret };
}

async function openWith({ fix, finding, on }: (typeof cases)[number], options: LabOptions = {}) {
  const lab = openLab(on, options);
  const answers = { [`${fix}.chap-user:${iqn}`]: 'host01' };
  return { lab, before: stateOf(lab.simulated), plan: await planOf(lab, { fix, finding, answers }) };
}

async function rolledBack(lab: ChangeLab, id: string, secrets: Readonly<Record<string, string>>) {
  const begun = lab.changes().rollback(id, [], secrets);
  if (!begun.ok) throw new Error(begun.failure.message);
  await lab.changes().settled();
  return (await lab.changes().state()).run;
}

it.each(cases)(
  '$fix says that no guard is armed, and comes all the way back with the secret',
  async (one) => {
    const { lab, before, plan } = await openWith(one);
    expect(plan.refusals).toEqual([]);
    expect(plan.guard.isNeeded).toBe(false);
    expect(plan.guard.without).toMatch(/No guard is armed/);
    const run = await lab.apply(plan, { secrets: secretOf(one.fix) });
    if (run === 'killed') throw new Error('Nobody killed it.');
    expect({ outcome: run.outcome, message: run.message }).toMatchObject({ outcome: 'successful' });

    const [entry] = lab.changes().history().entries;
    expect(entry?.secrets.map(({ id }) => id)).toEqual(Object.keys(secretOf(one.fix)));
    const refused = await rolledBack(lab, run.id, {});
    expect(refused?.refusals?.map(({ reason }) => reason)).toEqual(['not-confirmed']);
    expect((await rolledBack(lab, run.id, secretOf(one.fix)))?.outcome).toBe('successful');
    expect(differencesOf(before, settledState(lab))).toEqual([]);
    expect(JSON.stringify([plan, lab.journal.read()])).not.toContain(chap.secret);
    await lab.close();
  },
);

it.each(cases)(
  '$fix leaves every disk a path where Switchyard dies, and is taken back by the next',
  async (one) => {
    const clean = await openWith(one);
    await clean.lab.apply(clean.plan, { secrets: secretOf(one.fix) });
    for (const command of clean.lab.ran.keys()) {
      const { lab, before, plan } = await openWith(one, { fault: { kind: 'killed-after', command } });
      expect(await lab.apply(plan, { secrets: secretOf(one.fix) })).toBe('killed');
      expect(lab.simulated.machine.storage.sessions.filter(({ isConnected }) => isConnected)).not.toEqual([]);
      lab.restartTool();
      const [left] = (await lab.changes().state()).leftovers;
      expect((await rolledBack(lab, left?.id ?? '', secretOf(one.fix)))?.outcome).toBe('successful');
      expect(differencesOf(before, settledState(lab))).toEqual([]);
      await lab.close();
    }
    await clean.lab.close();
  },
);

it.each(cases)('$fix changes nothing where the secret is wrong', async (one) => {
  const { lab, before, plan } = await openWith(one);
  const run = await lab.apply(plan, { secrets: secretOf(one.fix, 'another secret') });
  if (run === 'killed') throw new Error('Nobody killed it.');
  expect(run.outcome).toBe('rolled-back');
  expect(differencesOf(before, settledState(lab))).toEqual([]);
  await lab.close();
});
