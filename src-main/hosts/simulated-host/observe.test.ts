import { describe, expect, test } from 'vitest';
import {
  observationNames,
  type Observation,
  type LookObservationName,
  type RawItem,
} from '#shared/capture.ts';
import { hostWith, scenarioWith, withObservation } from '../../testing/host-with.ts';
import { captureOf } from './observe.ts';
import type { Scenario } from './scenario.ts';

function observed(patch: Partial<Scenario>, name: LookObservationName): Observation {
  const observation = hostWith(patch).observations[name];
  if (observation === undefined) throw new Error(`${name} was not asked`);
  return observation;
}

function items(patch: Partial<Scenario>, name: LookObservationName): readonly RawItem[] {
  const observation = observed(patch, name);
  if (observation.status !== 'ok') throw new Error(observation.error.message);
  return observation.data;
}

const twoSessions: Partial<Scenario> = {
  features: ['Hyper-V', 'Multipath-IO'],
  iscsi: {
    targets: [{ iqn: 'iqn.2010-01.example:vol1', portals: ['192.168.1.101', '192.168.1.102:3261'] }],
    sessions: [
      { iqn: 'iqn.2010-01.example:vol1', connections: [{ to: '192.168.1.101' }], disks: [1, 2] },
      {
        iqn: 'iqn.2010-01.example:vol1',
        connections: [{ from: '192.168.1.11', to: '192.168.1.102:3261' }],
        disks: [1, 2],
        isPersistent: false,
      },
    ],
  },
  mpio: { disks: [{ disk: 1, policy: 'LQD' }] },
};

test('every observation of the format is there, and the same scenario gives the same capture', () => {
  const scenario = scenarioWith(twoSessions);
  expect(Object.keys(captureOf(scenario).observations)).toEqual([...observationNames]);
  expect(captureOf(scenario)).toEqual(captureOf(structuredClone(scenario)));
});

test('a capture is plain JSON', () => {
  const capture = hostWith(twoSessions);
  expect(JSON.parse(JSON.stringify(capture))).toEqual(capture);
});

