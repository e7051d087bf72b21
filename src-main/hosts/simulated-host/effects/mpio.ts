/** The changing cmdlets of the MPIO module, and mpclaim. */
import type { LbPolicy, MpioPathState } from '#shared/host/storage-records.ts';
import { object } from '../cim.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { explicitScenario, type ExplicitScenario } from '../explicit.ts';
import type { Machine } from '../machine.ts';
import { answerMpclaim, supportedHardware } from '../mpio-commands.ts';
import type { ScenarioMpio } from '../scenario.ts';
import { cannotConvert, changing, ofCim, refused, wordOf } from './changing.ts';

const mpio = changing({ module: 'MPIO', feature: 'Multipath-IO', isServerOnly: true });

function withMpio(scenario: ExplicitScenario, patch: Partial<ScenarioMpio>): ExplicitScenario {
  return { ...scenario, mpio: { ...scenario.mpio, ...patch } };
}

const busTypes = ['iSCSI', 'SAS'] as const;

/** A claim of all iSCSI takes effect with the next start; what is claimed already stays so either way. */
function setClaim(situation: Situation, isOn: boolean): Outcome {
  const bus = wordOf(situation, 'BusType', busTypes);
  if (bus.error !== undefined) return refused(bus.error);
  const scenario = explicitScenario(situation.machine);
  if (bus.value === 'SAS') return { scenario: withMpio(scenario, { claimsSas: isOn }) };
  const { claimsIscsi: _, ...others } = scenario.pending ?? {};
  const isNew = isOn && scenario.mpio.claimsIscsi === false;
  const waits = isNew || (isOn && scenario.pending?.claimsIscsi === true);
  return {
    scenario: {
      ...withMpio(scenario, { claimsIscsi: isOn }),
      pending: waits ? { ...others, claimsIscsi: true } : others,
    },
  };
}

/** Makes one disk with several paths of the disks that are the same. */
export function claimDisks(
  scenario: ExplicitScenario,
  isMeant: (disk: ExplicitScenario['disks'][number]) => boolean,
): ExplicitScenario {
  const held = new Set(scenario.mpio.disks.map((entry) => entry.disk));
  const keeperOf = new Map<string, number>();
  for (const { number, uniqueId = '' } of scenario.disks)
    if (held.has(number)) keeperOf.set(uniqueId, number);
  const merged = new Map<number, number>();
  const added: ScenarioMpio['disks'][number][] = [];
  const { globalPolicy } = scenario.mpio;
  const policy = globalPolicy === undefined || globalPolicy === 'None' ? 'RR' : globalPolicy;
  for (const disk of [...scenario.disks].sort((a, b) => a.number - b.number)) {
    if (held.has(disk.number) || disk.busType !== 'iSCSI' || !isMeant(disk)) continue;
    const keeper = keeperOf.get(disk.uniqueId ?? '');
    if (keeper === undefined) {
      keeperOf.set(disk.uniqueId ?? '', disk.number);
      added.push({ disk: disk.number, policy });
    } else {
      merged.set(disk.number, keeper);
    }
  }
  return {
    ...scenario,
    disks: scenario.disks.filter((disk) => !merged.has(disk.number)),
    mpio: { ...scenario.mpio, disks: [...scenario.mpio.disks, ...added] },
    iscsi: {
      ...scenario.iscsi,
      sessions: scenario.iscsi.sessions.map((session) => ({
        ...session,
        disks: (session.disks ?? []).map((number) => merged.get(number) ?? number),
      })),
    },
  };
}

/** Claims now what a list of hardware ids names. */
function claimListed(machine: Machine, ids: ReadonlySet<string>): ExplicitScenario {
  const scenario = explicitScenario(machine);
  const takesAll = ids.has(iscsiHardware);
  const claimed = claimDisks(scenario, (disk) => {
    const laid = machine.storage.diskNumbered(disk.number);
    return takesAll || ids.has(hardwareId(laid?.vendor ?? '', laid?.product ?? ''));
  });
  const { claimsIscsi: _, ...others } = scenario.pending ?? {};
  return takesAll ? { ...claimed, pending: others } : claimed;
}

const iscsiHardware = 'msft2005iscsibustype_0x9';

function hardwareId(vendor: string, product: string): string {
  return `${vendor.trim()}${product.trim()}`.toLowerCase();
}

function updateClaimed({ machine }: Situation): Outcome {
  const ids = supportedHardware(machine).map((entry) => hardwareId(entry.vendorId, entry.productId));
  return { scenario: claimListed(machine, new Set(ids)) };
}

function newHardware({ machine, parameters }: Situation): Outcome {
  const scenario = explicitScenario(machine);
  const known = scenario.mpio.supportedHardware ?? [];
  const wanted = parameters.flag('AllApplicable')
    ? machine.storage.disks
        .filter((disk) => disk.busType === 'iSCSI')
        .map((disk) => ({ vendorId: disk.vendor, productId: disk.product }))
    : [{ vendorId: parameters.text('VendorId') ?? '', productId: parameters.text('ProductId') ?? '' }];
  const added = new Map(wanted.map((entry) => [hardwareId(entry.vendorId, entry.productId), entry]));
  for (const entry of known) added.delete(hardwareId(entry.vendorId, entry.productId));
  return {
    scenario: withMpio(scenario, { supportedHardware: [...known, ...added.values()] }),
    output: () =>
      wanted.map((entry) =>
        object(
          'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/MPIO/MSDSM_SUPPORTED_HW',
          { VendorId: entry.vendorId, ProductId: entry.productId },
        ),
      ),
  };
}

