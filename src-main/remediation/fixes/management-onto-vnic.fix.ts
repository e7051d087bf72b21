/** The addresses of a team NIC beside a vSwitch moved to a vNIC on that vSwitch, with all that is set beside them. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Team, TeamNic, VSwitch } from '#shared/host/host-model.ts';
import { nameKey } from '../../path-graph/joins.ts';
import { defineFix, type FixRequest, type Step } from '../define-fix.ts';
import { addVNic, freeVNicName, hyperVSeen, vnicNameProblem } from '../host-vnic-steps.ts';
import { indexNamed, indexOf } from '../interface-values.ts';
import {
  addressesGiven,
  addressesMoved,
  addressesTaken,
  lacksAddresses,
  plainly,
  settingsGiven,
  setupObservations,
  setupOf,
  type InterfaceSetup,
} from '../interface-setup.ts';
import { indexOfVNic, isHeldByAnother, vnicAdapter } from '../storage-addresses.ts';

interface Meant {
  readonly team: Team;
  readonly teamNic: TeamNic;
  readonly vswitch: VSwitch;
  readonly underSwitch: TeamNic;
}

/** The team NIC of the finding, and the vSwitch on the same team. */
function meant({ model, finding }: FixRequest): Meant | undefined {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const teamNic = model.teamNics.find(({ id, vswitchId }) => ids.has(id) && vswitchId === undefined);
  const team = model.teams.find(({ id }) => id === teamNic?.teamId);
  const vswitch = model.vswitches.find(({ id }) => id === team?.vswitchId);
  const underSwitch = model.teamNics.find(
    ({ vswitchId }) => vswitchId !== undefined && vswitchId === vswitch?.id,
  );
  return teamNic === undefined || team === undefined || vswitch === undefined || underSwitch === undefined
    ? undefined
    : { team, teamNic, vswitch, underSwitch };
}

function refusal(reason: Refusal['reason'], message: string, remedy: string): readonly Refusal[] {
  return [{ reason, message, remedy }];
}

function standsInTheWay(request: FixRequest): readonly Refusal[] {
  const one = meant(request);
  if (one === undefined) {
    return refusal(
      'fact-missing',
      'The vSwitch on the team is not known.',
      'Look again as an administrator.',
    );
  }
  const { teamNic, underSwitch, vswitch } = one;
  if (teamNic.isPrimary !== false) {
    return refusal(
      'does-not-fit',
      `${teamNic.name} is the first NIC of its team, which Windows does not let go.`,
      'Move the vSwitch to the first NIC of the team by hand, from the console of the host, or replace the team by Switch Embedded Teaming.',
    );
  }
  if (typeof teamNic.vlanId !== 'number') {
    return refusal(
      'fact-missing',
      `The VLAN of ${teamNic.name} is not known.`,
      'Look again as an administrator.',
    );
  }
  if (typeof underSwitch.vlanId === 'number') {
    return refusal(
      'does-not-fit',
      `${underSwitch.name} under vSwitch ${vswitch.name} passes VLAN ${underSwitch.vlanId} alone, so a vNIC would get no frames of another one.`,
      'Set it back to all VLANs first (team-nic-not-default).',
    );
  }
  const setup = setupOf(request, teamNic);
  if (typeof setup !== 'string') return [];
  return setup.includes('DHCP')
    ? refusal('does-not-fit', setup, 'Set the address by hand first, then look again.')
    : refusal('fact-missing', setup, 'Look again as an administrator, on the host itself.');
}

function nameIn({ answers }: FixRequest): string {
  const value = answers['name'];
  return typeof value === 'string' ? value : '';
}

function vnicStep({ vswitch, teamNic }: Meant, setup: InterfaceSetup, name: string): Step {
  const to = vnicAdapter(name);
  const step = addVNic({ vswitch, name, vlanId: teamNic.vlanId ?? 0, isIsolated: false });
  const settings: readonly (readonly [property: string, after: string | undefined])[] = [
    ['RegisterThisConnectionsAddress', setup.registersInDns ? undefined : 'False'],
    ['DNS servers', setup.dnsServers.length === 0 ? undefined : setup.dnsServers.join(', ')],
    ['InterfaceMetric', setup.metric === undefined ? undefined : String(setup.metric)],
  ];
  return {
    ...step,
    title: `${step.title.slice(0, -1)}, with the DNS servers and the metric of ${teamNic.name}; nothing uses it yet.`,
    commands: [...step.commands, ...settingsGiven(setup, { name: to, index: indexOfVNic(name) })],
    changes: [
      ...step.changes,
      ...settings.flatMap(([property, after]) =>
        after === undefined
          ? []
          : [{ of: entityOf(vswitch), property: `${property} of ${to}`, before: 'none', after }],
      ),
    ],
  };
}

