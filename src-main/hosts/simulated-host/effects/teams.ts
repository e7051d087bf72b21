/** The changing cmdlets of the NetLbfo module: teams, their members and their interfaces. */
import { cimError } from '../cim.ts';
import type { CmdletError } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { nothingFound } from '../errors.ts';
import type { Scenario, ScenarioLbfoTeam } from '../scenario.ts';
import { cannotConvert, changing, ofCim, refused, select, should, textOf, wordOf } from './changing.ts';
import { withName, withoutStack, withShownNames } from './interfaces.ts';
import { rowsAfter } from './iscsi.ts';

const netLbfo = changing({ module: 'NetLbfo', isServerOnly: true });

function lbfoError(message: string, command: string): CmdletError {
  return cimError(message, `MiClientApiError_InvalidParameter,${command}`, 'InvalidArgument');
}

function withTeam(
  scenario: Scenario,
  name: string,
  change: (team: ScenarioLbfoTeam) => ScenarioLbfoTeam,
): Scenario {
  return {
    ...scenario,
    lbfoTeams: (scenario.lbfoTeams ?? []).map((team) => (team.name === name ? change(team) : team)),
  };
}

/** A team by its exact name, as methods that are no queries take it. */
function teamNamed({ machine, parameters, command }: Situation) {
  const name = parameters.text('Team') ?? '';
  const team = machine.network.teams.find(
    (entry) => entry.scenario.name.toLowerCase() === name.toLowerCase(),
  );
  return team ?? nothingFound('MSFT_NetLbfoTeam', 'Name', name, command);
}

const modes = ['Static', 'SwitchIndependent', 'Lacp'] as const;
const algorithms = ['TransportPorts', 'IPAddresses', 'MacAddresses', 'HyperVPort', 'Dynamic'] as const;

