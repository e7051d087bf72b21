/** Multipath I/O told to take iSCSI disks; it does so after a restart. */
import type { Refusal } from '#shared/fix-plan.ts';
import { defineFix, type FixFacts } from '../define-fix.ts';
import { needsMicrosoftDsm } from '../refusals.ts';

function isClaimed({ snapshot }: FixFacts): boolean | undefined {
  const { MSDSMAutomaticClaimSettings } = snapshot.readings;
  return MSDSMAutomaticClaimSettings.status === 'ok'
    ? MSDSMAutomaticClaimSettings.records.find(({ busType }) => busType.toLowerCase() === 'iscsi')?.enabled
    : undefined;
}

export const fix = defineFix({
  id: 'mpio-claim-iscsi',
  title: 'Let Multipath I/O take iSCSI disks',
  impact: 'reboot',
  needs: ['WindowsFeature', 'MSDSMAutomaticClaimSettings'],
  order: 30,
  precheck: (facts): readonly Refusal[] => {
    const { WindowsFeature } = facts.snapshot.readings;
    const isPending =
      WindowsFeature.status === 'ok' &&
      WindowsFeature.records.some(
        ({ name, installState }) => /^multipath-?io$/i.test(name) && /pending/i.test(installState ?? ''),
      );
    if (isPending) {
      return [
        {
          reason: 'reboot-pending',
          message: 'Multipath I/O is installed and waits for a restart.',
          remedy: 'Restart the host first.',
        },
      ];
    }
    return [
      ...needsMicrosoftDsm(facts.model.disks.filter(({ busType }) => busType?.toLowerCase() === 'iscsi')),
      ...(isClaimed(facts) === true
        ? [
            {
              reason: 'does-not-fit' as const,
              message:
                'Multipath I/O is told to take iSCSI disks already; these sessions were logged in to without multipath, and that is agreed at login.',
              remedy:
                'Move what runs on the disk to another host, log its sessions out and in again with multipath enabled, or restart the host where the sessions are favourites with multipath.',
            },
          ]
        : []),
    ];
  },
  afterRestart: (facts) => (isClaimed(facts) === true ? undefined : 'Automatic claiming of iSCSI is off.'),
  plan: (facts) => {
    if (isClaimed(facts) !== false) return [];
    return [
      {
        title:
          'Multipath I/O is told to take iSCSI disks; those that are there are taken when the host is restarted, which this does not do.',
        commands: [{ cmdlet: 'Enable-MSDSMAutomaticClaim', parameters: { BusType: 'iSCSI' } }],
        changes: [
          {
            of: facts.model.host,
            property: 'MSDSM automatic claim of iSCSI',
            before: 'False',
            after: 'True',
          },
        ],
        impact: 'reboot',
        verify: {
          says: 'Automatic claiming of iSCSI is on.',
          observations: ['MSDSMAutomaticClaimSettings', 'MSDSMSupportedHW', 'MpioDisk'],
          differs: (now) => (isClaimed(now) === true ? undefined : 'Automatic claiming of iSCSI is off.'),
        },
        // Stops what would be claimed from now on; a disk that is held stays held.
        undo: [{ cmdlet: 'Disable-MSDSMAutomaticClaim', parameters: { BusType: 'iSCSI' } }],
      },
    ];
  },
});
