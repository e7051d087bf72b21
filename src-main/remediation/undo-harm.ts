/** What each command of an undo takes from the ways to storage, so that a rollback is held to its harm before it begins. */
import type { ChangeCommand, CmdletCommand } from '#shared/change-command.ts';
import { isAdapter, isFound } from '#shared/command-values.ts';
import type { BlastRadius } from '#shared/fix-plan.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { Change } from '#shared/what-if.ts';
import type { HostChanges } from '../hosts/host.ts';
import { ipKey } from '../path-graph/ip.ts';
import { guidKey, nameKey } from '../path-graph/joins.ts';
import { addressesOnLinkTo, interfacesOf, type HostInterface } from '../path-graph/walks.ts';
import { blastRadiusOf, factsAfter } from './blast-radius.ts';
import type { FixFacts } from './define-fix.ts';

interface UndoHarm {
  readonly radius: BlastRadius;
  /** What is taken stays away; what starts anew comes back. */
  readonly isLasting: boolean;
}

interface Taken {
  readonly lasting?: readonly Entity[];
  readonly passing?: readonly Entity[];
}

interface Meant {
  readonly model: HostModel;
  /** The values of a parameter, looked up where they are found only when it runs. */
  readonly values: (parameter: string) => Promise<readonly string[]>;
  readonly interfaces: (parameter: string) => Promise<readonly HostInterface[]>;
}

type Effect = 'none' | ((meant: Meant) => Promise<Taken>);

const startsAnew: Effect = async ({ interfaces }) => ({ passing: await interfaces('Name') });

function vnicNamed(parameter: string, kind: keyof Taken): Effect {
  return async ({ model, values }) => {
    const names = new Set((await values(parameter)).map(nameKey));
    return { [kind]: model.vnics.filter(({ vnicName }) => names.has(nameKey(vnicName))) };
  };
}

function addressesOn(model: HostModel, holders: readonly HostInterface[]): readonly Entity[] {
  const ids = new Set(holders.map(({ id }) => id));
  return model.addresses.filter(({ interfaceId }) => interfaceId !== undefined && ids.has(interfaceId));
}

/** Every command that a change may run. */
export const undoEffects: Readonly<Record<string, Effect>> = {
  'Disconnect-IscsiTarget': async ({ model, values }) => {
    const ids = new Set((await values('SessionIdentifier')).map(nameKey));
    return { lasting: model.sessions.filter((one) => ids.has(nameKey(one.sessionIdentifier))) };
  },
  'Remove-NetIPAddress': async ({ model, values }) => {
    const addresses = new Set((await values('IPAddress')).map(ipKey));
    return { lasting: model.addresses.filter(({ ipAddress }) => addresses.has(ipKey(ipAddress))) };
  },
  // With DHCP on, what was set by hand goes.
  'Set-NetIPInterface': async ({ model, values, interfaces }) =>
    (await values('Dhcp')).includes('Enabled')
      ? { lasting: addressesOn(model, await interfaces('InterfaceIndex')) }
      : {},
  'Remove-VMNetworkAdapter': vnicNamed('Name', 'lasting'),
  'Set-VMNetworkAdapterVlan': vnicNamed('VMNetworkAdapterName', 'passing'),
  'Set-VmNetworkAdapterIsolation': vnicNamed('VMNetworkAdapterName', 'passing'),
  'Set-VMNetworkAdapterTeamMapping': vnicNamed('VMNetworkAdapterName', 'passing'),
  'Remove-VMNetworkAdapterTeamMapping': vnicNamed('Name', 'passing'),
  'Remove-VMSwitch': async ({ model, values }) => {
    const names = new Set((await values('Name')).map(nameKey));
    return { lasting: model.vswitches.filter(({ name }) => names.has(nameKey(name))) };
  },
  // The adapter under it becomes one of the switch.
  'New-VMSwitch': async ({ model, interfaces }) => ({
    lasting: addressesOn(model, await interfaces('NetAdapterName')),
  }),
  'Remove-NetLbfoTeamNic': async ({ model, values }) => {
    const [team = ''] = await values('Team');
    const [vlan = ''] = await values('VlanID');
    const found = model.teams.find(({ name }) => nameKey(name) === nameKey(team));
    return {
      lasting: model.teamNics.filter(
        ({ teamId, vlanId }) => teamId === found?.id && String(vlanId ?? '') === vlan,
      ),
    };
  },
  'Set-NetLbfoTeamNic': startsAnew,
  // A member has no addresses of its own.
  'Add-NetLbfoTeamMember': async ({ model, interfaces }) => ({
    lasting: addressesOn(model, await interfaces('Name')),
  }),
  'Remove-NetLbfoTeamMember': startsAnew,
  'Set-NetAdapter': startsAnew,
  'Enable-NetAdapterRss': startsAnew,
  'Disable-NetAdapterRss': startsAnew,
  'Enable-NetAdapterBinding': startsAnew,
  'Disable-NetAdapterBinding': startsAnew,
  'Set-NetAdapterAdvancedProperty': startsAnew,
  'Set-NetAdapterPowerManagement': startsAnew,
  'Disable-NetAdapterPowerManagement': startsAnew,
  // Flows move to other members; none is taken away.
  'Set-NetLbfoTeam': 'none',
  'Set-VMSwitchTeam': 'none',
  'Rename-NetAdapter': 'none',
  'Add-NetLbfoTeamNic': 'none',
  'Add-VMNetworkAdapter': 'none',
  'New-NetIPAddress': 'none',
  'New-NetRoute': 'none',
  // Storage is reached on link; what a route leads to is not drawn.
  'Remove-NetRoute': 'none',
  'Set-DnsClient': 'none',
  'Set-DnsClientServerAddress': 'none',
  'Connect-IscsiTarget': 'none',
  'Register-IscsiSession': 'none',
  'Unregister-IscsiSession': 'none',
  'New-IscsiTargetPortal': 'none',
  'Remove-IscsiTargetPortal': 'none',
  'Enable-MSDSMAutomaticClaim': 'none',
  'Disable-MSDSMAutomaticClaim': 'none',
  'Set-MSDSMGlobalDefaultLoadBalancePolicy': 'none',
  'Set-MPIOSetting': 'none',
  'Set-SmbClientConfiguration': 'none',
  'Update-SmbMultichannelConnection': 'none',
  'New-SmbMultichannelConstraint': 'none',
  'Remove-SmbMultichannelConstraint': 'none',
  'Install-WindowsFeature': 'none',
  'Set-Service': 'none',
  'Start-Service': 'none',
};

