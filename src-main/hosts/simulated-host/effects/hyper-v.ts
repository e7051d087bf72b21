/** The changing cmdlets of the Hyper-V module: virtual switches and the adapters of the management system on them. */
import type { CmdletError } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { hyperVAccessDenied, hyperVNamespaceMissing, parameterMissing } from '../errors.ts';
import { hostVNicObject, vswitchObject } from '../hyper-v-objects.ts';
import type { Machine } from '../machine.ts';
import type { SimInterface, SimVNic, SimVSwitch } from '../network-layout.ts';
import type { Scenario, ScenarioVNic, ScenarioVSwitch } from '../scenario.ts';
import { anyOf, hasWildcard } from '../wildcard.ts';
import { cannotConvert, changing, refused, should, wordOf } from './changing.ts';
import { withoutStack, withShownNames } from './interfaces.ts';

const module = changing({ module: 'Hyper-V', feature: 'Hyper-V-PowerShell', isProtected: false });

function hyperV(
  takes: string,
  change: ChangingCommand['change'],
  more: Partial<Omit<ChangingCommand, 'takes' | 'change'>> = {},
  asked = should,
): ChangingCommand {
  return module(
    `CimSession@2016 ComputerName Credential@2016 ${asked} ${takes}`,
    (situation) => {
      const { machine, command } = situation;
      if (!machine.hasFeature('Hyper-V')) return refused(hyperVNamespaceMissing(machine, command));
      if (!machine.isElevated) return refused(hyperVAccessDenied(machine, command));
      return change(situation);
    },
    more,
  );
}

function hyperVError(message: string, command: string, id = 'InvalidParameter'): CmdletError {
  return {
    message,
    id: `${id},Microsoft.HyperV.PowerShell.Commands.${command.replace('-', '')}`,
    category: 'InvalidArgument',
    terminating: false,
    exception: 'Microsoft.HyperV.PowerShell.VirtualizationException',
  };
}

/** The switches that a parameter names, with wildcards; all where it is not bound. */
function switchesMeant({ machine, parameters, command }: Situation, parameter: string) {
  const wanted = parameters.texts(parameter) ?? parameters.propertyOf('VMSwitch', 'Name');
  const found = machine.network.vswitches.filter(
    (vswitch) => wanted === undefined || anyOf(wanted)(vswitch.name),
  );
  const errors = (wanted ?? [])
    .filter((name) => !hasWildcard(name) && !found.some((vswitch) => anyOf([name])(vswitch.name)))
    .map((name) => hyperVError(`Hyper-V was unable to find a virtual switch with name "${name}".`, command));
  return { found, errors };
}

/** Adapters of the management system by `parameter` and switch; without a name, every one of them. */
function vnicsMeant(situation: Situation, parameter: string) {
  const { machine, parameters, command } = situation;
  const names = parameters.texts(parameter);
  const objects = parameters.propertyOf('VMNetworkAdapter', 'Id');
  // The switch is named as it is: no pattern.
  const switches = parameters.texts('SwitchName')?.map((text) => text.toLowerCase());
  const found = machine.network.vnics.filter(
    (vnic) =>
      (names === undefined || anyOf(names)(vnic.name)) &&
      (objects === undefined || objects.includes(vnic.id)) &&
      (switches === undefined || switches.includes(vnic.vswitch.name.toLowerCase())),
  );
  const errors = (names ?? [])
    .filter((name) => !hasWildcard(name) && !found.some((vnic) => anyOf([name])(vnic.name)))
    .map((name) =>
      hyperVError(
        `Hyper-V was unable to find a virtual network adapter with name "${name}".`,
        command,
        'ObjectNotFound',
      ),
    );
  return { found, errors };
}

/** These work on the adapters of the management system alone; those of virtual machines stay as they are. */
function isForHost({ parameters, command }: Situation): CmdletError | undefined {
  if (parameters.flag('ManagementOS') || parameters.has('VMNetworkAdapter')) return undefined;
  if (!parameters.has('VMName') && !parameters.has('VM')) return parameterMissing(command, 'VMName');
  return hyperVError('The adapters of virtual machines cannot be changed on this host.', command);
}

