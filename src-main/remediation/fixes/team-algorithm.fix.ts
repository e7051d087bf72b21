/** How a team spreads frames: the algorithm of an LBFO team, or of the team inside a vSwitch. */
import { entityOf } from '#shared/entity.ts';
import type { Team } from '#shared/host/host-model.ts';
import type { LbAlgorithm } from '#shared/host/network-records.ts';
import { defineFix, type FixFacts, type FixRequest, type Step } from '../define-fix.ts';

const words: Readonly<Partial<Record<LbAlgorithm, string>>> = {
  Dynamic: 'Dynamic: sends by flow, receives by port',
  HyperVPort: 'Hyper-V port: each vNIC stays on one member, both ways',
  TransportPorts: 'Address hash: sends by flow, receives on one member where the team is switch independent',
};

function teamsMeant({ model, finding }: FixRequest): readonly Team[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  return model.teams.filter(({ id, lbAlgorithm }) => ids.has(id) && lbAlgorithm !== undefined);
}

function algorithmNow({ model }: FixFacts, id: string): LbAlgorithm | undefined {
  return model.teams.find((team) => team.id === id)?.lbAlgorithm;
}

/** Behind a vSwitch each vNIC is a port; a team NIC is one port alone, so that only its flows can be told apart. */
function offered(teams: readonly Team[]): readonly LbAlgorithm[] {
  const isUnderSwitch = teams.every(
    ({ technology, vswitchId }) => technology === 'set' || vswitchId !== undefined,
  );
  return isUnderSwitch ? ['HyperVPort', 'Dynamic'] : ['Dynamic', 'TransportPorts'];
}

function set({ name, technology }: Team, LoadBalancingAlgorithm: LbAlgorithm) {
  // Without members named: to name them would replace them.
  return {
    cmdlet: technology === 'set' ? 'Set-VMSwitchTeam' : 'Set-NetLbfoTeam',
    parameters: { Name: name, LoadBalancingAlgorithm },
  };
}

export const fix = defineFix({
  id: 'team-algorithm',
  title: 'Change how the team spreads frames',
  impact: 'path',
  needs: ['NetAdapter'],
  order: 32,
  choices: (request) => {
    const teams = teamsMeant(request);
    const options = offered(teams).filter((one) => teams.some(({ lbAlgorithm }) => lbAlgorithm !== one));
    return [
      {
        id: 'algorithm',
        question: 'How shall the team spread frames?',
        type: 'one-of',
        options: options.map((value) => ({ value, label: words[value] ?? value })),
        ...(options[0] !== undefined && { proposal: options[0] }),
        whyNone: 'Its teams spread by the one algorithm that fits there already, or do not tell by which.',
        because:
          'The teaming mode stays as it is, so the physical switch needs no change. Measure the spread afterwards: no algorithm promises it.',
      },
    ];
  },
  plan: (request) => {
    const algorithm = offered(teamsMeant(request)).find((one) => one === request.answers['algorithm']);
    if (algorithm === undefined) return [];
    return teamsMeant(request).flatMap((team): Step[] => {
      const { id, name, lbAlgorithm: before } = team;
      if (before === undefined || before === algorithm) return [];
      return [
        {
          title: `Team ${name} spreads by ${algorithm}; its flows may move to other members for a moment.`,
          commands: [set(team, algorithm)],
          changes: [{ of: entityOf(team), property: 'LoadBalancingAlgorithm', before, after: algorithm }],
          impact: 'path',
          verify: {
            says: `Team ${name} spreads by ${algorithm}, and its members are as they were.`,
            observations: [
              'NetAdapter',
              'NetLbfoTeam',
              'NetLbfoTeamMember',
              'NetLbfoTeamNic',
              'VMSwitch',
              'VMSwitchTeam',
            ],
            settleSeconds: 30,
            differs: (now) => {
              const found = algorithmNow(now, id);
              if (found !== algorithm) return `It spreads by ${found ?? 'what is not known'}.`;
              const members = now.model.teams.find((one) => one.id === id)?.members.length;
              return members === team.members.length
                ? undefined
                : `It has ${members ?? 0} of ${team.members.length} members.`;
            },
          },
          undo: [set(team, before)],
        },
      ];
    });
  },
});
