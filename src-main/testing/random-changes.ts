/**
 * Random hosts, and a random fix of what is found on each, done and taken back: no command may leave a disk or a share
 * without a working path, and the way back has to lead all the way.
 */
import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Choice, ChoiceValue, FixPlan } from '#shared/fix-plan.ts';
import type { Scenario, ScenarioSession } from '../hosts/simulated-host/scenario.ts';
import type { SimulatedHost } from '../hosts/simulated-host/simulated-host.ts';
import { openLab } from './change-lab.ts';
import { differencesOf, stateOf, type HostState } from './host-state.ts';
import { fileServer } from './storage-hosts.ts';

const iqns = ['iqn.2001-04.com.example:a', 'iqn.2001-04.com.example:b'] as const;
const addresses = ['10.0.10.11', '10.0.20.11', '10.0.10.12'] as const;
const portals = ['10.0.10.101', '10.0.20.101', '10.0.10.102'] as const;

const sessions = fc
  .record({
    iqn: fc.constantFrom(...iqns),
    to: fc.constantFrom(...portals),
    from: fc.option(fc.nat(1), { freq: 4 }),
  })
  .map(({ iqn, to, from }): ScenarioSession => {
    // A login names an address in the subnet of its portal, or none.
    const own = addresses.filter((address) => address.slice(0, 8) === to.slice(0, 8));
    return {
      iqn,
      disks: iqn === iqns[0] ? [1, 2] : [3],
      connections: [{ to, from: from === null ? null : (own[from % own.length] ?? null) }],
    };
  });