function withVNics(
  scenario: Scenario,
  found: readonly SimVNic[],
  change: (vnic: ScenarioVNic) => ScenarioVNic,
): Scenario {
  const meant = new Set(found.map((vnic) => vnic.scenario));
  return {
    ...scenario,
    vnics: (scenario.vnics ?? []).map((vnic) => (meant.has(vnic) ? change(vnic) : vnic)),
  };
}

function withSwitch(
  scenario: Scenario,
  name: string,
  change: (vswitch: ScenarioVSwitch) => ScenarioVSwitch,
): Scenario {
  return {
    ...scenario,
    vswitches: (scenario.vswitches ?? []).map((vswitch) =>
      vswitch.name === name ? change(vswitch) : vswitch,
    ),
  };
}

/** The adapters named, without wildcards, by name or description. */
function uplinksNamed({ machine, parameters, command }: Situation): readonly SimInterface[] | CmdletError {
  const names = parameters.texts('NetAdapterName');
  const wanted = names ?? parameters.texts('NetAdapterInterfaceDescription') ?? [];
  const found: SimInterface[] = [];
  for (const text of wanted) {
    const adapter = machine.network.interfaces.find(
      (entry) => (names === undefined ? entry.description : entry.name).toLowerCase() === text.toLowerCase(),
    );
    if (adapter === undefined) {
      return hyperVError(`Hyper-V was unable to find a network adapter with name "${text}".`, command);
    }
    found.push(adapter);
  }
  return found;
}

function cannotBind(adapter: SimInterface, vswitch: SimVSwitch | undefined): boolean {
  return (
    adapter.team !== undefined ||
    (adapter.vswitch !== undefined && adapter.vswitch !== vswitch?.name) ||
    adapter.kind === 'vnic' ||
    adapter.kind === 'system'
  );
}

/** Names of adapters given here are all the members that the team has afterwards. */
function setSwitchTeam(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const { found, errors } = switchesMeant(situation, 'Name');
  const algorithm = wordOf(situation, 'LoadBalancingAlgorithm', ['HyperVPort', 'Dynamic'] as const);
  if (algorithm.error !== undefined) return refused(algorithm.error);
  const members = uplinksNamed(situation);
  if ('message' in members) return refused(members);
  const replaces = parameters.has('NetAdapterName') || parameters.has('NetAdapterInterfaceDescription');
  const problems = [...errors];
  let { scenario } = machine;
  for (const vswitch of found) {
    if (!vswitch.isEmbeddedTeam || members.some((member) => cannotBind(member, vswitch))) {
      problems.push(hyperVError(`The switch "${vswitch.name}" cannot be changed so.`, command));
      continue;
    }
    scenario = withMembers(machine, scenario, vswitch, replaces ? members : vswitch.uplinks, algorithm.value);
  }
  return { scenario, errors: problems };
}

function withMembers(
  machine: Machine,
  scenario: Scenario,
  vswitch: SimVSwitch,
  members: readonly SimInterface[],
  algorithm?: 'HyperVPort' | 'Dynamic',
): Scenario {
  const joining = members.filter((member) => member.vswitch === undefined);
  const bare = joining.reduce((before, member) => withoutStack(machine, before, member), scenario);
  return withSwitch(bare, vswitch.name, (entry) => {
    const { uplink } = entry;
    const former = uplink !== undefined && 'set' in uplink ? uplink : { set: [] };
    return {
      ...entry,
      uplink: {
        ...former,
        set: members.map((member) => member.name),
        ...(algorithm === undefined ? {} : { lbAlgorithm: algorithm }),
      },
    };
  });
}

function changeMembers(situation: Situation, isAdding: boolean): Outcome {
  const { machine, command } = situation;
  const { found, errors } = switchesMeant(situation, 'VMSwitchName');
  const named = uplinksNamed(situation);
  if ('message' in named) return refused(named);
  const problems = [...errors];
  let { scenario } = machine;
  for (const vswitch of found) {
    const left = vswitch.uplinks.filter((member) => !named.includes(member));
    const members = isAdding ? [...left, ...named] : left;
    if (!vswitch.isEmbeddedTeam || members.length === 0 || members.some((one) => cannotBind(one, vswitch))) {
      problems.push(hyperVError(`The members of switch "${vswitch.name}" cannot be changed so.`, command));
      continue;
    }
    scenario = withMembers(machine, scenario, vswitch, members);
  }
  return { scenario, errors: problems };
}