function setTeam(situation: Situation): Outcome {
  const { machine, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetLbfoTeam', ['Name']);
  const mode = wordOf(situation, 'TeamingMode', modes);
  if (mode.error !== undefined) return refused(mode.error);
  const known = machine.since('2012R2') ? algorithms : algorithms.filter((word) => word !== 'Dynamic');
  const algorithm = wordOf(situation, 'LoadBalancingAlgorithm', known);
  if (algorithm.error !== undefined) return refused(algorithm.error);
  const timer = wordOf(situation, 'LacpTimer', ['Slow', 'Fast'] as const);
  if (timer.error !== undefined) return refused(timer.error);
  if (algorithm.value === 'HyperVPort' && !machine.hasFeature('Hyper-V')) {
    return refused(lbfoError('The Hyper-V role is needed for this load balancing algorithm.', command));
  }
  const scenario = rows.reduce(
    (before, row) =>
      withTeam(before, textOf(row, 'Name'), (team) => ({
        ...team,
        ...(mode.value === undefined ? {} : { teamingMode: mode.value }),
        ...(algorithm.value === undefined ? {} : { lbAlgorithm: algorithm.value }),
        ...(timer.value === undefined ? {} : { lacpTimer: timer.value }),
      })),
    machine.scenario,
  );
  return { scenario, errors };
}

function teamNicsOf(team: ScenarioLbfoTeam): NonNullable<ScenarioLbfoTeam['teamNics']> {
  return team.teamNics ?? [{ name: team.name }];
}

function vlanOf({ parameters, command }: Situation): number | CmdletError {
  const text = parameters.text('VlanID') ?? '';
  return /^\d+$/.test(text) && Number(text) < 4095
    ? Number(text)
    : cannotConvert(command, 'VlanID', text, 'System.UInt32');
}

/** A change of VLAN gives the team NIC the name that goes with it. */
function setTeamNic(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetLbfoTeamNic', ['Name', 'Team']);
  // Undefined: it passes whatever no other team NIC asks for. 0: what has no tag.
  const vlan = parameters.flag('Default') ? undefined : vlanOf(situation);
  if (typeof vlan === 'object') return refused(vlan);
  let scenario = withShownNames(machine);
  const renamed: [string, string][] = [];
  for (const row of rows) {
    const name = textOf(row, 'Name');
    const teamName = textOf(row, 'Team');
    const team = scenario.lbfoTeams?.find((entry) => entry.name === teamName);
    if (team === undefined) continue;
    if (teamNicsOf(team).some((nic) => nic.name !== name && nic.vlanId === vlan)) {
      return refused(
        lbfoError(`Team ${teamName} has an interface for VLAN ${vlan ?? 'default'} already.`, command),
      );
    }
    const to = vlan === undefined ? teamName : `${teamName} - VLAN ${vlan}`;
    scenario = withTeam(withName(scenario, name, to), teamName, (entry) => ({
      ...entry,
      teamNics: teamNicsOf(entry).map((nic) =>
        nic.name === to ? { name: to, ...(vlan === undefined ? {} : { vlanId: vlan }) } : nic,
      ),
    }));
    if (to !== name) renamed.push([name, to]);
  }
  return { scenario, renamed, errors };
}

function addTeamNic(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const team = teamNamed(situation);
  if ('message' in team) return refused(team);
  const vlan = vlanOf(situation);
  if (typeof vlan !== 'number') return refused(vlan);
  const nics = teamNicsOf(team.scenario);
  const name = parameters.text('Name') ?? `${team.scenario.name} - VLAN ${vlan}`;
  if (nics.some((nic) => nic.vlanId === vlan) || machine.network.interfaceNamed(name) !== undefined) {
    return refused(lbfoError(`Team ${team.scenario.name} has such an interface already.`, command));
  }
  return {
    scenario: withTeam(machine.scenario, team.scenario.name, (entry) => ({
      ...entry,
      teamNics: [...nics, { name, vlanId: vlan }],
    })),
    output: rowsAfter('MSFT_NetLbfoTeamNic', (text) => text('Name') === name),
  };
}

function removeTeamNic(situation: Situation): Outcome {
  const { machine, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetLbfoTeamNic', ['Team', 'VlanID']);
  const problems = [...errors];
  let { scenario } = machine;
  for (const row of rows) {
    const name = textOf(row, 'Name');
    const adapter = machine.network.interfaceNamed(name);
    if (adapter === undefined) continue;
    if (row.raw['Primary'] === true || adapter.vswitch !== undefined) {
      problems.push(lbfoError(`The interface ${name} of the team cannot be removed.`, command));
      continue;
    }
    scenario = withTeam(withoutStack(machine, scenario, adapter), textOf(row, 'Team'), (team) => ({
      ...team,
      teamNics: teamNicsOf(team).filter((nic) => nic.name !== name),
    }));
  }
  return { scenario, errors: problems };
}

const administrativeModes = ['Active', 'Standby'] as const;

function memberOf(name: string, mode: 'Active' | 'Standby') {
  return mode === 'Active' ? name : { name, mode };
}

function addMember(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const team = teamNamed(situation);
  if ('message' in team) return refused(team);
  const mode = wordOf(situation, 'AdministrativeMode', administrativeModes);
  if (mode.error !== undefined) return refused(mode.error);
  let { scenario } = machine;
  for (const name of parameters.texts('Name') ?? []) {
    const adapter = machine.network.interfaceNamed(name);
    if (adapter === undefined) return refused(nothingFound('MSFT_NetAdapter', 'Name', name, command));
    if (adapter.kind !== 'physical' || adapter.team !== undefined || adapter.vswitch !== undefined) {
      return refused(lbfoError(`The adapter ${name} cannot be a member of a team.`, command));
    }
    // A member has no stack of its own.
    scenario = withTeam(withoutStack(machine, scenario, adapter), team.scenario.name, (entry) => ({
      ...entry,
      members: [...entry.members, memberOf(adapter.name, mode.value ?? 'Active')],
    }));
  }
  return {
    scenario,
    output: rowsAfter('MSFT_NetLbfoTeamMember', (text) =>
      (parameters.texts('Name') ?? []).some((name) => name.toLowerCase() === text('Name').toLowerCase()),
    ),
  };
}

function nameOf(member: ScenarioLbfoTeam['members'][number]): string {
  return typeof member === 'string' ? member : member.name;
}

function removeMember(situation: Situation): Outcome {
  const { machine, command } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetLbfoTeamMember', ['Name', 'Team']);
  const problems = [...errors];
  let { scenario } = machine;
  for (const row of rows) {
    const teamName = textOf(row, 'Team');
    const name = textOf(row, 'Name');
    const team = scenario.lbfoTeams?.find((entry) => entry.name === teamName);
    if (team !== undefined && team.members.length === 1) {
      problems.push(lbfoError(`The last member of team ${teamName} cannot be removed.`, command));
      continue;
    }
    scenario = withTeam(scenario, teamName, (entry) => ({
      ...entry,
      members: entry.members.filter((member) => nameOf(member).toLowerCase() !== name.toLowerCase()),
    }));
  }
  return { scenario, errors: problems };
}

function setMember(situation: Situation): Outcome {
  const { machine } = situation;
  const { rows, errors } = select(situation, 'MSFT_NetLbfoTeamMember', ['Name', 'Team']);
  const mode = wordOf(situation, 'AdministrativeMode', administrativeModes);
  if (mode.error !== undefined) return refused(mode.error);
  const { value } = mode;
  if (value === undefined) return { errors };
  const scenario = rows.reduce(
    (before, row) =>
      withTeam(before, textOf(row, 'Team'), (team) => ({
        ...team,
        members: team.members.map((member) =>
          nameOf(member).toLowerCase() === textOf(row, 'Name').toLowerCase()
            ? memberOf(nameOf(member), value)
            : member,
        ),
      })),
    machine.scenario,
  );
  return { scenario, errors };
}

const general = `${ofCim} ${should}`;

export const teamChanges: Readonly<Record<string, ChangingCommand>> = {
  'Set-NetLbfoTeam': netLbfo(
    `${general} InputObject LacpTimer@2016 LoadBalancingAlgorithm Name PassThru TeamingMode`,
    setTeam,
  ),
  'Set-NetLbfoTeamNic': netLbfo(`${general} Default InputObject Name PassThru Team VlanID`, setTeamNic),
  'Add-NetLbfoTeamNic': netLbfo(`${general} Name Team VlanID`, addTeamNic),
  'Remove-NetLbfoTeamNic': netLbfo(`${general} InputObject PassThru Team VlanID`, removeTeamNic, {
    asks: true,
  }),
  'Add-NetLbfoTeamMember': netLbfo(`${general} AdministrativeMode Name Team`, addMember, { asks: true }),
  'Remove-NetLbfoTeamMember': netLbfo(`${general} InputObject Name PassThru Team`, removeMember, {
    asks: true,
  }),
  'Set-NetLbfoTeamMember': netLbfo(`${general} AdministrativeMode InputObject Name PassThru Team`, setMember),
};