export const randomHosts = fc
  .record({
    sessions: fc.array(sessions, { minLength: 1, maxLength: 5 }),
    policy: fc.constantFrom('RR' as const, 'FOO' as const, 'LQD' as const),
    globalPolicy: fc.constantFrom('None' as const, 'RR' as const, 'LQD' as const),
    broken: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    startType: fc.constantFrom('Automatic' as const, 'Manual' as const),
    constrained: fc.subarray(['SMB1', 'SMB2']),
    isMultichannelEnabled: fc.boolean(),
    // Windows tells sessions with the same ends apart in nothing, so their favourites go together.
    favourites: fc.subarray([...portals]),
  })
  .map((drawn): Partial<Scenario> => {
    const through = (disk: number) => drawn.sessions.filter(({ disks }) => disks?.includes(disk) === true);
    const disks = [1, 2, 3].filter((disk) => through(disk).length > 0);
    return {
      windows: { release: '2019' },
      features: ['Hyper-V', 'Multipath-IO'],
      adapters: ['LAN', 'A', 'B', 'C', 'SMB1', 'SMB2'].map((name) => ({ name, speed: 10e9, rss: true })),
      addresses: [
        { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
        ...addresses.map((address, place) => ({
          interface: ['A', 'B', 'C'][place] ?? '',
          address: `${address}/24`,
        })),
        { interface: 'SMB1', address: '10.0.30.11/24' },
        { interface: 'SMB2', address: '10.0.40.11/24' },
      ],
      msiscsi: { status: 'Running', startType: drawn.startType },
      iscsi: {
        targets: iqns.map((iqn) => ({ iqn, portals })),
        sessions: drawn.sessions.map((session) => ({
          ...session,
          isPersistent: drawn.favourites.some((portal) => portal === session.connections[0]?.to),
        })),
      },
      disks: disks.map((number) => ({ number })),
      mpio: {
        globalPolicy: drawn.globalPolicy,
        disks: disks.map((disk) => ({
          disk,
          policy: drawn.policy,
          pathStates: through(disk).map((_, place) =>
            place > 0 && drawn.broken[place] === true
              ? ('Failed' as const)
              : drawn.policy === 'FOO' && place > 0
                ? ('Standby' as const)
                : ('Active/Optimized' as const),
          ),
        })),
      },
      vms: [{ name: 'VM1', disks: ['\\\\FS01\\VMs\\VM1.vhdx'] }],
      smb: {
        servers: [fileServer],
        isMultichannelEnabled: drawn.isMultichannelEnabled,
        constraints: drawn.constrained.map((name) => ({ server: 'FS01', interface: name })),
      },
    };
  });

/** What can be reached: disks by a path that is not broken, shares by a pair that SMB uses. */
function reachable({ machine }: SimulatedHost): ReadonlySet<string> {
  const { mpioDisks, disks, sessions: all, smbRows } = machine.storage;
  const held = new Map(mpioDisks.map((disk) => [disk.disk, disk]));
  const isOn = machine.scenario.smb?.isMultichannelEnabled ?? true;
  return new Set([
    ...disks.flatMap(({ number, busType }) => {
      if (busType !== 'iSCSI') return [];
      const paths = held.get(number)?.paths.map(({ state }) => state !== 'Failed' && state !== 'Unavailable');
      const isThere =
        paths === undefined
          ? all.some((session) => session.isConnected && session.disks.includes(number))
          : paths.includes(true);
      return isThere ? [`disk ${number}`] : [];
    }),
    ...(!isOn || smbRows.some(({ isSelected, isFailed }) => isSelected && !isFailed) ? ['share'] : []),
  ]);
}

/** A path that is made again works, whatever it was before: which of them carry is not what a fix takes back. */
function differences(first: HostState, now: HostState): readonly string[] {
  return differencesOf(first, now).filter((line) => !/^(MpioDisk|Mpclaim|itself mpio) /.test(line));
}

/** An answer that the choice takes, drawn from what it offers. */
function answerTo({ options = [], type, proposal }: Choice, draw: number): ChoiceValue | undefined {
  const values = options.map(({ value }) => value);
  if (values.length === 0) return proposal;
  if (type === 'one-of') return values[draw % values.length];
  const some = values.filter((_, place) => ((draw >> place) & 1) === 1);
  return some.length > 0 ? some : proposal;
}

/** `pick` chooses the finding and the fix, `draw` the answers. The plan, or undefined where nothing is offered; throws what is wrong. */
export async function tryRandomFix(
  host: Partial<Scenario>,
  pick: number,
  draw: number,
): Promise<FixPlan | undefined> {
  const lost: string[] = [];
  let before: ReadonlySet<string> = new Set();
  const lab = openLab(
    { host },
    {
      watch: (now, command) => {
        const left = reachable(now);
        for (const one of before) if (!left.has(one)) lost.push(`${one} after ${JSON.stringify(command)}`);
      },
    },
  );
  before = reachable(lab.simulated);
  const first = stateOf(lab.simulated);
  const offered = lab.look().findings.flatMap(({ id, fixes }) => fixes.map((fix) => ({ id, fix })));
  const chosen = offered[pick % Math.max(1, offered.length)];
  if (chosen === undefined) return undefined;
  const open = await lab.plan({ findings: [chosen.id], fix: chosen.fix });
  if (!open.ok) throw new Error(open.failure.message);
  const answers = Object.fromEntries(
    open.value.choices.flatMap((choice) => {
      const answer = answerTo(choice, draw);
      return answer === undefined ? [] : [[choice.id, answer] as const];
    }),
  );
  const plan = await lab.plan({ findings: [chosen.id], fix: chosen.fix, answers });
  if (!plan.ok) throw new Error(plan.failure.message);
  const run = await lab.apply(plan.value);
  if (run === 'killed' || run.outcome === undefined) throw new Error('It has no outcome.');
  assert.deepEqual(lost, []);
  const left = differences(first, stateOf(lab.simulated));
  if (run.outcome === 'refused' || run.outcome === 'rolled-back') {
    assert.deepEqual({ message: run.message, left }, { message: run.message, left: [] });
  }
  const isWhole = plan.value.steps.every(({ notUndone }) => notUndone === undefined);
  if (isWhole && run.outcome !== 'refused' && run.outcome !== 'rolled-back') {
    assert.match(run.outcome, /^(?:successful|goal-not-reached|waits-for-restart)$/);
    const back = lab.changes().rollback(run.id, [], {});
    if (back.ok) {
      await lab.changes().settled();
      const undone = (await lab.changes().state()).run;
      assert.deepEqual(lost, []);
      if (undone?.outcome !== 'refused') {
        const still = differences(first, stateOf(lab.simulated));
        assert.deepEqual({ message: undone?.message, still }, { message: undone?.message, still: [] });
      }
    }
  }
  await lab.close();
  return plan.value;
}
