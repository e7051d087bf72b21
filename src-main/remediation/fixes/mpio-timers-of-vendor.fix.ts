/** Timers of Multipath I/O set to what the chosen vendor profile asks for. */
import type { ParameterValue } from '#shared/change-command.ts';
import type { MpioSettingRecord } from '#shared/host/storage-records.ts';
import type { VendorSetting } from '#shared/vendor-profile.ts';
import { defineFix, type FixFacts, type FixRequest } from '../define-fix.ts';
import { needsMicrosoftDsm } from '../refusals.ts';

interface Timer {
  readonly setting: VendorSetting;
  /** As Get-MPIOSetting calls it. */
  readonly property: string;
  readonly parameter: string;
  readonly isSwitch?: true;
  readonly read: (record: MpioSettingRecord) => number | boolean | undefined;
}

const timers: readonly Timer[] = [
  {
    setting: 'pathVerification',
    property: 'PathVerificationState',
    parameter: 'NewPathVerificationState',
    isSwitch: true,
    read: (record) => record.isPathVerificationEnabled,
  },
  {
    setting: 'pathVerificationPeriod',
    property: 'PathVerificationPeriod',
    parameter: 'NewPathVerificationPeriod',
    read: (record) => record.pathVerificationSeconds,
  },
  {
    setting: 'pdoRemovePeriod',
    property: 'PDORemovePeriod',
    parameter: 'NewPDORemovePeriod',
    read: (record) => record.pdoRemoveSeconds,
  },
  {
    setting: 'retryCount',
    property: 'RetryCount',
    parameter: 'NewRetryCount',
    read: (record) => record.retryCount,
  },
  {
    setting: 'retryInterval',
    property: 'RetryInterval',
    parameter: 'NewRetryInterval',
    read: (record) => record.retryIntervalSeconds,
  },
  {
    setting: 'customPathRecovery',
    property: 'UseCustomPathRecoveryTime',
    parameter: 'CustomPathRecovery',
    isSwitch: true,
    read: (record) => record.isPathRecoveryCustom,
  },
  {
    setting: 'pathRecoveryInterval',
    property: 'CustomPathRecoveryTime',
    parameter: 'NewPathRecoveryInterval',
    read: (record) => record.pathRecoverySeconds,
  },
  {
    setting: 'diskTimeout',
    property: 'DiskTimeoutValue',
    parameter: 'NewDiskTimeout',
    read: (record) => record.diskTimeoutSeconds,
  },
];

interface Setting extends Timer {
  readonly before: number;
  readonly after: number;
}

function valueNow({ snapshot }: FixFacts, { read }: Timer): number | undefined {
  const { MPIOSetting } = snapshot.readings;
  const [record] = MPIOSetting.status === 'ok' ? MPIOSetting.records : [];
  const value = record === undefined ? undefined : read(record);
  return value === undefined ? undefined : Number(value);
}

/** The finding names what differs and what the vendor asks for: the profile that was chosen when the host was judged. */
function asked({ finding }: FixRequest): ReadonlyMap<string, number> {
  const { settings, vendorValues } = finding.evidence;
  if (!Array.isArray(settings) || !Array.isArray(vendorValues)) return new Map();
  return new Map(
    settings.flatMap((setting: unknown, place) => {
      const value: unknown = vendorValues[place];
      return typeof setting === 'string' && typeof value === 'number' ? [[setting, value] as const] : [];
    }),
  );
}

function differing(request: FixRequest): readonly Setting[] {
  const wanted = asked(request);
  return timers.flatMap((timer): Setting[] => {
    const after = wanted.get(timer.setting);
    const before = valueNow(request, timer);
    return after === undefined || before === undefined || before === after
      ? []
      : [{ ...timer, before, after }];
  });
}

function shown({ isSwitch }: Timer, value: number): string {
  if (isSwitch !== true) return String(value);
  return value === 0 ? 'Disabled' : 'Enabled';
}

function setTo(settings: readonly Setting[], side: 'before' | 'after') {
  const parameters: Record<string, ParameterValue> = Object.fromEntries(
    settings.map((one) => [one.parameter, one.isSwitch === true ? shown(one, one[side]) : one[side]]),
  );
  return { cmdlet: 'Set-MPIOSetting', parameters };
}

export const fix = defineFix({
  id: 'mpio-timers-of-vendor',
  title: 'Set the timers of Multipath I/O to what the vendor asks for',
  impact: 'reboot',
  needs: ['MPIOSetting'],
  order: 38,
  precheck: (request) => [
    ...needsMicrosoftDsm(request.model.disks),
    ...(differing(request).length === 0
      ? [
          {
            reason: 'does-not-fit' as const,
            message: 'None of the values that differ is one of Multipath I/O.',
            remedy:
              "The driver's own limits stand in the registry and count after a restart: set them by hand, as the vendor's page says.",
          },
        ]
      : []),
  ],
  plan: (request) => {
    const settings = differing(request);
    if (settings.length === 0) return [];
    return [
      {
        title: `Multipath I/O gets ${settings.map((one) => `${one.property} ${shown(one, one.after)}`).join(', ')}; Windows may use the new values only after a restart.`,
        commands: [setTo(settings, 'after')],
        changes: settings.map((one) => ({
          of: request.model.host,
          property: one.property,
          before: shown(one, one.before),
          after: shown(one, one.after),
        })),
        impact: 'reboot',
        verify: {
          says: 'Get-MPIOSetting shows the new values.',
          observations: ['MPIOSetting', 'StorageTimers'],
          differs: (now) => {
            const other = settings.find((one) => valueNow(now, one) !== one.after);
            if (other === undefined) return undefined;
            const value = valueNow(now, other);
            return `${other.property} is ${value === undefined ? 'not known' : shown(other, value)}.`;
          },
        },
        undo: [setTo(settings, 'before')],
      },
    ];
  },
});
