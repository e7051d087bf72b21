import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { buildModel } from '../path-graph/build-model.ts';
import { hostWith } from '../testing/host-with.ts';
import { convergedSet, iscsiOnTeam } from '../testing/storage-hosts.ts';
import { readAddition, readFailure } from './read-change.ts';

const set = buildModel(readSnapshot(hostWith(convergedSet)));
const odd = buildModel(
  readSnapshot(
    hostWith({
      ...iscsiOnTeam,
      adapters: [{ name: 'NIC1' }, { name: 'NIC2' }, { name: 'Team1, left' }, { name: 'team:7' }],
      lbfoTeams: [
        {
          name: 'Team1',
          members: ['NIC1', 'NIC2'],
          teamingMode: 'SwitchIndependent',
          lbAlgorithm: 'Dynamic',
        },
      ],
    }),
  ),
);

describe('what is typed to fail', () => {
  it.each([
    ['pnic1', set, /^adapter:/],
    ['adapter:pNIC1', set, /^adapter:/],
    ['vnic:iSCSI1', set, /^vnic:/],
    ['vEthernet (iSCSI1)', set, /^vnic:/],
    ['vswitch:Converged', set, /^vswitch:/],
    ['session:10.0.10.11,10.0.10.101', set, /^session:/],
    ['portal:10.0.10.101', set, /^target-portal:/],
    ['10.0.10.101:3260', set, /^target-portal:/],
    ['Team1, left', odd, /^adapter:/],
    ['team:7', odd, /^adapter:/],
    ['team:Team1', odd, /^team:/],
  ])('%s is found', (text, model, id) => {
    const read = readFailure(text, model);
    expect('change' in read && read.change.change === 'fail' ? read.change.id : read).toMatch(id);
  });

  it.each([
    ['Converged', set, /can mean 2 things/, 'vswitch:Converged'],
    ['Team1', odd, /can mean 2 things/, 'team:Team1'],
    ['pNIC9', set, /Nothing that can fail/, 'adapter:pNIC1'],
    ['team:pNIC1', set, /among what "team" means/, 'team:Converged'],
  ])('%s is refused with what it could be', (text, model, wrong, candidate) => {
    const read = readFailure(text, model);
    expect('wrong' in read ? read.wrong : '').toMatch(wrong);
    expect('wrong' in read ? read.candidates : []).toContain(candidate);
  });
});

describe('what is typed to be added', () => {
  it.each([
    ['session:10.0.10.11,10.0.20.101', { change: 'add-session', initiatorAddress: '10.0.10.11' }],
    [
      'vnic:iSCSI\\, third,Converged,10.0.30.11/24',
      { change: 'add-vnic', name: 'iSCSI, third', prefixLength: 24 },
    ],
    [
      'nic:NIC9,10.0.30.11/24,2.5G',
      { change: 'add-nic', bitsPerSecond: 2.5e9, to: { address: '10.0.30.11' } },
    ],
    ['portal:10.0.10.102', { change: 'add-portal', address: '10.0.10.102' }],
    ['portal:10.0.10.102:3261', { change: 'add-portal', address: '10.0.10.102', port: 3261 }],
    ['portal:[fd00::7]:3261', { change: 'add-portal', address: 'fd00::7', port: 3261 }],
  ])('%s is read', (text, change) => {
    expect(readAddition(text, set)).toMatchObject({ change });
  });

  it.each([
    '',
    'NIC9',
    'session:10.0.10.11',
    'vnic:X,Converged',
    'nic:X,Nowhere',
    'nic:X,Converged,fast',
    'disk:3',
  ])('%j is refused', (text) => {
    expect(readAddition(text, set)).toHaveProperty('wrong');
  });
});
