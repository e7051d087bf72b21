/** The team NIC under a vSwitch set back to all VLANs: they belong to the ports of the switch. */
import { entityOf } from '#shared/entity.ts';
import { defineFix, type FixFacts, type Step } from '../define-fix.ts';
import { adapterValue, nameThen } from '../interface-values.ts';

function vlanOf({ snapshot: { readings } }: FixFacts, name: string): number | null | undefined {
  return readings.NetLbfoTeamNic.status === 'ok'
    ? readings.NetLbfoTeamNic.records.find((one) => one.name.toLowerCase() === name.toLowerCase())?.vlanId
    : undefined;
}

export const fix = defineFix({
  id: 'team-nic-all-vlans',
  title: 'Set the team NIC under the vSwitch back to all VLANs',
  impact: 'outage',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic', 'VMSwitch'],
  order: 31,
  // The team NIC is renamed by it, all on the vSwitch stalls, and the switch ports have to be trunks by then.
  byHand:
    'The physical switch has to carry all VLANs as a trunk before it, and everything on the vSwitch stalls meanwhile: do it in a maintenance window, from the console of the host.',
  plan: (request) => {
    const ids = new Set(request.finding.subjects.map(({ id }) => id));
    return request.model.teamNics
      .filter(({ id }) => ids.has(id))
      .flatMap((teamNic): Step[] => {
        const before = vlanOf(request, teamNic.name);
        if (typeof before !== 'number') return [];
        return [
          {
            title: `${teamNic.name} passes the frames of all VLANs to the vSwitch on it.`,
            commands: [
              { cmdlet: 'Set-NetLbfoTeamNic', parameters: { Name: adapterValue(teamNic), Default: true } },
            ],
            changes: [{ of: entityOf(teamNic), property: 'VlanID', before: String(before), after: 'all' }],
            impact: 'outage',
            takesDown: [teamNic.id],
            verify: {
              says: `No VLAN is set on the team NIC.`,
              observations: ['NetAdapter', 'NetLbfoTeamNic'],
              differs: (now) => {
                const found = now.model.teamNics.find(({ id }) => id === teamNic.id);
                return typeof vlanOf(now, found?.name ?? '') === 'number'
                  ? 'It still has a VLAN.'
                  : undefined;
              },
            },
            // Windows names a team NIC by its VLAN.
            undo: [{ cmdlet: 'Set-NetLbfoTeamNic', parameters: { Name: nameThen(teamNic), VlanID: before } }],
          },
        ];
      });
  },
});
