/** Protocols bound to a physical member of a team, beside the team's own binding. */
import type { Adapter, Team } from '#shared/host/host-model.ts';
import { memberAdapters } from '../path-graph/walks.ts';
import { boundProtocols } from './bound-protocols.ts';
import { defineRule, type RuleFinding } from './define-rule.ts';
import { fineIfRead } from './readings.ts';
import { listed } from './wording.ts';

interface Bound {
  readonly adapter: Adapter;
  readonly protocols: ReturnType<typeof boundProtocols>;
}

export const rule = defineRule({
  id: 'member-bindings',
  severities: ['error'],
  title: 'Team members carry no protocols of their own',
  failureTitle: 'Protocols are bound to a team member',
  needs: ['NetAdapter', 'NetAdapterBinding', ['NetLbfoTeam', 'VMSwitch']],
  fixes: ['member-bindings-off'],
  evaluate: ({ model, snapshot }) => {
    const findings = model.teams.flatMap((team) => {
      const bound = memberAdapters(model, team).flatMap((adapter) => {
        const protocols = boundProtocols(adapter);
        return protocols.length === 0 ? [] : [{ adapter, protocols }];
      });
      const [first, ...others] = bound;
      return first === undefined ? [] : [findingFor(team, [first, ...others])];
    });
    if (findings.length > 0) return findings;
    const unread = model.teams.flatMap((team) => [
      ...team.members.flatMap(({ adapterId, name }) => (adapterId === undefined ? [name] : [])),
      ...memberAdapters(model, team).flatMap(({ enabledBindings, name }) =>
        enabledBindings === undefined ? [name] : [],
      ),
    ]);
    if (unread.length > 0) {
      return { notEvaluated: `The bindings of ${listed(unread)} are not known.` };
    }
    const teams = fineIfRead(snapshot, ['NetLbfoTeam', 'NetLbfoTeamMember', 'VMSwitch', 'VMSwitchTeam']);
    if ('notEvaluated' in teams) return teams;
    return model.teams.length === 0 ? { notApplicable: 'This host has no team.' } : [];
  },
});

function findingFor(team: Team, bound: readonly [Bound, ...Bound[]]): RuleFinding {
  const said = bound.map(
    ({ adapter, protocols }) => `${adapter.name} (${listed(protocols.map(({ name }) => name))})`,
  );
  return {
    severity: 'error',
    message: `${bound.length === 1 ? 'A physical member' : `${bound.length} physical members`} of team ${team.name} ${bound.length === 1 ? 'has' : 'have'} protocols bound: ${listed(said)}; only the team may use a member.`,
    subjects: [bound[0].adapter, ...bound.slice(1).map(({ adapter }) => adapter), team],
    evidence: {
      team: team.name,
      technology: team.technology,
      members: bound.map(({ adapter }) => adapter.name),
      bindings: bound.flatMap(({ adapter, protocols }) =>
        protocols.map(({ id }) => `${adapter.name}: ${id}`),
      ),
    },
    advice:
      'Make sure that no session, route or connection of your own uses an address of the member, then disable these bindings on it by their component id and read all bindings again: disabling one can enable another.',
  };
}