function setMapping(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const { found, errors } = vnicsMeant(situation, 'VMNetworkAdapterName');
  const name = parameters.text('PhysicalNetAdapterName') ?? '';
  const isUnfit = found.some(
    ({ vswitch }) =>
      !vswitch.isEmbeddedTeam ||
      !vswitch.members.some((member) => member.name.toLowerCase() === name.toLowerCase()),
  );
  if (isUnfit) {
    return refused(
      ...errors,
      hyperVError(`The adapter "${name}" is not a member of the switch's embedded team.`, command),
    );
  }
  return {
    scenario: withVNics(machine.scenario, found, (vnic) => ({ ...vnic, mappedTo: name })),
    errors,
  };
}

function removeMapping(situation: Situation): Outcome {
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const { found, errors } = vnicsMeant(situation, 'Name');
  return {
    scenario: withVNics(situation.machine.scenario, found, ({ mappedTo: _, ...vnic }) => vnic),
    errors,
  };
}

function freeName(machine: Machine, name: string): string {
  let text = `vEthernet (${name})`;
  for (let count = 2; machine.network.interfaceNamed(text) !== undefined; count += 1) {
    text = `vEthernet (${name}) ${count}`;
  }
  return text;
}

function addVNic(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const wanted = parameters.text('SwitchName');
  const found = machine.network.vswitches.filter(
    (entry) => wanted === undefined || entry.name.toLowerCase() === wanted.toLowerCase(),
  );
  const [vswitch] = found;
  if (vswitch === undefined || (found.length > 1 && wanted === undefined)) {
    return refused(
      hyperVError(`Hyper-V was unable to find a virtual switch with name "${wanted ?? ''}".`, command),
    );
  }
  if (vswitch.type === 'Private') {
    return refused(hyperVError('A private switch has no adapter of the management system.', command));
  }
  const name = parameters.text('Name') ?? vswitch.name;
  const adapterName = freeName(machine, name);
  const added: ScenarioVNic = { name, adapterName, vswitch: vswitch.name };
  return {
    scenario: { ...machine.scenario, vnics: [...(machine.scenario.vnics ?? []), added] },
    output: (after) =>
      parameters.flag('Passthru')
        ? after.network.vnics
            .filter((vnic) => vnic.interface.name === adapterName)
            .map((vnic) => hostVNicObject(after, vnic))
        : [],
  };
}

/** The scenario without these adapters of the management system and what stands on them. */
function withoutVNics(machine: Machine, scenario: Scenario, gone: readonly SimVNic[]): Scenario {
  const names = new Set(gone.map((vnic) => vnic.scenario));
  const bare = gone.reduce((before, vnic) => withoutStack(machine, before, vnic.interface), scenario);
  return { ...bare, vnics: (bare.vnics ?? []).filter((vnic) => !names.has(vnic)) };
}

function removeVNic(situation: Situation): Outcome {
  const { machine, parameters } = situation;
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const { found, errors } = vnicsMeant(situation, parameters.has('Name') ? 'Name' : 'VMNetworkAdapterName');
  return { scenario: withoutVNics(machine, machine.scenario, found), errors };
}

function setVlan(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const { found, errors } = vnicsMeant(situation, 'VMNetworkAdapterName');
  if (parameters.flag('Untagged')) {
    return { scenario: withVNics(machine.scenario, found, ({ vlanId: _, ...vnic }) => vnic), errors };
  }
  const text = parameters.text('VlanId') ?? '';
  const vlanId = Number(text);
  if (!parameters.flag('Access')) return refused(parameterMissing(command, 'Access'));
  if (!/^\d+$/.test(text) || vlanId < 1 || vlanId > 4094) {
    return refused(cannotConvert(command, 'VlanId', text, 'System.Int32'));
  }
  return { scenario: withVNics(machine.scenario, found, (vnic) => ({ ...vnic, vlanId })), errors };
}

