import { describe, expect, test } from 'vitest';
import { scenarioWith } from '../../../testing/host-with.ts';
import type { Scenario } from '../scenario.ts';
import { createSimulatedHost, type SimulatedHost } from '../simulated-host.ts';

const iqn = 'iqn.2010-01.example:vol1';
const sessions = [{ iqn, connections: [{ from: '10.0.10.11', to: '10.0.10.101' }], disks: [1] }];
const target = { iqn, portals: ['10.0.10.101', '10.0.20.101'] };
const base: Partial<Scenario> = {
  features: ['Multipath-IO'],
  adapters: [{ name: 'A' }, { name: 'B' }],
  addresses: [
    { interface: 'A', address: '10.0.10.11/24' },
    { interface: 'B', address: '10.0.20.11/24' },
  ],
  iscsi: { targets: [target], sessions },
  mpio: { disks: [{ disk: 1, policy: 'RR' }] },
};

function hostWith(patch: Partial<Scenario> = {}): SimulatedHost {
  return createSimulatedHost(scenarioWith({ ...base, ...patch }));
}

function run(host: SimulatedHost, name: string, parameters: Record<string, unknown> = {}) {
  return host.call({ name, parameters }).errors.map((error) => error.id);
}

const second = {
  NodeAddress: iqn,
  InitiatorPortalAddress: '10.0.20.11',
  TargetPortalAddress: '10.0.20.101',
  IsMultipathEnabled: true,
  IsPersistent: true,
};
const sure = { Confirm: false };

function paths(host: SimulatedHost): number[] {
  return host.machine.storage.mpioDisks.map((disk) => disk.paths.length);
}

describe('sessions', () => {
  test('a second one is a second path, and its removal takes the path away', () => {
    const host = hostWith();
    const [first] = host.machine.storage.sessions;
    expect(run(host, 'Connect-IscsiTarget', second)).toEqual([]);
    expect(paths(host)).toEqual([2]);
    const [kept, added] = host.machine.storage.sessions;
    expect(kept?.id).toBe(first?.id);
    expect(added).toMatchObject({ isPersistent: true, isConnected: true, disks: [1] });
    expect(run(host, 'Unregister-IscsiSession', { SessionIdentifier: added?.id })).toEqual([]);
    expect(run(host, 'Disconnect-IscsiTarget', { SessionIdentifier: added?.id, ...sure })).toEqual([]);
    expect(paths(host)).toEqual([1]);
    expect(run(host, 'Connect-IscsiTarget', second)).toEqual([]);
    expect(host.machine.storage.sessions.at(-1)?.id).not.toBe(added?.id);
  });

  test('without MPIO each brings a disk of its own', () => {
    const host = hostWith({ features: [] });
    expect(run(host, 'Connect-IscsiTarget', second)).toEqual([]);
    const disks = host.machine.storage.disks.filter((disk) => disk.busType === 'iSCSI');
    expect(disks.map((disk) => disk.number)).toEqual([1, 2]);
    expect(disks[0]?.uniqueId).toBe(disks[1]?.uniqueId);
    const id = host.machine.storage.sessions[1]?.id;
    expect(run(host, 'Disconnect-IscsiTarget', { SessionIdentifier: id, ...sure })).toEqual([]);
    expect(host.machine.storage.disks.map((disk) => disk.number)).toEqual([0, 1]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown target', { ...second, NodeAddress: 'iqn.x' }, '0xefff0029'],
    ['a portal that the target lacks', { ...second, TargetPortalAddress: '10.0.20.9' }, '0xefff0003'],
    ['an address of another network', { ...second, InitiatorPortalAddress: '10.0.10.11' }, '0xefff0003'],
    ['a second login without multipath', { ...second, IsMultipathEnabled: false }, '0xefff003f'],
    ['a type in small letters', { ...second, AuthenticationType: 'oneWayChap' }, '0xefff004e'],
    [
      'a short secret',
      { ...second, AuthenticationType: 'ONEWAYCHAP', ChapUsername: 'u', ChapSecret: 'short' },
      '0xefff004a',
    ],
  ])('%s is refused', (_, parameters, status) => {
    const host = hostWith();
    expect(run(host, 'Connect-IscsiTarget', parameters)).toEqual([`HRESULT ${status},Connect-IscsiTarget`]);
    expect(paths(host)).toEqual([1]);
  });

  test('a target that demands a secret', () => {
    const secret = 'pass\'"$()`;word'.slice(0, 14);
    const targets = [{ ...target, chap: { username: 'hv', secret } }];
    const host = hostWith({ iscsi: { targets, sessions } });
    expect(run(host, 'Connect-IscsiTarget', second)).toEqual(['HRESULT 0xefff0009,Connect-IscsiTarget']);
    const chap = { AuthenticationType: 'ONEWAYCHAP', ChapUsername: 'hv', ChapSecret: secret };
    expect(run(host, 'Connect-IscsiTarget', { ...second, ...chap })).toEqual([]);
    expect(host.machine.storage.sessions[1]?.scenario.chapUser).toBe('hv');
  });

  test('the last one of a disk in use stays, whoever asks for all', () => {
    const host = hostWith();
    run(host, 'Connect-IscsiTarget', second);
    expect(run(host, 'Disconnect-IscsiTarget', { NodeAddress: iqn, ...sure })).toEqual([
      'HRESULT 0xefff0040,Disconnect-IscsiTarget',
    ]);
    expect(host.machine.storage.sessions).toHaveLength(1);
  });

  test('an unanswered question changes nothing', () => {
    const host = hostWith();
    run(host, 'Connect-IscsiTarget', second);
    expect(run(host, 'Disconnect-IscsiTarget', { NodeAddress: iqn })).toEqual([
      'InvalidOperation,Disconnect-IscsiTarget',
    ]);
    run(host, 'Disconnect-IscsiTarget', { NodeAddress: iqn, WhatIf: true });
    expect(host.machine.storage.sessions).toHaveLength(2);
  });

  test('registered twice, there are two after a restart', () => {
    const host = hostWith();
    const id = host.machine.storage.sessions[0]?.id;
    const register = { SessionIdentifier: id, IsMultipathEnabled: true };
    expect(run(host, 'Register-IscsiSession', register)).toEqual([]);
    host.restart();
    expect(host.machine.storage.sessions).toHaveLength(2);
    expect(paths(host)).toEqual([2]);
    expect(host.machine.storage.sessions.map((session) => session.id)).not.toContain(id);
  });

  test('what is not persistent does not come back, nor anything without the service', () => {
    const host = hostWith();
    run(host, 'Connect-IscsiTarget', { ...second, IsPersistent: false });
    host.restart();
    expect(paths(host)).toEqual([1]);
    run(host, 'Set-Service', { Name: 'MSiSCSI', StartupType: 'Manual' });
    host.restart();
    expect(host.machine.storage.sessions).toEqual([]);
    expect(host.machine.storage.disks.map((disk) => disk.number)).toEqual([0]);
    run(host, 'Start-Service', { Name: 'MSiSCSI' });
    expect(host.machine.storage.sessions).toHaveLength(1);
    expect(host.machine.storage.disks.map((disk) => disk.number)).toEqual([0, 1]);
  });
});

test('an address that is gone takes its session down', () => {
  const host = hostWith();
  run(host, 'Remove-NetIPAddress', { IPAddress: '10.0.10.11', ...sure });
  expect(host.machine.storage.sessions[0]?.isConnected).toBe(false);
});
