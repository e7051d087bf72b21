/** Every command of the simulated host: the module that has it, since when, and what it answers. */
import { anyClassNamed, cimClasses, classByName } from './classes.ts';
import { asCimObject, plain, type CimClass, type CimRow } from './cim.ts';
import type { CmdletError } from './cmdlet-value.ts';
import { clusterCommands } from './cluster-commands.ts';
import { cimCommand, output, refuse, type CimCommandOptions, type Command } from './command.ts';
import { classMissing, namespaceMissing, parameterUnknown } from './errors.ts';
import { hyperVCommands } from './hyper-v-commands.ts';
import type { Machine } from './machine.ts';
import { mpioCommands } from './mpio-commands.ts';
import { netConnectionCommands } from './net-connection.ts';
import type { Parameters } from './parameters.ts';
import { connectionRow } from './storage-classes.ts';
import { taskCommands } from './effects/tasks.ts';
import { systemCommands } from './system-commands.ts';
import { filterOf, readQuery } from './wql.ts';

function over(module: string, name: string, more: Omit<CimCommandOptions, 'module' | 'cls'> = {}): Command {
  return cimCommand({ module, cls: anyClassNamed(name), ...more });
}

function bySessionObject(
  rows: readonly CimRow[],
  parameters: Parameters,
  machine: Machine,
): readonly CimRow[] {
  const ids = parameters.propertyOf('IscsiSession', 'SessionIdentifier');
  if (ids === undefined) return rows;
  const wanted = new Set(ids);
  return machine.storage.sessions
    .filter((session) => wanted.has(session.id))
    .flatMap((session) => session.connections.map(connectionRow));
}

function numbersBehindSessions(parameters: Parameters, machine: Machine): Set<string> | undefined {
  const ids = parameters.propertyOf('iSCSISession', 'SessionIdentifier');
  if (ids === undefined) return undefined;
  const wanted = new Set(ids);
  return new Set(
    machine.storage.sessions
      .filter((session) => wanted.has(session.id))
      .flatMap((session) => session.disks.map(String)),
  );
}

function propertyText(row: CimRow, name: string): string {
  return String(plain(row.raw[name]));
}

const smbInstances = ['Default', 'CSV', 'SBL', 'SR'];

/** Without `-SmbInstance` only the default instance answers; Server 2012 knows no others. */
function ofSmbInstance(rows: readonly CimRow[], parameters: Parameters, machine: Machine): readonly CimRow[] {
  if (!machine.since('2012R2')) return rows;
  const wanted = parameters.text('SmbInstance') ?? 'Default';
  const number = smbInstances.findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
  return rows.filter((row) => propertyText(row, 'SmbInstance') === String(number));
}

/** The parameter is newer than Server 2012. */
function withSmbInstance(command: Command): Command {
  return {
    ...command,
    answer: (machine, parameters, classes, name) =>
      parameters.has('SmbInstance') && !machine.since('2012R2')
        ? refuse(parameterUnknown(name, 'SmbInstance'))
        : command.answer(machine, parameters, classes, name),
  };
}

const adapterNouns = [
  'Binding',
  'Rss',
  'Rdma',
  'Vmq',
  'VmqQueue',
  'VPort',
  'Sriov',
  'Qos',
  'HardwareInfo',
  'AdvancedProperty',
  'Statistics',
  'PowerManagement',
];

const namespaces = new Set(cimClasses.map((cls) => cls.namespace.toLowerCase()));

/** The class that a call of Get-CimInstance names, or the error for a namespace or class that is not there. */
export function classOf(machine: Machine, parameters: Parameters): CimClass | CmdletError {
  const query = parameters.text('Query');
  const className = query === undefined ? (parameters.text('ClassName') ?? '') : readQuery(query).className;
  const namespace = (parameters.text('Namespace') ?? 'root/cimv2').replaceAll('\\', '/').toLowerCase();
  if (!namespaces.has(namespace)) return namespaceMissing(namespace);
  const cls = classByName.get(className.toLowerCase());
  return cls?.namespace.toLowerCase() === namespace ? cls : classMissing(machine, className);
}

const getCimInstance: Command = {
  module: 'CimCmdlets',
  answer: (machine, parameters, classes) => {
    const cls = classOf(machine, parameters);
    if ('message' in cls) return refuse(cls);
    const query = parameters.text('Query');
    const asked = query === undefined ? undefined : readQuery(query);
    const filter = asked?.filter ?? parameters.text('Filter');
    const rows = classes.rows(cls);
    const holds = filter === undefined ? undefined : filterOf(filter);
    const kept = holds === undefined ? rows : rows.filter((row) => holds(row.raw));
    const only = asked?.properties ?? parameters.texts('Property');
    return output(...kept.map((row) => asCimObject(cls.namespace, cls.name, row, only)));
  },
};

const lbfo = { isServerOnly: true } as const;
const dcb = { feature: 'Data-Center-Bridging' } as const;
const smbInstance = { special: ['SmbInstance'], select: ofSmbInstance } as const;