function setIsolation(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const stop = isForHost(situation);
  if (stop !== undefined) return refused(stop);
  const { found, errors } = vnicsMeant(situation, 'VMNetworkAdapterName');
  const mode = wordOf(situation, 'IsolationMode', [
    'None',
    'NativeVirtualSubnet',
    'ExternalVirtualSubnet',
    'Vlan',
  ]);
  if (mode.error !== undefined) return refused(mode.error);
  const id = Number(parameters.text('DefaultIsolationID') ?? '0');
  if (mode.value === 'None' || id === 0) {
    return {
      scenario: withVNics(machine.scenario, found, ({ isolationVlanId: _, ...vnic }) => vnic),
      errors,
    };
  }
  if (mode.value !== 'Vlan') {
    return refused(hyperVError('This host knows isolation by VLAN alone.', command));
  }
  return {
    scenario: withVNics(machine.scenario, found, (vnic) => ({ ...vnic, isolationVlanId: id })),
    errors,
  };
}

/** What Windows does with the addresses of the adapter: a new adapter of the management system takes them over. */
function newSwitch(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const name = parameters.text('Name') ?? '';
  const type = wordOf(situation, 'SwitchType', ['Internal', 'Private'] as const);
  if (type.error !== undefined) return refused(type.error);
  const mode = wordOf(situation, 'MinimumBandwidthMode', ['Default', 'Weight', 'Absolute', 'None'] as const);
  if (mode.error !== undefined) return refused(mode.error);
  const uplinks = uplinksNamed(situation);
  if ('message' in uplinks) return refused(uplinks);
  const [first] = uplinks;
  const isTeam = parameters.has('EnableEmbeddedTeaming')
    ? parameters.flag('EnableEmbeddedTeaming')
    : uplinks.length > 1;
  const onTeamNic = uplinks.some((uplink) => uplink.kind === 'team-nic');
  if (machine.network.vswitches.some((vswitch) => vswitch.name.toLowerCase() === name.toLowerCase())) {
    return refused(hyperVError(`A switch with the name "${name}" exists already.`, command));
  }
  if (
    uplinks.some((uplink) => cannotBind(uplink, undefined)) ||
    (uplinks.length > 1 && !isTeam) ||
    (onTeamNic && (isTeam || machine.since('2022')))
  ) {
    return refused(
      hyperVError(
        onTeamNic && machine.since('2022')
          ? `Failed while adding virtual Ethernet switch connections. The switch "${name}" cannot stand on a team of NetLbfo on this Windows.`
          : `Failed while adding virtual Ethernet switch connections to the switch "${name}".`,
        command,
      ),
    );
  }
  const scenario = withShownNames(machine);
  const vswitch: ScenarioVSwitch = {
    name,
    type: first === undefined ? (type.value ?? 'Internal') : 'External',
    ...(first === undefined
      ? {}
      : {
          uplink: isTeam
            ? { set: uplinks.map((uplink) => uplink.name) }
            : onTeamNic
              ? { team: first.name }
              : { adapter: first.name },
        }),
    ...(mode.value === undefined || mode.value === 'Default' ? {} : { minimumBandwidthMode: mode.value }),
  };
  const hasVNic =
    vswitch.type !== 'Private' &&
    (parameters.has('AllowManagementOS') ? parameters.flag('AllowManagementOS') : true);
  const adapterName = freeName(machine, name);
  const kept = hasVNic && first !== undefined ? moved(machine, scenario, first, adapterName) : scenario;
  const bare = uplinks.reduce((before, uplink) => withoutStackNamed(before, uplink.name), kept);
  return {
    scenario: {
      ...bare,
      vswitches: [...(bare.vswitches ?? []), vswitch],
      vnics: [...(bare.vnics ?? []), ...(hasVNic ? [{ name, adapterName, vswitch: name }] : [])],
    },
    output: (after) =>
      after.network.vswitches
        .filter((entry) => entry.name === name)
        .map((entry) => vswitchObject(after, entry)),
  };
}

