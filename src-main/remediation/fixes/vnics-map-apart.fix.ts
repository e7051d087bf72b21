/** Storage vNICs of an embedded team mapped to members of their own. */
import { entityOf } from '#shared/entity.ts';
import type { ChangeCommand } from '#shared/change-command.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Adapter, Team, VNic } from '#shared/host/host-model.ts';
import { memberAdapters } from '../../path-graph/walks.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue } from '../interface-values.ts';

interface Meant {
  readonly team: Team;
  readonly switchName: string;
  readonly vnics: readonly VNic[];
  readonly members: readonly Adapter[];
}

function meant({ model, finding }: FixRequest): readonly Meant[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  return model.teams.flatMap((team) => {
    const vswitch = model.vswitches.find(({ id }) => id === team.vswitchId);
    if (!ids.has(team.id) || team.technology !== 'set' || vswitch === undefined) return [];
    return [
      {
        team,
        switchName: vswitch.name,
        vnics: model.vnics.filter(({ id }) => ids.has(id)),
        members: memberAdapters(model, team).filter(({ isUp }) => isUp),
      },
    ];
  });
}

function mappedTo({ model }: FixFacts, id: string): Adapter | undefined {
  const adapterId = model.vnics.find((one) => one.id === id)?.mappedMember?.adapterId;
  return model.adapters.find((one) => one.id === adapterId);
}

/** Those that stand on a member alone stay there; the others go round the members that are left. */
function spread(facts: FixFacts, { vnics, members }: Meant): readonly (readonly [VNic, Adapter])[] {
  const taken = new Set<string>();
  const rest: VNic[] = [];
  for (const vnic of vnics) {
    const now = mappedTo(facts, vnic.id);
    if (now === undefined || taken.has(now.id)) rest.push(vnic);
    else taken.add(now.id);
  }
  const free = members.filter(({ id }) => !taken.has(id));
  const order = [...free, ...members];
  return rest.flatMap((vnic, index) => {
    const to = order[index % Math.max(order.length, 1)];
    return to === undefined || to.id === mappedTo(facts, vnic.id)?.id ? [] : [[vnic, to] as const];
  });
}

export const fix = defineFix({
  id: 'vnics-map-apart',
  title: 'Map the storage vNICs to different members',
  impact: 'path',
  needs: ['NetAdapter', 'VMSwitch', 'VMSwitchTeam', 'VMNetworkAdapter', 'VMNetworkAdapterTeamMapping'],
  order: 34,
  precheck: (request): readonly Refusal[] => {
    const all = meant(request);
    if (all.length === 0) {
      return [
        {
          reason: 'does-not-fit',
          message: 'An LBFO team cannot be told which member carries a vNIC.',
          remedy: 'Change how the team spreads frames, or give storage adapters of its own.',
        },
      ];
    }
    return all
      .filter(({ members }) => members.length < 2)
      .map(({ team }) => ({
        reason: 'does-not-fit',
        message: `Team ${team.name} has one member that is up: there is no other to map a vNIC to.`,
        remedy: 'Bring another member up first.',
      }));
  },
  plan: (request) =>
    meant(request).flatMap((one) =>
      spread(request, one).map(([vnic, member]): Step => {
        const before = mappedTo(request, vnic.id);
        const hyperVName = vnic.vnicName;
        const map = (to: Adapter): ChangeCommand => ({
          cmdlet: 'Set-VMNetworkAdapterTeamMapping',
          parameters: {
            ManagementOS: true,
            SwitchName: one.switchName,
            VMNetworkAdapterName: hyperVName,
            PhysicalNetAdapterName: adapterValue(to),
          },
        });
        const remove: ChangeCommand = {
          cmdlet: 'Remove-VMNetworkAdapterTeamMapping',
          parameters: { ManagementOS: true, SwitchName: one.switchName, Name: hyperVName },
        };
        return {
          title: `${vnic.name} is mapped to ${member.name}; its traffic moves there.`,
          commands: [map(member)],
          changes: [
            {
              of: entityOf(vnic),
              property: 'Team mapping',
              before: before?.name ?? 'none',
              after: member.name,
            },
          ],
          impact: 'path',
          takesDown: [vnic.id],
          verify: {
            says: `${vnic.name} is mapped to ${member.name}, and is up.`,
            observations: [
              'NetAdapter',
              'VMSwitch',
              'VMSwitchTeam',
              'VMNetworkAdapter',
              'VMNetworkAdapterTeamMapping',
            ],
            settleSeconds: 30,
            differs: (now) => {
              const found = mappedTo(now, vnic.id);
              if (found?.id !== member.id) return `It is mapped to ${found?.name ?? 'no member'}.`;
              return now.model.vnics.find(({ id }) => id === vnic.id)?.isUp === true
                ? undefined
                : `${vnic.name} is not up.`;
            },
          },
          undo: [before === undefined ? remove : map(before)],
        };
      }),
    ),
});