/** By the name as Windows spells it. */
export const commands: Readonly<Record<string, Command>> = {
  'Get-CimInstance': getCimInstance,
  'Get-NetAdapter': over('NetAdapter', 'MSFT_NetAdapter'),
  ...Object.fromEntries(
    adapterNouns.map((noun) => [
      `Get-NetAdapter${noun}`,
      over('NetAdapter', `MSFT_NetAdapter${noun}SettingData`),
    ]),
  ),
  'Get-NetLbfoTeam': over('NetLbfo', 'MSFT_NetLbfoTeam', lbfo),
  'Get-NetLbfoTeamMember': over('NetLbfo', 'MSFT_NetLbfoTeamMember', lbfo),
  'Get-NetLbfoTeamNic': over('NetLbfo', 'MSFT_NetLbfoTeamNic', lbfo),
  'Get-NetIPAddress': over('NetTCPIP', 'MSFT_NetIPAddress'),
  'Get-NetIPInterface': over('NetTCPIP', 'MSFT_NetIPInterface'),
  'Get-NetRoute': over('NetTCPIP', 'MSFT_NetRoute', { special: ['PolicyStore'] }),
  'Get-NetTCPConnection': over('NetTCPIP', 'MSFT_NetTCPConnection'),
  'Get-DnsClient': over('DnsClient', 'MSFT_DNSClient'),
  'Get-DnsClientServerAddress': over('DnsClient', 'MSFT_DNSClientServerAddress'),
  'Get-NetQosPolicy': over('NetQos', 'MSFT_NetQosPolicySettingData', { special: ['PolicyStore'] }),
  'Get-NetQosTrafficClass': over('DcbQos', 'MSFT_NetQosTrafficClassSettingData', dcb),
  'Get-NetQosFlowControl': over('DcbQos', 'MSFT_NetQosFlowControlSettingData', dcb),
  'Get-NetQosDcbxSetting': over('DcbQos', 'MSFT_NetQosDcbxSettingData', dcb),
  'Get-IscsiSession': over('iSCSI', 'MSFT_iSCSISession', {
    special: ['Disk', 'IscsiTarget', 'IscsiConnection', 'InitiatorPort', 'IscsiTargetPortal'],
    select: (rows, parameters, machine) => {
      const numbers = parameters.propertyOf('Disk', 'Number');
      if (numbers === undefined) return rows;
      const wanted = new Set(numbers);
      const ids = new Set(
        machine.storage.sessions
          .filter((session) => session.disks.some((disk) => wanted.has(String(disk))))
          .map((session) => session.id),
      );
      return rows.filter((row) => ids.has(propertyText(row, 'SessionIdentifier')));
    },
  }),
  'Get-IscsiConnection': over('iSCSI', 'MSFT_iSCSIConnection', {
    special: ['IscsiSession', 'IscsiTarget', 'InitiatorPort', 'iSCSITargetPortal', 'Disk'],
    select: bySessionObject,
  }),
  'Get-IscsiTarget': over('iSCSI', 'MSFT_iSCSITarget', {
    special: ['IscsiSession', 'IscsiConnection', 'IscsiTargetPortal', 'InitiatorPort'],
    select: (rows, parameters) => {
      const names = parameters.propertyOf('IscsiSession', 'TargetNodeAddress');
      return names === undefined
        ? rows
        : rows.filter((row) => names.includes(propertyText(row, 'NodeAddress')));
    },
  }),
  'Get-IscsiTargetPortal': over('iSCSI', 'MSFT_iSCSITargetPortal', {
    special: ['iSCSISession', 'iSCSIConnection', 'iSCSITarget'],
  }),
  'Get-InitiatorPort': over('Storage', 'MSFT_InitiatorPort'),
  'Get-Disk': over('Storage', 'MSFT_Disk', {
    special: [
      'iSCSISession',
      'iSCSIConnection',
      'Partition',
      'VirtualDisk',
      'StorageSubSystem',
      'StorageNode',
    ],
    select: (rows, parameters, machine) => {
      const numbers = numbersBehindSessions(parameters, machine);
      return numbers === undefined ? rows : rows.filter((row) => numbers.has(propertyText(row, 'Number')));
    },
  }),
  'Get-PhysicalDisk': over('Storage', 'MSFT_PhysicalDisk'),
  'Get-SmbConnection': withSmbInstance(over('SmbShare', 'MSFT_SmbConnection', smbInstance)),
  'Get-SmbMultichannelConnection': withSmbInstance(
    over('SmbShare', 'MSFT_SmbMultichannelConnection', {
      special: ['SmbInstance', 'IncludeNotSelected'],
      select: (rows, parameters, machine) =>
        ofSmbInstance(rows, parameters, machine).filter(
          (row) => parameters.flag('IncludeNotSelected') || row.raw['Selected'] === true,
        ),
    }),
  ),
  'Get-SmbMultichannelConstraint': over('SmbShare', 'MSFT_SmbMultichannelConstraint'),
  'Get-SmbClientNetworkInterface': over('SmbShare', 'MSFT_SmbClientNetworkInterface'),
  'Get-SmbClientConfiguration': over('SmbShare', 'MSFT_SmbClientConfiguration'),
  'Get-SmbServerNetworkInterface': over('SmbShare', 'MSFT_SmbServerNetworkInterface'),
  'Get-SmbServerConfiguration': over('SmbShare', 'MSFT_SmbServerConfiguration'),
  'Get-SmbBandwidthLimit': over('SmbShare', 'MSFT_SmbBandwidthLimit', { since: '2012R2' }),
  ...hyperVCommands,
  ...mpioCommands,
  ...netConnectionCommands,
  ...clusterCommands,
  ...systemCommands,
  'Get-ScheduledTask': over('ScheduledTasks', 'MSFT_ScheduledTask'),
  ...taskCommands,
};

/** The commands that change a host, by the name as Windows spells it. */
export { changes } from './effects/index.ts';
