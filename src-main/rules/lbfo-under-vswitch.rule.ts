/** A vSwitch over an LBFO team, which Windows has left behind release by release. */
import type { Severity } from '#shared/finding.ts';
import type { WindowsRelease } from '#shared/host/host-model.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { lbfoTeams, noLbfoUnderSwitch } from './storage-teams.ts';

/** Up to 2012 R2 there was no other way; Switch Embedded Teaming came with 2016; from 2022 the binding is refused. */
const severityOn: Readonly<Record<WindowsRelease, Severity | undefined>> = {
  '2012': undefined,
  '2012R2': undefined,
  '2016': 'info',
  '2019': 'info',
  '2022': 'error',
  '2025': 'error',
};

export const rule = defineRule({
  id: 'lbfo-under-vswitch',
  severities: ['error', 'info'],
  title: 'No vSwitch stands on an LBFO team that this Windows does not support for it',
  failureTitle: 'A vSwitch stands on an LBFO team',
  needs: ['OperatingSystem', 'NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch'],
  fixes: [],
  evaluate: (facts) => {
    const { host, vswitches } = facts.model;
    return conclude(facts, {
      things: lbfoTeams(facts),
      see: (team) => {
        if (team.vswitchId === undefined) return 'not-about';
        if (host.release === undefined) return { doubt: 'The release of Windows is not known.' };
        const severity = severityOn[host.release];
        const vswitch = vswitches.find(({ id }) => id === team.vswitchId);
        if (severity === undefined || vswitch === undefined) return 'well';
        return { bad: { team, vswitch, severity, release: host.release } };
      },
      report: (bad) =>
        bad.map(({ team, vswitch, severity, release }) => ({
          severity,
          message:
            severity === 'error'
              ? `vSwitch ${vswitch.name} stands on the LBFO team ${team.name}: from Server 2022 on Windows refuses this, and what an upgrade left behind is not supported.`
              : `vSwitch ${vswitch.name} stands on the LBFO team ${team.name}: it works on Server ${release}, but is deprecated, and RDMA is lost on its members.`,
          subjects: [vswitch, team],
          evidence: { vswitch: vswitch.name, team: team.name, release },
          advice:
            severity === 'error'
              ? 'Plan the change to Switch Embedded Teaming with an outage or with the machines moved away: the vSwitch has to be made anew, its vNICs with it, and the physical switch must not expect a bundle.'
              : 'Leave it until the host is set up anew or upgraded; then build Switch Embedded Teaming, before Server 2022 at the latest.',
        })),
      none: noLbfoUnderSwitch,
      rests: ['NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch', 'NetAdapter'],
    });
  },
});