function removeHardware({ machine, parameters }: Situation): Outcome {
  const scenario = explicitScenario(machine);
  const id = hardwareId(parameters.text('VendorId') ?? '', parameters.text('ProductId') ?? '');
  const left = (scenario.mpio.supportedHardware ?? []).filter(
    (entry) => hardwareId(entry.vendorId, entry.productId) !== id,
  );
  return { scenario: withMpio(scenario, { supportedHardware: left }) };
}

const timerOf: Readonly<Record<string, string>> = {
  NewPathVerificationState: 'PathVerificationState',
  NewPathVerificationPeriod: 'PathVerificationPeriod',
  NewPDORemovePeriod: 'PDORemovePeriod',
  NewRetryCount: 'RetryCount',
  NewRetryInterval: 'RetryInterval',
  CustomPathRecovery: 'UseCustomPathRecoveryTime',
  NewPathRecoveryInterval: 'CustomPathRecoveryTime',
  NewDiskTimeout: 'DiskTimeoutValue',
};

function setTimers({ machine, parameters, command }: Situation): Outcome {
  const scenario = explicitScenario(machine);
  const timers: Record<string, number | string> = { ...scenario.mpio.timers };
  for (const [parameter, property] of Object.entries(timerOf)) {
    const value = parameters.text(parameter);
    if (value === undefined) continue;
    if (property === 'PathVerificationState' || property === 'UseCustomPathRecoveryTime') {
      const word = wordOf({ parameters, command }, parameter, ['Enabled', 'Disabled']);
      if (word.error !== undefined || word.value === undefined) {
        return refused(...(word.error === undefined ? [] : [word.error]));
      }
      timers[property] = word.value;
    } else if (/^\d+$/.test(value)) {
      timers[property] = Number(value);
    } else {
      return refused(cannotConvert(command, parameter, value, 'System.UInt32'));
    }
  }
  return {
    scenario: { ...withMpio(scenario, { timers }), pending: { ...scenario.pending, mpioTimers: true } },
    warnings: ['Settings changed, reboot required'],
  };
}

const globalPolicies = ['None', 'FOO', 'RR', 'LQD', 'LB'] as const;

function setGlobalPolicy(situation: Situation): Outcome {
  const policy = wordOf(situation, 'Policy', globalPolicies);
  if (policy.error !== undefined || policy.value === undefined) {
    return refused(...(policy.error === undefined ? [] : [policy.error]));
  }
  // For disks claimed from now on; those that are there keep theirs.
  return { scenario: withMpio(explicitScenario(situation.machine), { globalPolicy: policy.value }) };
}

const policyCodes: Readonly<Record<string, LbPolicy>> = {
  1: 'FOO',
  2: 'RR',
  3: 'RRWS',
  4: 'LQD',
  5: 'WP',
  6: 'LB',
  7: 'VS',
};

function statesUnder(policy: LbPolicy, states: readonly MpioPathState[]): MpioPathState[] {
  const first = states.indexOf('Active/Optimized');
  return states.map((state, index) => {
    if (policy === 'FOO') return state === 'Active/Optimized' && index !== first ? 'Standby' : state;
    return state === 'Standby' ? 'Active/Optimized' : state;
  });
}

function mpclaim(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const words = parameters.list('arguments').map(String);
  if (words[0] === '-l' && words[1] === '-d' && words.length === 4) {
    const disk = machine.storage.mpioDisks.find((entry) => String(entry.ordinal) === words[2]);
    const policy = policyCodes[words[3] ?? ''];
    if (disk === undefined || policy === undefined) {
      return refused({
        message: disk === undefined ? 'Element not found.' : 'The parameter is incorrect.',
        id: 'NativeCommandFailed',
        category: 'ObjectNotFound',
        terminating: false,
      });
    }
    const scenario = explicitScenario(machine);
    const disks = scenario.mpio.disks.map((entry) =>
      entry.disk === disk.disk
        ? {
            ...entry,
            policy,
            pathStates: statesUnder(
              policy,
              disk.paths.map((path) => path.state),
            ),
          }
        : entry,
    );
    return { scenario: withMpio(scenario, { disks }) };
  }
  if (words[0] === '-n' && words[1] === '-i' && words[2] === '-d') {
    const ids = new Set(words.slice(3).map((word) => hardwareId(word, '')));
    const claimed = claimListed(machine, ids);
    return { scenario: ids.has(iscsiHardware) ? withMpio(claimed, { claimsIscsi: true }) : claimed };
  }
  const answer = answerMpclaim(machine, words);
  return { output: () => answer.output, errors: answer.errors };
}

export const mpioChanges: Readonly<Record<string, ChangingCommand>> = {
  'Enable-MSDSMAutomaticClaim': mpio('BusType Confirm@2016 WhatIf@2016', (situation) =>
    setClaim(situation, true),
  ),
  'Disable-MSDSMAutomaticClaim': mpio('BusType Confirm@2016 WhatIf@2016', (situation) =>
    setClaim(situation, false),
  ),
  'New-MSDSMSupportedHW': mpio(`${ofCim} AllApplicable ProductId VendorId`, newHardware),
  'Remove-MSDSMSupportedHW': mpio(`${ofCim} InputObject PassThru ProductId VendorId`, removeHardware),
  'Update-MPIOClaimedHW': mpio(`${ofCim} Confirm WhatIf`, updateClaimed, { asks: true }),
  'Set-MPIOSetting': mpio(Object.keys(timerOf).join(' '), setTimers),
  'Set-MSDSMGlobalDefaultLoadBalancePolicy': mpio('Policy', setGlobalPolicy),
  'mpclaim.exe': mpio('arguments', mpclaim, { module: '' }),
};
