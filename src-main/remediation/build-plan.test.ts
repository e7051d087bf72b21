import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { RefusalReason } from '#shared/fix-plan.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { checkCapture } from '../app/check.ts';
import { changeItems } from '../testing/rule-cases.ts';
import { hostWith } from '../testing/host-with.ts';
import { convergedSet, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { blastRadiusOf, factsOf } from './blast-radius.ts';
import { buildPlan, whatMoved, type BuiltPlan, type PlanSubject } from './build-plan.ts';
import { defineFix, type Fix, type Step } from './define-fix.ts';
import { planScript } from './plan-script.ts';
import type { Surroundings } from './surroundings.ts';

const calm: Surroundings = {
  bootedAt: '2026-01-01T00:00:00Z',
  restartPending: [],
  operatorAddresses: [],
  clusterRoles: [],
  hasScheduler: true,
};

function subjectOf(capture: Capture, more: Partial<PlanSubject> = {}): PlanSubject {
  return {
    check: checkCapture(capture, 'local'),
    snapshot: readSnapshot(capture),
    surroundings: calm,
    isSimulated: false,
    ...more,
  };
}

const manual = { ...twoIscsiAdapters, msiscsi: { status: 'Running', startType: 'Manual' } } as const;
const serviceWish = { findings: ['iscsi-service'] };

/** A fix for the same finding that does something else to the host. */
function catalogueWith(step: Partial<Step>): readonly Fix[] {
  return [
    defineFix({
      id: 'iscsi-service-automatic',
      title: 'Test',
      impact: 'outage',
      needs: [],
      order: 1,
      plan: () => [
        {
          title: 'A step.',
          commands: [{ cmdlet: 'Start-Service', parameters: { Name: 'MSiSCSI' } }],
          changes: [],
          impact: 'path',
          verify: { says: 'So.', observations: [], differs: () => undefined },
          undo: [{ cmdlet: 'Start-Service', parameters: { Name: 'MSiSCSI' } }],
          ...step,
        },
      ],
    }),
  ];
}

function built(subject: PlanSubject, catalogue?: readonly Fix[]): BuiltPlan {
  const plan = buildPlan(subject, serviceWish, catalogue);
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

describe('a plan', () => {
  it('has one hash for one host, boot and content, whatever else is on the host', () => {
    const { hash } = built(subjectOf(hostWith(manual))).plan;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(built(subjectOf(hostWith(manual))).plan.hash).toBe(hash);
    const unrelated: readonly Partial<Scenario>[] = [
      { ...manual, vms: [{ name: 'VM9', disks: [] }] },
      { ...manual, mpio: { disks: [{ disk: 1, policy: 'LQD' }] } },
      { ...manual, adapters: [...manual.adapters, { name: 'Spare', speed: 1e9 }] },
    ];
    for (const host of unrelated) expect(built(subjectOf(hostWith(host))).plan.hash).toBe(hash);
  });

  const moved: readonly (readonly [string, (capture: Capture) => PlanSubject, RegExp])[] = [
    [
      'what it would change',
      () => subjectOf(hostWith({ ...manual, msiscsi: { status: 'Running', startType: 'Disabled' } })),
      /StartType was Manual and is now Disabled/,
    ],
    [
      'the finding itself',
      () => subjectOf(hostWith({ ...manual, msiscsi: { status: 'Running', startType: 'Automatic' } })),
      /no finding/,
    ],
    [
      'the boot of the host',
      (capture) => subjectOf(capture, { surroundings: { ...calm, bootedAt: '2026-02-02T00:00:00Z' } }),
      /no longer as it was/,
    ],
    [
      'a restart that waits',
      (capture) => subjectOf(capture, { surroundings: { ...calm, restartPending: ['Something'] } }),
      /waits for a restart/,
    ],
    [
      'the rights',
      (capture) => subjectOf({ ...capture, host: { ...capture.host, elevated: false } }),
      /without administrator rights/,
    ],
    [
      'the host',
      (capture) => subjectOf({ ...capture, host: { ...capture.host, name: 'HV99' } }),
      /no longer as it was/,
    ],
    [
      'a fact that it needs',
      (capture) => subjectOf(changeItems('Service', () => ({ Name: 'MSiSCSI', Status: 'Running' }))(capture)),
      /./,
    ],
  ];
  it.each(moved)('is stale when this moved: %s', (_, change, says) => {
    const capture = hostWith(manual);
    const before = built(subjectOf(capture));
    const told = whatMoved(before.plan, buildPlan(change(capture), before.request));
    expect(told.join(' ')).toMatch(says);
    expect(whatMoved(before.plan, buildPlan(subjectOf(capture), before.request))).toEqual([]);
  });

  it('names what is not there', () => {
    const subject = subjectOf(hostWith(manual));
    for (const wish of [
      { findings: ['nothing'] },
      { findings: [] },
      { findings: ['iscsi-service'], fixes: { 'iscsi-service': 'mpio-install' } },
      { findings: ['__proto__'] },
    ]) {
      expect(buildPlan(subject, wish)).toMatchObject({ ok: false, failure: { kind: 'bad-request' } });
    }
  });

  it('as a script begins with what it is, runs its steps, and carries the way back in comments', () => {
    const script = planScript(built(subjectOf(hostWith(manual))).plan);
    const code = script.split('\r\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(code).toEqual([
      "$ErrorActionPreference = 'Stop'",
      "Set-Service -Name 'MSiSCSI' -StartupType 'Automatic' -Confirm:$false -ErrorAction Stop",
      "Start-Service -Name 'MSiSCSI' -Confirm:$false -ErrorAction Stop",
    ]);
    expect(script).toContain("# Set-Service -Name 'MSiSCSI' -StartupType 'Manual'");
  });

  it('never throws for a fix that forgot its way back: that is a fault of ours', () => {
    expect(() => buildPlan(subjectOf(hostWith(manual)), serviceWish, catalogueWith({ undo: [] }))).toThrow(
      /no way back/,
    );
  });
});

describe('what stands in the way of a plan', () => {
  const one = { ...manual, iscsi: { ...manual.iscsi, sessions: [session('10.0.10.11', '10.0.10.101')] } };
  const captured = hostWith(one);
  const model = checkCapture(captured, 'local').model;
  const sessionIds = model.sessions.map(({ id }) => id);
  const storage = model.adapters.find(({ name }) => name === 'iSCSI1');
  const management = model.addresses.find(({ ipAddress }) => ipAddress === '192.168.1.10');
  const around = (more: Partial<Surroundings>): Partial<PlanSubject> => ({
    surroundings: { ...calm, ...more },
  });
  const without = (name: keyof Surroundings): Partial<PlanSubject> => ({
    surroundings: Object.fromEntries(Object.entries(calm).filter(([key]) => key !== name)),
  });

  const cases: readonly (readonly [
    RefusalReason | undefined,
    string,
    Partial<Step>,
    Partial<PlanSubject>,
  ])[] = [
    [undefined, 'nothing', {}, {}],
    ['last-path', 'the only session goes', { takesDown: sessionIds }, {}],
    ['last-path', 'its only adapter goes', { takesDown: [storage?.id ?? ''] }, {}],
    [
      'last-path',
      'it is what the step leaves',
      { leaves: sessionIds.map((id) => ({ change: 'fail', id })) },
      {},
    ],
    [
      'management-session',
      'the address of the operator goes for good',
      { leaves: [{ change: 'fail', id: management?.id ?? '' }] },
      around({ operatorAddresses: ['192.168.1.10'] }),
    ],
    ['reboot-pending', 'Windows waits', {}, around({ restartPending: ['Updates'] })],
    ['no-guard', 'the scheduler is stopped', {}, around({ hasScheduler: false })],
    ['fact-missing', 'nobody knows of restarts', {}, without('restartPending')],
    ['fact-missing', 'nobody knows who works here', {}, without('operatorAddresses')],
    [
      'does-not-fit',
      'a name that no command can hold',
      { commands: [{ cmdlet: 'Start-Service', parameters: { Name: 'a\nb' } }] },
      {},
    ],
    [
      'no-guard',
      'an undo that takes a secret, of a step that only a guard makes safe',
      {
        impact: 'link',
        undo: [
          {
            cmdlet: 'Connect-IscsiTarget',
            parameters: {
              NodeAddress: 'iqn',
              TargetPortalAddress: '10.0.0.1',
              ChapSecret: { secret: 'chap' },
            },
          },
        ],
      },
      {},
    ],
  ];
  it.each(cases)('%s: %s', (reason, _, step, more) => {
    const { plan } = built(subjectOf(captured, more), catalogueWith(step));
    expect(plan.refusals.map((refusal) => refusal.reason)).toEqual(reason === undefined ? [] : [reason]);
    for (const { message, remedy } of plan.refusals) expect(`${message} ${remedy}`).toMatch(/^[A-Z].*\.$/);
  });

  it('on a node of a cluster with roles, before a restart, and with redirected volumes', () => {
    const node: PlanSubject['check'] = {
      ...checkCapture(captured, 'local'),
      model: { ...model, host: { ...model.host, isClusterNode: true } },
    };
    const subject = subjectOf(captured, { ...around({ clusterRoles: ['VM1'] }), check: node });
    const { plan } = built(subject, catalogueWith({ impact: 'reboot' }));
    expect(plan.refusals.map(({ reason }) => reason)).toEqual(['cluster-roles']);
    const redirected = {
      ...readSnapshot(captured),
      readings: {
        ...readSnapshot(captured).readings,
        ClusterSharedVolumeState: {
          status: 'ok' as const,
          records: [{ name: 'Volume1', state: 'FileSystemRedirected' }],
          itemErrors: [],
        },
      },
    };
    const other = built(subjectOf(captured, { snapshot: redirected }), catalogueWith({}));
    expect(other.plan.refusals.map(({ reason }) => reason)).toEqual(['csv-redirected']);
  });

  it('on a capture file shows the plan and never applies it', () => {
    const { plan } = built(subjectOf(captured, { check: checkCapture(captured, 'capture') }));
    expect(plan.refusals.map(({ reason }) => reason)).toEqual(['capture-file']);
    expect(plan.steps).toHaveLength(1);
  });

  it('on a vSwitch that Virtual Machine Manager owns, where its extension is switched on', () => {
    const convergedHost = hostWith({ ...convergedSet, msiscsi: manual.msiscsi });
    const snapshot = readSnapshot(convergedHost);
    const { VMSwitch } = snapshot.readings;
    const [vswitch] = checkCapture(convergedHost, 'local').model.vswitches;
    if (VMSwitch.status !== 'ok' || vswitch === undefined) throw new Error('There is no vSwitch.');
    const reasons = (isEnabled: boolean): readonly RefusalReason[] => {
      const extensions = [{ name: 'Microsoft VMM DHCPv4 Server Switch Extension', isEnabled }];
      const records = VMSwitch.records.map((record) => ({ ...record, extensions }));
      const readings = { ...snapshot.readings, VMSwitch: { ...VMSwitch, records } };
      const changes = [{ of: vswitch, property: 'P', before: 'a', after: 'b' }];
      return built(
        subjectOf(convergedHost, { snapshot: { ...snapshot, readings } }),
        catalogueWith({ changes }),
      ).plan.refusals.map(({ reason }) => reason);
    };
    expect(reasons(true)).toEqual(['owned-elsewhere']);
    expect(reasons(false)).toEqual([]);
  });

  it('on adapters of Network ATC', () => {
    const snapshot = readSnapshot(captured);
    const owned = {
      ...snapshot,
      readings: {
        ...snapshot.readings,
        NetIntent: {
          status: 'ok' as const,
          records: [{ name: 'Storage', adapterNames: ['iscsi2'] }],
          itemErrors: [],
        },
      },
    };
    const other = model.adapters.find(({ name }) => name === 'iSCSI2');
    const { plan } = built(
      subjectOf(captured, { snapshot: owned }),
      catalogueWith({ takesDown: [other?.id ?? ''], impact: 'link' }),
    );
    expect(plan.refusals.map(({ reason }) => reason)).toEqual(['owned-elsewhere']);
  });
});

describe('the reach of a step', () => {
  const sides = fc.constantFrom('10.0.10', '10.0.20');
  const hosts = fc.record({
    sessions: fc.uniqueArray(sides, { minLength: 1, maxLength: 2 }),
    policy: fc.constantFrom('RR' as const, 'FOO' as const),
  });

  it('names a disk as lost exactly when no session and no path to it is left, on any host', () => {
    fc.assert(
      fc.property(hosts, fc.infiniteStream(fc.boolean()), ({ sessions, policy }, coin) => {
        const facts = factsOf(
          readSnapshot(
            hostWith({
              ...twoIscsiAdapters,
              iscsi: {
                ...twoIscsiAdapters.iscsi,
                sessions: sessions.map((side) => session(`${side}.11`, `${side}.101`)),
              },
              mpio: { disks: [{ disk: 1, policy }] },
            }),
          ),
        );
        const { adapters, sessions: all, addresses } = facts.model;
        const takesDown = [...adapters, ...all, ...addresses].flatMap(({ id }) =>
          coin.next().value === true ? [id] : [],
        );
        const radius = blastRadiusOf(facts, { takesDown }, []);
        const down = new Set(takesDown);
        const isLeft = all.some((one) => {
          const [connection] = one.connections;
          const address = addresses.find(({ ipAddress }) => ipAddress === connection?.localAddress);
          return (
            !down.has(one.id) &&
            (address === undefined || (!down.has(address.id) && !down.has(address.interfaceId ?? '')))
          );
        });
        expect(radius.lostDisks.map(({ name }) => name)).toEqual(isLeft ? [] : ['Disk 1']);
      }),
      { numRuns: 300 },
    );
  });
});
