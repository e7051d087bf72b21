/** The feature Multipath I/O installed; it works after a restart. */
import type { Refusal } from '#shared/fix-plan.ts';
import { defineFix, type FixFacts } from '../define-fix.ts';
import { needsServer } from '../refusals.ts';

function installState({ snapshot }: FixFacts): string | undefined {
  const { WindowsFeature } = snapshot.readings;
  const feature =
    WindowsFeature.status === 'ok'
      ? WindowsFeature.records.find(({ name }) => /^multipath-?io$/i.test(name))
      : undefined;
  return feature === undefined
    ? undefined
    : (feature.installState ?? (feature.isInstalled ? 'Installed' : 'Available'));
}

export const fix = defineFix({
  id: 'mpio-install',
  title: 'Install Multipath I/O',
  impact: 'reboot',
  needs: ['WindowsFeature'],
  order: 20,
  precheck: (facts): readonly Refusal[] => {
    const server = needsServer(facts, 'Multipath I/O');
    if (server.length > 0) return server;
    const state = installState(facts);
    if (state === undefined || /^Removed$/i.test(state)) {
      return [
        {
          reason: 'fact-missing',
          message:
            state === undefined
              ? 'The feature Multipath-IO is not among those that Windows lists.'
              : 'The files of the feature Multipath-IO were removed from this Windows.',
          remedy: 'Install it from the installation medium by hand.',
        },
      ];
    }
    return /^(Installed|InstallPending)$/i.test(state)
      ? [
          {
            reason: 'does-not-fit',
            message: `The feature Multipath-IO is ${/pending/i.test(state) ? 'installed and waits for a restart' : 'installed already'}.`,
            remedy: /pending/i.test(state)
              ? 'Restart the host first.'
              : 'Let it claim iSCSI disks (mpio-claim-iscsi) and restart the host.',
          },
        ]
      : [];
  },
  afterRestart: (facts) => {
    const state = installState(facts) ?? 'not listed';
    return /^Installed$/i.test(state) ? undefined : `The feature Multipath-IO is ${state}.`;
  },
  plan: (facts) => {
    const before = installState(facts);
    if (before === undefined || /^(Installed|InstallPending)$/i.test(before)) return [];
    return [
      {
        title:
          'Windows installs the feature Multipath-IO; nothing changes for the disks before the host is restarted, which this does not do.',
        commands: [{ cmdlet: 'Install-WindowsFeature', parameters: { Name: 'Multipath-IO' } }],
        changes: [
          {
            of: facts.model.host,
            property: 'Multipath-IO InstallState',
            before,
            after: 'Installed after a restart',
          },
        ],
        impact: 'reboot',
        verify: {
          says: 'The feature Multipath-IO is installed, or waits for the restart.',
          observations: ['WindowsFeature'],
          settleSeconds: 60,
          differs: (now) => {
            const state = installState(now);
            return /^(Installed|InstallPending)$/i.test(state ?? '')
              ? undefined
              : `The feature Multipath-IO is ${state ?? 'not listed'}.`;
          },
        },
        undo: [],
        notUndone:
          'Taking the feature away needs another restart, and disks that Multipath I/O holds by then are in use through it: if it has to go, move them away first and run Uninstall-WindowsFeature -Name Multipath-IO by hand.',
      },
    ];
  },
});
