/**
 * What only shows when looks at two hosts lie side by side: one initiator name on both, and nodes that treat the disks
 * they share in different ways. Judged by `diff`, in the words of the rules of these names.
 */
import type { Finding } from '#shared/finding.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { VendorSetting } from '#shared/vendor-profile.ts';
import type { HostFacts, Rule, RuleFinding } from './define-rule.ts';
import { rule as iscsiNameCloned } from './iscsi-name-cloned.rule.ts';
import { rule as mpioNodesDiffer } from './mpio-nodes-differ.rule.ts';
import { published } from './run-rules.ts';
import { mpioValues, settingWords, worded } from './vendor-values.ts';
import { counted, listed } from './wording.ts';

/** Pure. Empty for two looks at one host. */
export function findBetweenHosts(one: HostFacts, other: HostFacts): readonly Finding[] {
  if (one.model.host.name.toLowerCase() === other.model.host.name.toLowerCase()) return [];
  const found: readonly (readonly [Rule, RuleFinding | undefined])[] = [
    [iscsiNameCloned, sameInitiatorName(one, other)],
    [mpioNodesDiffer, differentMultipath(one, other)],
  ];
  return found.flatMap(([rule, finding]) => (finding === undefined ? [] : [published(rule, finding)]));
}

/** Names of the software initiator and of cards alike: an array knows a host by nothing else. */
function initiatorNames({ readings: { InitiatorPort } }: Snapshot): readonly string[] {
  return InitiatorPort.status === 'ok'
    ? InitiatorPort.records.map(({ nodeAddress }) => nodeAddress.toLowerCase())
    : [];
}

function sameInitiatorName(one: HostFacts, other: HostFacts): RuleFinding | undefined {
  const names = new Set(initiatorNames(other.snapshot).filter((name) => name.startsWith('iqn.')));
  const shared = [...new Set(initiatorNames(one.snapshot).filter((name) => names.has(name)))];
  if (shared.length === 0) return undefined;
  return {
    severity: 'error',
    message: `${one.model.host.name} and ${other.model.host.name} both log in as ${listed(shared)}: an array takes them for one host, ends the sessions of one when the other logs in, and lets both write to the same disks.`,
    subjects: [one.model.host, other.model.host],
    evidence: { initiatorNames: shared, hosts: [one.model.host.name, other.model.host.name] },
    advice:
      'Give the cloned host a name of its own (Set-InitiatorPort), and map its disks anew at the array, before it logs in again. Until then keep one of the two off the array.',
  };
}

/** By name of the setting: what the host says of it. Left out where it says nothing. */
function settingsOf({ snapshot: { readings } }: HostFacts): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  const { MSDSMAutomaticClaimSettings, MSDSMGlobalDefaultLoadBalancePolicy, MPIOSetting } = readings;
  if (MSDSMAutomaticClaimSettings.status === 'ok') {
    for (const { busType, enabled } of MSDSMAutomaticClaimSettings.records) {
      told.set(`automatic claim of ${busType}`, enabled ? 'on' : 'off');
    }
  }
  if (MSDSMGlobalDefaultLoadBalancePolicy.status === 'ok') {
    const [global] = MSDSMGlobalDefaultLoadBalancePolicy.records;
    if (global !== undefined) told.set('default policy', global.policy);
  }
  const [timers] = MPIOSetting.status === 'ok' ? MPIOSetting.records : [];
  for (const [setting, value] of Object.entries(mpioValues(timers)) as [
    VendorSetting,
    number | undefined,
  ][]) {
    if (value !== undefined) told.set(settingWords[setting], worded(setting, value));
  }
  return told;
}

/** Of each disk that both have, by its unique id: how each host reaches it. */
function sharedDisks(one: HostFacts, other: HostFacts): readonly (readonly [string, string, string])[] {
  const idOf = (uniqueId: string | null | undefined): string => (uniqueId ?? '').trim().toLowerCase();
  const others = new Map(
    other.model.disks.flatMap((disk) =>
      idOf(disk.uniqueId) === '' || disk.isBootOrSystem === true ? [] : [[idOf(disk.uniqueId), disk]],
    ),
  );
  return one.model.disks.flatMap((disk) => {
    const there = others.get(idOf(disk.uniqueId));
    if (there?.mpio === undefined || disk.mpio === undefined) return [];
    const said = ({ lbPolicy, paths }: typeof disk.mpio): string =>
      `${lbPolicy ?? 'unknown policy'} over ${counted(paths.length, 'path')}`;
    return [[disk.serialNumber ?? disk.name, said(disk.mpio), said(there.mpio)] as const];
  });
}

function differentMultipath(one: HostFacts, other: HostFacts): RuleFinding | undefined {
  const disks = sharedDisks(one, other);
  // Hosts that share no disk may differ as they like.
  if (disks.length === 0) return undefined;
  const theirs = settingsOf(other);
  const differing = [
    ...[...settingsOf(one)].flatMap(([name, value]) => {
      const there = theirs.get(name);
      return there === undefined || there === value ? [] : [[name, value, there] as const];
    }),
    ...disks.flatMap(([disk, here, there]) =>
      here === there ? [] : [[`shared disk ${disk}`, here, there] as const],
    ),
  ];
  if (differing.length === 0) return undefined;
  const said = differing.map(([name, here, there]) => `${name} (${here}, ${there})`);
  return {
    severity: 'warning',
    message: `${one.model.host.name} and ${other.model.host.name} share ${counted(disks.length, 'disk')} and differ in ${listed(said)}.`,
    subjects: [one.model.host, other.model.host],
    evidence: {
      settings: differing.map(([name]) => name),
      first: differing.map(([, here]) => here),
      second: differing.map(([, , there]) => there),
    },
    advice:
      'Bring the nodes to the same settings, one node at a time, with its roles moved away first. A node that behaves otherwise only shows when a failover brings the load to it.',
  };
}