/** Addresses and routes of an adapter on another one. */
function moved(machine: Machine, scenario: Scenario, from: SimInterface, to: string): Scenario {
  const renamed = <T extends { readonly interface: string }>(entry: T): T =>
    machine.network.interfaceNamed(entry.interface) === from ? { ...entry, interface: to } : entry;
  return {
    ...scenario,
    addresses: (scenario.addresses ?? []).map(renamed),
    routes: (scenario.routes ?? []).map(renamed),
  };
}

function withoutStackNamed(scenario: Scenario, name: string): Scenario {
  const isOther = (entry: { readonly interface: string }) =>
    entry.interface.toLowerCase() !== name.toLowerCase();
  return {
    ...scenario,
    addresses: (scenario.addresses ?? []).filter(isOther),
    routes: (scenario.routes ?? []).filter(isOther),
    settings: (scenario.settings ?? []).filter(isOther),
  };
}

function removeSwitch(situation: Situation): Outcome {
  const { machine, command } = situation;
  const { found, errors } = switchesMeant(situation, 'Name');
  const problems = [...errors];
  let { scenario } = machine;
  for (const vswitch of found) {
    if (machine.network.vmNics.some((nic) => nic.vswitch === vswitch)) {
      problems.push(
        hyperVError(`The switch "${vswitch.name}" is in use by a virtual machine.`, command, 'ObjectInUse'),
      );
      continue;
    }
    const bare = withoutVNics(
      machine,
      scenario,
      machine.network.vnics.filter((vnic) => vnic.vswitch === vswitch),
    );
    scenario = { ...bare, vswitches: (bare.vswitches ?? []).filter((entry) => entry.name !== vswitch.name) };
  }
  return { scenario, errors: problems };
}

const ofVm = 'ManagementOS Passthru VM VMName VMNetworkAdapter';

export const hyperVChanges: Readonly<Record<string, ChangingCommand>> = {
  'Set-VMSwitchTeam': hyperV(
    'LoadBalancingAlgorithm Name NetAdapterInterfaceDescription NetAdapterName Passthru TeamingMode VMSwitch',
    setSwitchTeam,
    { since: '2016' },
  ),
  'Add-VMSwitchTeamMember': hyperV(
    'NetAdapterInterfaceDescription NetAdapterName Passthru VMSwitch VMSwitchName',
    (situation) => changeMembers(situation, true),
    { since: '2016' },
  ),
  'Remove-VMSwitchTeamMember': hyperV(
    'NetAdapterInterfaceDescription NetAdapterName Passthru VMSwitch VMSwitchName',
    (situation) => changeMembers(situation, false),
    { since: '2016' },
  ),
  'Set-VMNetworkAdapterTeamMapping': hyperV(
    `${ofVm} PhysicalNetAdapterName SwitchName VMNetworkAdapterName`,
    setMapping,
    { since: '2016' },
  ),
  'Remove-VMNetworkAdapterTeamMapping': hyperV(`${ofVm} Name SwitchName`, removeMapping, { since: '2016' }),
  'Add-VMNetworkAdapter': hyperV(
    'DynamicMacAddress IsLegacy ManagementOS Name Passthru ResourcePoolName StaticMacAddress SwitchName VM VMName',
    addVNic,
  ),
  'Remove-VMNetworkAdapter': hyperV(`${ofVm} Name SwitchName`, removeVNic),
  'Set-VMNetworkAdapterVlan': hyperV(`${ofVm} Access Untagged VlanId VMNetworkAdapterName`, setVlan),
  'Set-VmNetworkAdapterIsolation': hyperV(
    `${ofVm} AllowUntaggedTraffic DefaultIsolationID IsolationMode MultiTenantStack VMNetworkAdapterName`,
    setIsolation,
    { since: '2012R2' },
  ),
  'New-VMSwitch': hyperV(
    'AllowManagementOS EnableEmbeddedTeaming@2016 MinimumBandwidthMode Name NetAdapterInterfaceDescription NetAdapterName Notes SwitchType',
    newSwitch,
  ),
  'Remove-VMSwitch': hyperV(
    'Force Name ResourcePoolName VMSwitch',
    removeSwitch,
    { asks: true },
    'Confirm@2012R2 WhatIf@2012R2',
  ),
};
