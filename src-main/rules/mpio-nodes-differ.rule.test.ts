import { expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { all, changeItems, factsFrom, failed } from '../testing/rule-cases.ts';
import { hostWith } from '../testing/host-with.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { findBetweenHosts } from './between-hosts.ts';
import { rule } from './mpio-nodes-differ.rule.ts';
import { runRules } from './run-rules.ts';

const node = (name: string, uniqueId = 'LUN-1'): Capture =>
  hostWith({
    ...twoIscsiAdapters,
    computer: { name },
    iscsi: { ...twoIscsiAdapters.iscsi, initiator: `iqn.1991-05.com.microsoft:${name.toLowerCase()}` },
    disks: twoIscsiAdapters.disks.map((disk) => ({ ...disk, uniqueId: `${uniqueId}-${disk.number}` })),
  });
const between = (one: Capture, other: Capture) =>
  findBetweenHosts(factsFrom(readSnapshot(one)), factsFrom(readSnapshot(other))).map(
    ({ rule: id, severity, message }) => `${severity} ${id}: ${message}`,
  );
const timer = changeItems('MPIOSetting', (item) => ({ ...item, PDORemovePeriod: 130 }));
const failover = changeItems('MpioDisk', (item) => ({ ...item, LoadBalancePolicy: 'FOO' }));

it.each<[string, (capture: Capture) => Capture, RegExp]>([
  [
    'a timer',
    timer,
    /^warning mpio-nodes-differ: HV01 and HV02 share 1 disk and differ in removal period \(20 s, 130 s\)\.$/,
  ],
  ['the policy of a shared disk', failover, /differ in shared disk .* \(RR over 2 paths, FOO over 2 paths\)/],
  ['both', all(timer, failover), /removal period .* and shared disk/],
])('two nodes that differ in %s are told so', (_, change, expected) => {
  const found = between(node('HV01'), change(node('HV02')));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});

it.each<[string, Capture, Capture]>([
  ['are alike', node('HV01'), node('HV02')],
  ['share no disk', node('HV01'), timer(node('HV02', 'LUN-9'))],
  ['are one host at two times', node('HV01'), timer(node('hv01'))],
  ['could not be read on one side', node('HV01'), failed('MPIOSetting')(node('HV02'))],
])('two looks that %s say nothing', (_, one, other) => {
  expect(between(one, other)).toEqual([]);
});

it('two hosts of one initiator name are an error, in whatever case it is written', () => {
  const named = (NodeAddress: string) => changeItems('InitiatorPort', (item) => ({ ...item, NodeAddress }));
  expect(
    between(
      named('iqn.1991-05.com.microsoft:template')(node('HV01')),
      named('iqn.1991-05.com.Microsoft:TEMPLATE')(node('HV02', 'LUN-9')),
    ),
  ).toEqual([
    expect.stringMatching(
      /^error iscsi-name-cloned: HV01 and HV02 both log in as iqn\.1991-05\.com\.microsoft:template:/,
    ),
  ]);
});

it('one host alone has no answer', () => {
  const { rules } = runRules(factsFrom(readSnapshot(node('HV01'))), [rule]);
  expect(rules).toMatchObject([
    { result: 'not-applicable', reason: expect.stringMatching(/diff/) as string },
  ]);
});