function moveStep({ team, teamNic }: Meant, setup: InterfaceSetup, name: string): Step {
  const from = { name: teamNic.name, index: indexNamed(teamNic.name) };
  const to = { name: vnicAdapter(name), index: indexOfVNic(name) };
  const vlanId = teamNic.vlanId ?? 0;
  const isThere = {
    read: 'Get-NetLbfoTeamNic',
    where: [
      { property: 'Name', is: teamNic.name },
      { property: 'Team', is: team.name },
    ],
  };
  return {
    title: `The addresses and routes of ${from.name} move to ${to.name}, and ${from.name} is removed, so that the frames of VLAN ${vlanId} reach the vSwitch.`,
    commands: plainly([
      // Windows holds an address once: it goes from the one before it comes to the other.
      ...addressesTaken(setup, { ...from, index: indexOf(teamNic) }),
      { cmdlet: 'Remove-NetLbfoTeamNic', parameters: { Team: team.name, VlanID: vlanId } },
      ...addressesGiven(setup, to),
    ]),
    changes: [
      ...addressesMoved(setup, entityOf(teamNic), from.name, to.name),
      { of: entityOf(team), property: `Team NIC ${from.name}`, before: `VLAN ${vlanId}`, after: 'none' },
    ],
    impact: 'outage',
    takesDown: [teamNic.id],
    leaves: [{ change: 'fail', id: teamNic.id }],
    movesAddresses: setup.addresses.map(({ address }) => address),
    verify: {
      says: `${to.name} holds the addresses, which nobody else has, and the routes; ${from.name} is gone.`,
      observations: [...setupObservations, ...hyperVSeen, 'NetLbfoTeam', 'NetLbfoTeamNic'],
      settleSeconds: 30,
      differs: (now) =>
        now.model.teamNics.some((one) => nameKey(one.name) === nameKey(from.name))
          ? `${from.name} is still there.`
          : lacksAddresses(now, setup, to.name),
      isFinal: (now) =>
        isHeldByAnother(
          now,
          setup.addresses.map(({ address }) => address),
        ),
    },
    undo: [
      ...addressesTaken(setup, to),
      {
        cmdlet: 'Add-NetLbfoTeamNic',
        parameters: { Team: team.name, VlanID: vlanId, Name: from.name },
        unless: { question: isThere, isThere: true },
      },
      ...settingsGiven(setup, from),
      ...addressesGiven(setup, from),
    ],
  };
}

export const fix = defineFix({
  id: 'management-onto-vnic',
  title: 'Move the addresses of the team NIC to a vNIC on the vSwitch',
  impact: 'outage',
  needs: [
    'NetAdapter',
    'NetIPAddress',
    'NetIPInterface',
    'NetRoute',
    'DnsClient',
    'NetLbfoTeam',
    'NetLbfoTeamNic',
    'VMSwitch',
    'VMNetworkAdapter',
  ],
  order: 34,
  precheck: standsInTheWay,
  choices: (request) => {
    const one = meant(request);
    if (one === undefined) return [];
    return [
      {
        id: 'name',
        question: 'How shall the new vNIC be called?',
        type: 'text',
        proposal: freeVNicName(request, 'Management'),
        because:
          'Windows calls its adapter vEthernet with this name in parentheses, and takes it for a new connection: on a host outside of a domain its network may count as public, where firewall rules for remote work do not hold.',
        check: (value) => vnicNameProblem(request, typeof value === 'string' ? value : ''),
      },
    ];
  },
  plan: (request): readonly Step[] => {
    const one = meant(request);
    if (one === undefined || standsInTheWay(request).length > 0) return [];
    const setup = setupOf(request, one.teamNic);
    if (typeof setup === 'string') return [];
    return [vnicStep(one, setup, nameIn(request)), moveStep(one, setup, nameIn(request))];
  },
});
