/** The MPIO module and mpclaim: there with the feature Multipath-IO. */
import type { ObservationName } from '#shared/capture.ts';
import { object, u32 } from './cim.ts';
import type { CmdletAnswer } from './cmdlet-value.ts';
import { output, refuse, type Command } from './command.ts';
import type { Machine } from './machine.ts';
import type { SimMpioDisk } from './storage-layout.ts';
import { anyOf } from './wildcard.ts';

function mpio(observation: ObservationName | undefined, answer: Command['answer']): Command {
  return {
    module: 'MPIO',
    feature: 'Multipath-IO',
    isServerOnly: true,
    isProtected: true,
    ...(observation === undefined ? {} : { observation }),
    answer,
  };
}

/** Hardware ids that MSDSM takes: iSCSI as a whole where that is claimed, then what the scenario names. */
export function supportedHardware(machine: Machine) {
  const { mpio: settings } = machine.scenario;
  const claimsIscsi = settings?.claimsIscsi ?? true;
  return [
    // A fresh system lists this placeholder.
    { vendorId: 'Vendor 8', productId: 'Product       16' },
    ...(claimsIscsi ? [{ vendorId: 'MSFT2005', productId: 'iSCSIBusType_0x9' }] : []),
    ...(settings?.supportedHardware ?? []),
  ];
}

const defaultTimers = {
  PathVerificationState: 'Disabled',
  PathVerificationPeriod: 30,
  PDORemovePeriod: 20,
  RetryCount: 3,
  RetryInterval: 1,
  UseCustomPathRecoveryTime: 'Disabled',
  CustomPathRecoveryTime: 40,
  DiskTimeoutValue: 60,
};

/** The timers by property of Get-MPIOSetting. */
export function mpioTimers(machine: Machine): Readonly<Record<string, number | string>> {
  return { ...defaultTimers, ...machine.scenario.mpio?.timers };
}

const policyWords = {
  FOO: 'Fail Over Only',
  RR: 'Round Robin',
  RRWS: 'Round Robin with Subset',
  LQD: 'Least Queue Depth',
  WP: 'Weighted Paths',
  LB: 'Least Blocks',
  VS: 'Vendor Specific',
} as const;

function listing(disks: readonly SimMpioDisk[]): string[] {
  if (disks.length === 0) return [];
  const column = (text: string, width: number) => text.padEnd(width);
  return [
    "For more information about a particular disk, use 'mpclaim -s -d #' where # is the MPIO disk number.",
    '',
    'MPIO Disk    System Disk  LB Policy    DSM Name',
    '-'.repeat(79),
    ...[...disks]
      .reverse()
      .map(
        (disk) =>
          `${column(`MPIO Disk${disk.ordinal}`, 13)}${column(`Disk ${disk.disk}`, 13)}${column(disk.policy, 13)}${disk.dsmName}`,
      ),
  ];
}

function detail(machine: Machine, disk: SimMpioDisk): string[] {
  const three = (value: number) => String(value).padStart(3, '0');
  return [
    `MPIO Disk${disk.ordinal}: ${String(disk.paths.length).padStart(2, '0')} Paths, ${policyWords[disk.policy]}, Symmetric Access`,
    ` Controlling DSM: ${disk.dsmName}`,
    ` SN: ${machine.storage.diskNumbered(disk.disk)?.uniqueId ?? ''}`,
    ' Supported Load Balance Policies: FOO RR RRWS LQD WP LB',
    '',
    'Path ID          State              SCSI Address      Weight',
    '-'.repeat(75),
    ...disk.paths.map(
      ({ id, state, scsi }) =>
        `${id.toString(16).toUpperCase().padStart(16, '0')} ${state.padEnd(18)} ${[scsi.port, scsi.bus, scsi.target, scsi.lun].map(three).join('|')}   0`,
    ),
  ];
}

/** What mpclaim shows; what it changes is among the effects. */
export function answerMpclaim(machine: Machine, words: readonly string[]): CmdletAnswer {
  const disks = machine.storage.mpioDisks;
  if (words.join(' ') === '-s -d') return output(...listing(disks));
  if (words.length === 3 && words[0] === '-s' && words[1] === '-d') {
    const disk = disks.find((entry) => String(entry.ordinal) === words[2]);
    if (disk !== undefined) return output(...detail(machine, disk));
    return refuse({
      message: 'Element not found.',
      id: 'NativeCommandFailed',
      category: 'ObjectNotFound',
      terminating: false,
    });
  }
  if (words[0] === '-v') {
    return output(
      `MPIO Storage Snapshot on ${machine.scenario.computer.name}`,
      ...disks.flatMap((disk) => ['', ...detail(machine, disk)]),
    );
  }
  return output("Usage: mpclaim '/?' for help");
}

export const mpioCommands: Readonly<Record<string, Command>> = {
  'Get-MSDSMSupportedHW': mpio('MSDSMSupportedHW', (machine, parameters) => {
    const vendors = parameters.texts('VendorId');
    const fits = vendors === undefined ? () => true : anyOf(vendors);
    return output(
      ...supportedHardware(machine)
        .filter((entry) => fits(entry.vendorId))
        .map((entry) =>
          object(
            'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/MPIO/MSDSM_SUPPORTED_HW',
            {
              VendorId: entry.vendorId,
              ProductId: entry.productId,
            },
          ),
        ),
    );
  }),
  // A hashtable and not an object.
  'Get-MSDSMAutomaticClaimSettings': mpio('MSDSMAutomaticClaimSettings', (machine) =>
    output({
      $: 'hashtable',
      v: {
        SAS: machine.scenario.mpio?.claimsSas ?? false,
        iSCSI: machine.scenario.mpio?.claimsIscsi ?? true,
      },
    }),
  ),
  // A bare string.
  'Get-MSDSMGlobalDefaultLoadBalancePolicy': mpio('MSDSMGlobalDefaultLoadBalancePolicy', (machine) =>
    output(machine.scenario.mpio?.globalPolicy ?? 'None'),
  ),
  'Get-MPIOSetting': mpio('MPIOSetting', (machine) =>
    output(
      object(
        'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/MPIO/MPIO_SETTING',
        Object.fromEntries(
          Object.entries(mpioTimers(machine)).map(([name, value]) => [
            name,
            typeof value === 'number' ? u32(value) : value,
          ]),
        ),
      ),
    ),
  ),
  'Get-MPIOAvailableHW': mpio(undefined, (machine) => {
    const kinds = new Map(
      machine.storage.disks
        .filter((disk) => ['iSCSI', 'Fibre Channel', 'SAS'].includes(disk.busType))
        .map((disk) => [`${disk.vendor}|${disk.product}`, disk]),
    );
    return output(
      ...[...kinds.values()].map((disk) =>
        object(
          'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/MPIO/MPIO_AVAILABLE_HW',
          {
            VendorId: disk.vendor.padEnd(8),
            ProductId: disk.product.padEnd(16),
            BusType: disk.busType.replace(' ', ''),
            IsMultipathed: disk.mpio !== undefined,
            IsSPC3Supported: true,
          },
        ),
      ),
    );
  }),
};
