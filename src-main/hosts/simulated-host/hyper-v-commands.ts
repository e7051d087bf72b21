/** The Hyper-V cmdlets: there with the module, and answering with the role. */
import type { ObservationName } from '#shared/capture.ts';
import { output, refuse, type Command } from './command.ts';
import { hyperVAccessDenied, hyperVNamespaceMissing, parameterMissing } from './errors.ts';
import {
  hardDiskObjects,
  hostVNicObject,
  isolationObject,
  migrationNetworkObjects,
  teamMappingObject,
  vlanObject,
  vmHostObject,
  vmNicObject,
  vmObjects,
  vswitchObject,
  vswitchTeamObject,
} from './hyper-v-objects.ts';
import type { Machine } from './machine.ts';
import type { SimVmNic, SimVNic } from './network-layout.ts';
import type { Parameters } from './parameters.ts';
import { anyOf } from './wildcard.ts';

function hyperV(
  observation: ObservationName | undefined,
  answer: Command['answer'],
  since?: NonNullable<Command['since']>,
): Command {
  return {
    module: 'Hyper-V',
    feature: 'Hyper-V-PowerShell',
    ...(observation === undefined ? {} : { observation }),
    ...(since === undefined ? {} : { since }),
    answer: (machine, parameters, classes, name) => {
      if (!machine.hasFeature('Hyper-V')) return refuse(hyperVNamespaceMissing(machine, name));
      if (!machine.isElevated) return refuse(hyperVAccessDenied(machine, name));
      return answer(machine, parameters, classes, name);
    },
  };
}

function named<T extends { readonly name: string }>(list: readonly T[], wanted: string[] | undefined): T[] {
  if (wanted === undefined) return [...list];
  return list.filter((entry) => anyOf(wanted)(entry.name));
}

function hostVNics(machine: Machine, parameters: Parameters): SimVNic[] {
  const names = parameters.texts('Name') ?? parameters.texts('VMNetworkAdapterName');
  const vswitch = parameters.texts('SwitchName');
  return named(machine.network.vnics, names).filter(
    (vnic) => vswitch === undefined || anyOf(vswitch)(vnic.vswitch.name),
  );
}

function vmNics(machine: Machine, parameters: Parameters): SimVmNic[] {
  const names = parameters.texts('Name') ?? parameters.texts('VMNetworkAdapterName');
  const machines = parameters.texts('VMName') ?? parameters.propertyOf('VM', 'Name');
  return named(machine.network.vmNics, names).filter(
    (nic) => machines === undefined || anyOf(machines)(nic.vmName),
  );
}

/** Adapters of the management OS, of the machines named, or of both where neither is asked for. */
function chosenNics(machine: Machine, parameters: Parameters): (SimVNic | SimVmNic)[] {
  const ids = parameters.propertyOf('VMNetworkAdapter', 'Id');
  const isVm = parameters.has('VMName') || parameters.has('VM');
  const all = [
    ...(isVm ? [] : hostVNics(machine, parameters)),
    ...(parameters.flag('ManagementOS') ? [] : vmNics(machine, parameters)),
  ];
  return ids === undefined ? all : all.filter((nic) => ids.includes(nic.id));
}

export const hyperVCommands: Readonly<Record<string, Command>> = {
  'Get-VMHost': hyperV('VMHost', (machine) => output(vmHostObject(machine))),
  'Get-VM': hyperV(undefined, (machine, parameters) =>
    output(...named(vmObjects(machine), parameters.texts('Name')).map((vm) => vm.value)),
  ),
  'Get-VMSwitch': hyperV('VMSwitch', (machine, parameters) => {
    const types = parameters.texts('SwitchType');
    return output(
      ...named(machine.network.vswitches, parameters.texts('Name'))
        .filter((vswitch) => types === undefined || anyOf(types)(vswitch.type))
        .map((vswitch) => vswitchObject(machine, vswitch)),
    );
  }),
  'Get-VMSwitchTeam': hyperV(
    'VMSwitchTeam',
    (machine, parameters) =>
      output(
        ...named(machine.network.vswitches, parameters.texts('Name'))
          .filter((vswitch) => vswitch.isEmbeddedTeam)
          .map((vswitch) => vswitchTeamObject(machine, vswitch)),
      ),
    '2016',
  ),
  'Get-VMNetworkAdapter': hyperV('VMNetworkAdapter', (machine, parameters, _, name) => {
    const isAll = parameters.flag('All');
    const isHost = parameters.flag('ManagementOS');
    if (!isAll && !isHost && !parameters.has('VMName') && !parameters.has('VM')) {
      return refuse(parameterMissing(name, 'VMName'));
    }
    return output(
      ...(isAll || isHost ? hostVNics(machine, parameters).map((vnic) => hostVNicObject(machine, vnic)) : []),
      ...(isHost ? [] : vmNics(machine, parameters).map((nic) => vmNicObject(machine, nic))),
    );
  }),
  'Get-VMNetworkAdapterVlan': hyperV('VMNetworkAdapterVlan', (machine, parameters) =>
    output(...chosenNics(machine, parameters).map((nic) => vlanObject(machine, nic))),
  ),
  'Get-VMNetworkAdapterIsolation': hyperV(
    'VMNetworkAdapterIsolation',
    (machine, parameters) =>
      output(...chosenNics(machine, parameters).map((nic) => isolationObject(machine, nic))),
    '2012R2',
  ),
  'Get-VMNetworkAdapterTeamMapping': hyperV(
    'VMNetworkAdapterTeamMapping',
    (machine, parameters, _, name) => {
      const isNamed = ['ManagementOS', 'VMName', 'VM', 'VMNetworkAdapter'].some((parameter) =>
        parameters.has(parameter),
      );
      if (!isNamed) return refuse(parameterMissing(name, 'VMName'));
      // A vNIC without a mapping gives no row.
      return output(
        ...chosenNics(machine, parameters).flatMap((nic) => {
          const mapping = 'interface' in nic ? teamMappingObject(machine, nic) : undefined;
          return mapping === undefined ? [] : [mapping];
        }),
      );
    },
    '2016',
  ),
  'Get-VMHardDiskDrive': hyperV('VMHardDiskDrive', (machine, parameters, _, name) => {
    const machines = parameters.texts('VMName') ?? parameters.propertyOf('VM', 'Name');
    if (machines === undefined) return refuse(parameterMissing(name, 'VMName'));
    const fits = anyOf(machines);
    return output(
      ...hardDiskObjects(machine)
        .filter((drive) => fits(drive.vmName))
        .map((drive) => drive.value),
    );
  }),
  'Get-VMMigrationNetwork': hyperV('VMMigrationNetwork', (machine) =>
    output(...migrationNetworkObjects(machine)),
  ),
};