describe('the joins that observations add', () => {
  test('a session knows its disks, claimed by MPIO or not', () => {
    expect(items(twoSessions, 'IscsiSession').map((session) => session['DiskNumbers'])).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('where MPIO cannot be asked, the disks of a session are not known: not "none"', () => {
    const denied = { ...twoSessions, failures: { MpioDisk: { kind: 'access-denied' } } } as const;
    for (const session of items(denied, 'IscsiSession')) expect(session).not.toHaveProperty('DiskNumbers');
  });

  test('a connection knows its session', () => {
    const sessions = items(twoSessions, 'IscsiSession').map((session) => session['SessionIdentifier']);
    expect(items(twoSessions, 'IscsiConnection').map((row) => row['SessionIdentifier'])).toEqual(sessions);
    expect(items(twoSessions, 'IscsiMcsPolicy').map((row) => row['SessionIdentifier'])).toEqual(sessions);
  });

  test('a target lists the portals it offers', () => {
    expect(items(twoSessions, 'IscsiTarget')[0]?.['PortalGroups']).toEqual([
      {
        Portals: [
          { Address: '192.168.1.101', Port: 3260 },
          { Address: '192.168.1.102', Port: 3261 },
        ],
      },
    ]);
  });

  test('an MPIO disk has its number, policy and paths', () => {
    expect(items(twoSessions, 'MpioDisk')).toMatchObject([
      {
        DiskNumber: 1,
        LoadBalancePolicy: 'LQD',
        DsmName: 'Microsoft DSM',
        Paths: [
          {
            PathId: '0000000077050000',
            State: 'Active/Optimized',
            ScsiAddress: '5|0|0|0',
            Weight: 0,
            Preferred: false,
          },
          {
            PathId: '0000000077050001',
            State: 'Active/Optimized',
            ScsiAddress: '5|0|1|0',
            Weight: 0,
            Preferred: false,
          },
        ],
      },
    ]);
  });

  test('a DSM of another maker tells no policy to WMI, and mpclaim is read instead', () => {
    const vendor = {
      ...twoSessions,
      mpio: { disks: [{ disk: 1, policy: 'VS', dsm: 'EMC PowerPath' }] },
    } as const;
    expect(items(vendor, 'MpioDisk')[0]).not.toHaveProperty('LoadBalancePolicy');
    expect(items(vendor, 'Mpclaim')[0]?.['Text']).toContain('VS           EMC PowerPath');
  });

  test('scalars and hashtables become items, services have the words of Get-Service', () => {
    expect(items(twoSessions, 'MSDSMGlobalDefaultLoadBalancePolicy')).toEqual([{ Value: 'None' }]);
    expect(items(twoSessions, 'MSDSMAutomaticClaimSettings')).toContainEqual({
      BusType: 'iSCSI',
      Enabled: true,
    });
    expect(items(twoSessions, 'Service')).toContainEqual(
      expect.objectContaining({ Name: 'MSiSCSI', Status: 'Running', StartType: 'Automatic' }),
    );
  });

  test('favourite targets are those of persistent sessions, without anything secret', () => {
    expect(items(twoSessions, 'IscsiPersistentLogin')).toEqual([
      {
        TargetName: 'iqn.2010-01.example:vol1',
        InitiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
        InitiatorPortNumber: 4294967295,
        IsInformationalSession: false,
        TargetPortal: { Address: '192.168.1.101', Port: 3260 },
        LoginFlags: 2,
      },
    ]);
  });

  test('SMB rows of every instance carry its name', () => {
    const smb = {
      servers: [
        {
          name: 'FS',
          shares: [{ name: 'V' }, { name: 'C', instance: 'CSV' as const }],
          interfaces: [{ address: '192.168.1.21' }],
        },
      ],
    };
    expect(items({ smb }, 'SmbMultichannelConnection').map((row) => row['SmbInstance'])).toEqual([
      'Default',
      'CSV',
    ]);
    expect(items({ smb }, 'SmbConnection').map((row) => row['SmbInstance'])).toEqual(['Default', 'CSV']);
    const on2012 = items({ smb, windows: { release: '2012' } }, 'SmbConnection');
    expect(on2012).toHaveLength(2);
    for (const row of on2012) expect(row).not.toHaveProperty('SmbInstance');
  });
});

describe('what the host cannot answer', () => {
  test.each<[string, Partial<Scenario>, LookObservationName, string, string]>([
    ['a missing role', { features: [] }, 'VMSwitch', 'unavailable', 'feature-missing'],
    [
      'the module without its role',
      { features: ['Hyper-V-PowerShell'] },
      'VMSwitch',
      'unavailable',
      'feature-missing',
    ],
    ['a missing feature', {}, 'MpioDisk', 'unavailable', 'feature-missing'],
    [
      'MPIO on a client',
      { windows: { release: '2022', isClient: true } },
      'MpioDisk',
      'unavailable',
      'not-on-this-windows',
    ],
    [
      'teams on a client',
      { windows: { release: '2022', isClient: true } },
      'NetLbfoTeam',
      'unavailable',
      'not-on-this-windows',
    ],
    [
      'embedded teaming on 2012 R2',
      { windows: { release: '2012R2' } },
      'VMSwitchTeam',
      'unavailable',
      'not-on-this-windows',
    ],
    ['a stopped service', {}, 'IscsiSession', 'unavailable', 'service-stopped'],
    [
      'a server that is no cluster node',
      { features: ['Failover-Clustering'] },
      'Cluster',
      'unavailable',
      'service-stopped',
    ],
    ['no elevation', { isElevated: false }, 'Disk', 'failed', 'not-elevated'],
    ['no elevation for Hyper-V', { isElevated: false }, 'VMSwitch', 'failed', 'not-elevated'],
    [
      'a denied call',
      { failures: { NetRoute: { kind: 'access-denied' } } },
      'NetRoute',
      'failed',
      'access-denied',
    ],
    [
      'a cmdlet that throws',
      { failures: { NetRoute: { kind: 'script-error' } } },
      'NetRoute',
      'failed',
      'script-error',
    ],
    [
      'one that never answers',
      { failures: { Disk: { kind: 'unexpected', hangs: true } } },
      'Disk',
      'failed',
      'timed-out',
    ],
    [
      'a command taken away',
      { failures: { Disk: { kind: 'cmdlet-missing' } } },
      'Disk',
      'unavailable',
      'cmdlet-missing',
    ],
  ])('%s', (_, patch, name, status, kind) => {
    expect(observed(patch, name)).toMatchObject({ status, error: { kind } });
  });

  test('nothing there is an answer', () => {
    for (const name of [
      'NetLbfoTeam',
      'VMSwitch',
      'SmbConnection',
      'NetTCPConnection',
      'EventSummary',
    ] as const) {
      expect(items({}, name)).toEqual([]);
    }
  });
});

test('an observation can be replaced or taken out', () => {
  const capture = hostWith();
  const failed: Observation = {
    status: 'failed',
    durationMs: 1,
    error: { kind: 'timed-out', message: 'late' },
  };
  expect(withObservation(capture, 'Disk', failed).observations.Disk).toBe(failed);
  expect(withObservation(capture, 'Disk', undefined).observations).not.toHaveProperty('Disk');
  expect(capture.observations.Disk?.status).toBe('ok');
});
