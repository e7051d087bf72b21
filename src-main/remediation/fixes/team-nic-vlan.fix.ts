/** Team NICs that share the untagged frames of their team: all but one get a VLAN of their own. */
import { entityOf } from '#shared/entity.ts';
import type { Refusal } from '#shared/fix-plan.ts';
import type { Team, TeamNic } from '#shared/host/host-model.ts';
import { recordsOf } from '../../path-graph/joins.ts';
import { defineFix, type AskedChoice, type FixRequest, type Step } from '../define-fix.ts';
import { adapterValue, bracedGuid, nameThen } from '../interface-values.ts';

interface Meant {
  readonly team: Team;
  readonly untagged: readonly TeamNic[];
  readonly teamNics: readonly TeamNic[];
}

function meant({ model, finding }: FixRequest): Meant | undefined {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const team = model.teams.find(({ id }) => ids.has(id));
  const teamNics = model.teamNics.filter(({ teamId }) => teamId === team?.id);
  return team === undefined
    ? undefined
    : { team, teamNics, untagged: teamNics.filter(({ id }) => ids.has(id)) };
}

function textIn({ answers }: FixRequest, id: string): string {
  const value = answers[id];
  return typeof value === 'string' ? value : '';
}

/** The one that keeps what has no tag: the first of its team, which Windows made so, else the one with the gateway. */
function likeliest({ snapshot }: FixRequest, untagged: readonly TeamNic[]): TeamNic | undefined {
  const routes = recordsOf(snapshot.readings.NetRoute) ?? [];
  return (
    untagged.find(({ isPrimary, isDefault }) => isPrimary === true && isDefault === true) ??
    untagged.find(({ interfaceIndex }) =>
      routes.some(
        (route) => route.interfaceIndex === interfaceIndex && route.destinationPrefix === '0.0.0.0/0',
      ),
    ) ??
    untagged[0]
  );
}

function tagged(request: FixRequest, one: Meant): readonly TeamNic[] {
  const kept = textIn(request, 'untagged');
  return one.untagged.filter(({ name }) => name !== kept);
}

/** The choice of the VLAN of one of them. */
function vlanChoiceId({ name }: TeamNic): string {
  return `vlan:${name}`;
}

function vlanChoice(request: FixRequest, one: Meant, teamNic: TeamNic): AskedChoice {
  const others = one.untagged.filter((other) => other !== teamNic);
  return {
    id: vlanChoiceId(teamNic),
    question: `In which VLAN shall ${teamNic.name} be?`,
    type: 'number',
    because:
      'The ports of the switch have to carry it tagged, on each member of the team; nothing on the host tells which one it is.',
    check: (value) => {
      const vlan = Number(value);
      if (!(vlan >= 1 && vlan <= 4094)) return 'A VLAN is a number from 1 to 4094.';
      const holder = one.teamNics.find(({ vlanId }) => vlanId === vlan);
      if (holder !== undefined) return `VLAN ${vlan} is that of ${holder.name} already.`;
      return others.some((other) => textIn(request, vlanChoiceId(other)) === value)
        ? `VLAN ${vlan} is given to another NIC of this team.`
        : undefined;
    },
  };
}

function stepFor(teamNic: TeamNic, vlanId: number): Step {
  const before = teamNic.vlanId ?? null;
  return {
    title: `${teamNic.name} gets the frames of VLAN ${vlanId} alone; Windows starts it anew under a name that goes with the VLAN.`,
    commands: [{ cmdlet: 'Set-NetLbfoTeamNic', parameters: { Name: adapterValue(teamNic), VlanID: vlanId } }],
    changes: [
      {
        of: entityOf(teamNic),
        property: 'VlanID',
        before: before === null ? 'none' : String(before),
        after: String(vlanId),
      },
    ],
    impact: 'link',
    takesDown: [teamNic.id],
    verify: {
      says: `The NIC of the team is in VLAN ${vlanId} and up.`,
      observations: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic'],
      settleSeconds: 30,
      differs: ({ model }) => {
        const now = model.teamNics.find(({ id }) => id === teamNic.id);
        if (now === undefined) return `${teamNic.name} is no longer a NIC of its team.`;
        if (now.vlanId !== vlanId) return `${now.name} is in VLAN ${now.vlanId ?? 'none'}.`;
        return now.isUp ? undefined : `${now.name} is not up.`;
      },
    },
    undo: [
      {
        cmdlet: 'Set-NetLbfoTeamNic',
        parameters: {
          Name: nameThen(teamNic),
          ...(before === null ? { Default: true } : { VlanID: before }),
        },
        unless: {
          question: {
            read: 'Get-NetLbfoTeamNic',
            where: [
              { property: 'InstanceID', is: bracedGuid(teamNic) },
              before === null ? { property: 'Default', is: true } : { property: 'VlanID', is: before },
            ],
          },
          isThere: true,
        },
      },
      {
        cmdlet: 'Rename-NetAdapter',
        parameters: { Name: nameThen(teamNic), NewName: teamNic.name },
        unless: {
          question: {
            read: 'Get-NetAdapter',
            where: [
              { property: 'InterfaceGuid', is: bracedGuid(teamNic) },
              { property: 'Name', is: teamNic.name },
            ],
          },
          isThere: true,
        },
      },
    ],
  };
}

export const fix = defineFix({
  id: 'team-nic-vlan',
  title: 'Give all NICs of the team but one a VLAN of their own',
  impact: 'link',
  needs: ['NetAdapter', 'NetLbfoTeam', 'NetLbfoTeamNic'],
  order: 33,
  precheck: (request): readonly Refusal[] => {
    const one = meant(request);
    const unknown = one?.untagged.find(({ vlanId }) => vlanId === undefined);
    return one === undefined || unknown !== undefined
      ? [
          {
            reason: 'fact-missing',
            message: `The VLAN of ${unknown?.name ?? 'the NICs of the team'} is not known.`,
            remedy: 'Look again as an administrator.',
          },
        ]
      : [];
  },
  choices: (request) => {
    const one = meant(request);
    if (one === undefined) return [];
    const kept = likeliest(request, one.untagged);
    const which: AskedChoice = {
      id: 'untagged',
      question: `Which NIC of team ${one.team.name} keeps the frames without a tag?`,
      type: 'one-of',
      options: one.untagged.map(({ name }) => ({ value: name, label: name })),
      ...(kept !== undefined && { proposal: kept.name }),
      because:
        'The first NIC of a team passes whatever no other one asks for; mostly it is the one to stay so.',
    };
    return textIn(request, 'untagged') === ''
      ? [which]
      : [which, ...tagged(request, one).map((teamNic) => vlanChoice(request, one, teamNic))];
  },
  plan: (request) => {
    const one = meant(request);
    return one === undefined
      ? []
      : tagged(request, one).map((teamNic) =>
          stepFor(teamNic, Number(textIn(request, vlanChoiceId(teamNic)))),
        );
  },
});