/**
 * What the undo takes, command by command: a session that it makes first keeps a disk in reach when the next one goes.
 * Commands of programs take nothing away: policies of disks and favourites.
 */
export async function undoHarm(
  undo: readonly ChangeCommand[],
  start: FixFacts,
  operator: readonly string[],
  changes: Pick<HostChanges, 'ask'>,
): Promise<readonly UndoHarm[]> {
  let facts = start;
  const harm: UndoHarm[] = [];
  for (const command of undo) {
    if ('program' in command) continue;
    facts = factsAfter(facts, madeBy(command, facts));
    const effect = undoEffects[command.cmdlet];
    if (effect === undefined || effect === 'none') continue;
    const { lasting = [], passing = [] } = await effect(meantBy(command, facts.model, changes));
    if (passing.length > 0) {
      const radius = blastRadiusOf(facts, { takesDown: passing.map(({ id }) => id) }, operator);
      harm.push({ radius, isLasting: false });
    }
    if (lasting.length > 0) {
      const leaves = lasting.map(({ id }): Change => ({ change: 'fail', id }));
      harm.push({ radius: blastRadiusOf(facts, { leaves }, operator), isLasting: true });
      facts = factsAfter(facts, leaves);
    }
  }
  return harm;
}

function meantBy({ parameters }: CmdletCommand, model: HostModel, changes: Pick<HostChanges, 'ask'>): Meant {
  const values = async (parameter: string): Promise<readonly string[]> => {
    const value = parameters[parameter];
    if (value === undefined) return [];
    if (typeof value !== 'object') return [String(value)];
    if (isAdapter(value)) return [value.name];
    if (!isFound(value)) return [];
    const answers = await changes.ask([{ ...value.found, take: [value.take] }]);
    const answer = answers.ok ? answers.value[0] : undefined;
    return answer !== undefined && 'rows' in answer ? answer.rows.map((row) => String(row[value.take])) : [];
  };
  return {
    model,
    values,
    interfaces: async (parameter) => {
      const value = parameters[parameter];
      if (typeof value === 'object' && isAdapter(value)) {
        return interfacesOf(model).filter((one) => guidKey(one.interfaceGuid) === value.adapter);
      }
      const wanted = new Set((await values(parameter)).map(nameKey));
      return interfacesOf(model).filter(
        (one) => wanted.has(nameKey(one.name)) || wanted.has(String(one.interfaceIndex)),
      );
    },
  };
}

/** The session that an undo logs in to; one that names no address leaves by the first that reaches the portal. */
function madeBy({ cmdlet, parameters }: CmdletCommand, { model }: FixFacts): readonly Change[] {
  if (cmdlet !== 'Connect-IscsiTarget') return [];
  const { NodeAddress: node, TargetPortalAddress: portalAddress, InitiatorPortalAddress: from } = parameters;
  if (typeof node !== 'string' || typeof portalAddress !== 'string') return [];
  const target = model.targets.find(({ nodeAddress }) => nameKey(nodeAddress) === nameKey(node));
  const initiatorAddress =
    typeof from === 'string' ? from : addressesOnLinkTo(model, portalAddress)[0]?.ipAddress;
  return target === undefined || initiatorAddress === undefined
    ? []
    : [{ change: 'add-session', initiatorAddress, portalAddress, targetId: target.id }];
}
