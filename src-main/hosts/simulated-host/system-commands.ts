/** Services, features, the registry and the event log. */
import { datetime, enumOf, guid, object, type Properties } from './cim.ts';
import { output, refuse, type Command } from './command.ts';
import type { CmdletError, CmdletObject } from './cmdlet-value.ts';
import type { Machine } from './machine.ts';
import { mpioTimers } from './mpio-commands.ts';
import { releaseFacts } from './release.ts';
import { servicesOf } from './system-classes.ts';
import { anyOf, hasWildcard } from './wildcard.ts';

const serviceStatusNumbers = { Stopped: 1, Running: 4 } as const;
const startTypeNumbers = { Automatic: 2, Manual: 3, Disabled: 4 } as const;

const getService: Command = {
  module: 'Microsoft.PowerShell.Management',
  observation: 'Service',
  answer: (machine, parameters) => {
    const wanted = parameters.texts('Name') ?? ['*'];
    const fits = anyOf(wanted);
    const services = servicesOf(machine);
    const errors = wanted
      .filter((name) => !hasWildcard(name))
      .filter((name) => !services.some((service) => service.name.toLowerCase() === name.toLowerCase()))
      .map((name): CmdletError => ({
        message: `Cannot find any service with service name '${name}'.`,
        id: 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand',
        category: 'ObjectNotFound',
        terminating: false,
        exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
        target: name,
      }));
    return {
      output: services
        .filter((service) => fits(service.name))
        .map((service) =>
          object(
            'System.ServiceProcess.ServiceController',
            {
              Name: service.name,
              ServiceName: service.name,
              DisplayName: service.displayName,
              Status: enumOf(
                'System.ServiceProcess.ServiceControllerStatus',
                service.status,
                serviceStatusNumbers[service.status],
              ),
              // Came with .NET 4.6.1.
              ...(machine.since('2016')
                ? {
                    StartType: enumOf(
                      'System.ServiceProcess.ServiceStartMode',
                      service.startType,
                      startTypeNumbers[service.startType],
                    ),
                  }
                : {}),
              CanStop: service.status === 'Running',
            },
            'System.ServiceProcess.ServiceController',
          ),
        ),
      errors,
    };
  },
};

const installStates = { Available: 0, Installed: 1, UninstallPending: 3, InstallPending: 4 } as const;

export const serverFeatures: readonly (readonly [name: string, display: string, depth: number])[] = [
  ['Hyper-V', 'Hyper-V', 1],
  ['Hyper-V-PowerShell', 'Hyper-V Module for Windows PowerShell', 4],
  ['Failover-Clustering', 'Failover Clustering', 1],
  ['RSAT-Clustering-PowerShell', 'Failover Cluster Module for Windows PowerShell', 4],
  ['Multipath-IO', '', 1],
  ['Data-Center-Bridging', 'Data Center Bridging', 1],
  ['FS-FileServer', 'File Server', 3],
  ['FS-iSCSITarget-Server', 'iSCSI Target Server', 3],
  ['FS-SMBBW', 'SMB Bandwidth Limit', 1],
  ['NetworkATC', 'Network ATC', 1],
];

const getWindowsFeature: Command = {
  module: 'ServerManager',
  isServerOnly: true,
  isProtected: true,
  observation: 'WindowsFeature',
  answer: (machine, parameters) => {
    const fits = anyOf(parameters.texts('Name') ?? ['*']);
    // A name that this Windows does not have gives nothing, and no error.
    const known = serverFeatures.filter(([name]) => name !== 'NetworkATC' || machine.since('2022'));
    return output(
      ...known
        .filter(([name]) => fits(name))
        .map(([name, display, depth]) => {
          const isInstalled = machine.hasFeature(name);
          const { install = [], remove = [] } = machine.scenario.pending ?? {};
          const state = install.includes(name)
            ? 'InstallPending'
            : remove.includes(name)
              ? 'UninstallPending'
              : isInstalled
                ? 'Installed'
                : 'Available';
          return object(
            'Microsoft.Windows.ServerManager.Commands.Feature',
            {
              Name: name,
              DisplayName: name === 'Multipath-IO' ? machine.captions.multipath : display,
              Installed: isInstalled,
              InstallState: enumOf(
                'Microsoft.Windows.ServerManager.Commands.InstallState',
                state,
                installStates[state],
              ),
              FeatureType: depth === 1 && name === 'Hyper-V' ? 'Role' : 'Feature',
              Depth: depth,
              SubFeatures: [],
            },
            name,
          );
        }),
    );
  },
};

/** The optional features of clients that scenarios can name, under the names that servers use. */
const optionalFeatures: readonly (readonly [optional: string, server: string])[] = [
  ['Microsoft-Hyper-V', 'Hyper-V'],
  ['Microsoft-Hyper-V-Management-PowerShell', 'Hyper-V-PowerShell'],
  ['DataCenterBridging', 'Data-Center-Bridging'],
  ['MultiPathIO', 'Multipath-IO'],
];

const getWindowsOptionalFeature: Command = {
  module: 'Dism',
  isProtected: true,
  answer: (machine, parameters) => {
    const wanted = parameters.texts('FeatureName') ?? ['*'];
    const fits = anyOf(wanted);
    const known = optionalFeatures.filter(([name]) => !machine.isClient || name !== 'MultiPathIO');
    const unknown = wanted.filter(
      (name) =>
        !hasWildcard(name) && !known.some(([optional]) => optional.toLowerCase() === name.toLowerCase()),
    );
    if (unknown.length > 0 && machine.isClient) {
      return refuse(
        ...unknown.map((name): CmdletError => ({
          message: `Feature name ${name} is unknown.`,
          id: 'Microsoft.Dism.Commands.GetWindowsOptionalFeatureCommand',
          category: 'NotSpecified',
          terminating: false,
          exception: 'System.Runtime.InteropServices.COMException',
          hresult: 0x800f080c | 0,
        })),
      );
    }
    return output(
      ...known
        .filter(([name]) => fits(name))
        .map(([name, server]) =>
          object('Microsoft.Dism.Commands.AdvancedFeatureObject', {
            FeatureName: name,
            State: enumOf(
              'Microsoft.Dism.Commands.FeatureState',
              machine.hasFeature(server) ? 'Enabled' : 'Disabled',
              machine.hasFeature(server) ? 2 : 0,
            ),
            RestartNeeded: false,
          }),
        ),
    );
  },
};

const iscsiClass = 'SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e97b-e325-11ce-bfc1-08002be10318}\\0003';

/** The keys that scripts read, below HKLM. */
function registryOf(machine: Machine): ReadonlyMap<string, Properties> {
  const facts = releaseFacts[machine.release];
  const timers = mpioTimers(machine);
  const number = (name: string) => Number(timers[name]);
  const isOn = (name: string) => (timers[name] === 'Enabled' ? 1 : 0);
  const keys: [string, Properties][] = [
    ['SYSTEM\\CurrentControlSet\\Services\\Disk', { TimeOutValue: number('DiskTimeoutValue'), Start: 0 }],
    [
      iscsiClass,
      {
        DriverDesc: 'Microsoft iSCSI Initiator',
        ProviderName: 'Microsoft',
        MatchingDeviceId: 'root\\iscsiprt',
      },
    ],
    [
      `${iscsiClass}\\Parameters`,
      {
        MaxRequestHoldTime: 60,
        LinkDownTime: 15,
        TCPConnectTime: 15,
        TCPDisconnectTime: 15,
        PDUHoldTime: 15,
        MaxTransferLength: 262144,
        MaxPendingRequests: 255,
        EnableNOPOut: 0,
      },
    ],
    [
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
      {
        CurrentBuild: String(facts.build),
        InstallationType: machine.isClient ? 'Client' : 'Server',
        ProductName: machine.isClient
          ? 'Windows 10 Enterprise'
          : `Windows Server ${machine.release} Datacenter`,
      },
    ],
  ];
  if (machine.hasFeature('Multipath-IO') && !machine.isClient) {
    keys.push(
      [
        'SYSTEM\\CurrentControlSet\\Services\\mpio\\Parameters',
        {
          PathVerifyEnabled: isOn('PathVerificationState'),
          PathVerificationPeriod: number('PathVerificationPeriod'),
          PDORemovePeriod: number('PDORemovePeriod'),
          RetryCount: number('RetryCount'),
          RetryInterval: number('RetryInterval'),
          UseCustomPathRecoveryInterval: isOn('UseCustomPathRecoveryTime'),
          PathRecoveryInterval: number('CustomPathRecoveryTime'),
        },
      ],
      [
        'SYSTEM\\CurrentControlSet\\Services\\msdsm\\Parameters',
        { DsmSupportedDeviceList: ['Vendor 8Product       16'] },
      ],
      [
        'SYSTEM\\CurrentControlSet\\Control\\MPDEV',
        { MPIOSupportedDeviceList: ['Vendor 8Product       16'] },
      ],
    );
  }
  const { install = [], remove = [] } = machine.scenario.pending ?? {};
  if (install.length + remove.length > 0) {
    keys.push(['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending', {}]);
  }
  return new Map(keys);
}

const providerPrefix =
  /^(?:Microsoft\.PowerShell\.Core\\)?(?:Registry::)?(?:HKLM:\\?|HKEY_LOCAL_MACHINE\\?)/i;
const registryRoot = 'Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE';

function below(path: string): string {
  return path.replace(providerPrefix, '').replaceAll('/', '\\').replace(/\\+$/, '');
}

function keyObject(type: string, path: string, values: Properties): CmdletObject {
  const cut = path.lastIndexOf('\\');
  return object(type, {
    ...values,
    PSPath: `${registryRoot}\\${path}`,
    PSParentPath: `${registryRoot}\\${path.slice(0, cut)}`,
    PSChildName: path.slice(cut + 1),
    PSDrive: 'HKLM',
    PSProvider: 'Microsoft.PowerShell.Core\\Registry',
  });
}

function pathsAsked(parameters: { texts: (name: string) => string[] | undefined }): string[] {
  return [...(parameters.texts('Path') ?? []), ...(parameters.texts('LiteralPath') ?? [])].map(below);
}

function pathNotFound(path: string, command: string): CmdletError {
  return {
    message: `Cannot find path 'HKLM:\\${path}' because it does not exist.`,
    id: `PathNotFound,Microsoft.PowerShell.Commands.${command}`,
    category: 'ObjectNotFound',
    terminating: false,
    exception: 'System.Management.Automation.ItemNotFoundException',
    target: `HKLM:\\${path}`,
  };
}

const management = 'Microsoft.PowerShell.Management';

const getItemProperty: Command = {
  module: management,
  observation: 'StorageTimers',
  answer: (machine, parameters) => {
    const registry = registryOf(machine);
    const names = parameters.texts('Name');
    const errors: CmdletError[] = [];
    const found: CmdletObject[] = [];
    for (const path of pathsAsked(parameters)) {
      const fits = anyOf([path]);
      const matches = [...registry].filter(([key]) => fits(key) && sameDepth(key, path));
      if (matches.length === 0 && !hasWildcard(path))
        errors.push(pathNotFound(path, 'GetItemPropertyCommand'));
      for (const [key, values] of matches) {
        const chosen =
          names === undefined
            ? values
            : Object.fromEntries(Object.entries(values).filter(([name]) => anyOf(names)(name)));
        if (names !== undefined && Object.keys(chosen).length === 0) {
          errors.push({
            message: `Property ${names.join(', ')} does not exist at path HKEY_LOCAL_MACHINE\\${key}.`,
            id: 'System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
            category: 'InvalidArgument',
            terminating: false,
            exception: 'System.Management.Automation.PSArgumentException',
          });
          continue;
        }
        found.push(keyObject('System.Management.Automation.PSCustomObject', key, chosen));
      }
    }
    return { output: found, errors };
  },
};

/** A wildcard stands for one part of a path and does not reach into the keys below. */
function sameDepth(key: string, path: string): boolean {
  return key.split('\\').length === path.split('\\').length;
}

/** Every key that has a listed key at or below it. */
function keysOf(registry: ReadonlyMap<string, Properties>): Set<string> {
  const keys = new Set<string>();
  for (const path of registry.keys()) {
    const parts = path.split('\\');
    for (let length = 1; length <= parts.length; length += 1) keys.add(parts.slice(0, length).join('\\'));
  }
  return keys;
}

const getChildItem: Command = {
  module: management,
  observation: 'StorageTimers',
  answer: (machine, parameters) => {
    const registry = registryOf(machine);
    const keys = [...keysOf(registry)];
    const errors: CmdletError[] = [];
    const found: CmdletObject[] = [];
    for (const path of pathsAsked(parameters)) {
      if (!hasWildcard(path) && !keys.some((key) => key.toLowerCase() === path.toLowerCase())) {
        errors.push(pathNotFound(path, 'GetChildItemCommand'));
        continue;
      }
      // Without a wildcard the keys right below; with one, those that it names.
      const fits = anyOf([hasWildcard(path) ? path : `${path}\\*`]);
      const depth = path.split('\\').length + (hasWildcard(path) ? 0 : 1);
      for (const key of keys) {
        if (!fits(key) || key.split('\\').length !== depth) continue;
        found.push(
          keyObject('Microsoft.Win32.RegistryKey', key, {
            Name: `HKEY_LOCAL_MACHINE\\${key}`,
            Property: Object.keys(registry.get(key) ?? {}),
          }),
        );
      }
    }
    return { output: found, errors };
  },
};

const testPath: Command = {
  module: management,
  answer: (machine, parameters) => {
    const keys = [...keysOf(registryOf(machine))];
    return output(...pathsAsked(parameters).map((path) => keys.some(anyOf([path]))));
  },
};

function eventsOf({ scenario, network }: Machine): readonly CmdletObject[] {
  return [...(scenario.events ?? [])]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map((event) => {
      const about = network.interfaces.find(({ name }) => name === event.interface);
      return object('System.Diagnostics.Eventing.Reader.EventLogRecord', {
        ProviderName: event.source,
        Id: event.id,
        Level: event.level,
        TimeCreated: datetime(event.at),
        Properties:
          about === undefined
            ? []
            : [object('System.Diagnostics.Eventing.Reader.EventProperty', { Value: guid(about.guid) })],
      });
    });
}

/** Newest first. That there are none Get-WinEvent says with an error. */
const getWinEvent: Command = {
  module: 'Microsoft.PowerShell.Diagnostics',
  observation: 'EventSummary',
  answer: (machine) => {
    const events = eventsOf(machine);
    if (events.length > 0) return output(...events);
    return refuse({
      message: 'No events were found that match the specified selection criteria.',
      id: 'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand',
      category: 'ObjectNotFound',
      terminating: false,
      exception: 'System.Exception',
    });
  },
};

export const systemCommands: Readonly<Record<string, Command>> = {
  'Get-Service': getService,
  'Get-WindowsFeature': getWindowsFeature,
  'Get-WindowsOptionalFeature': getWindowsOptionalFeature,
  'Get-ItemProperty': getItemProperty,
  'Get-ChildItem': getChildItem,
  'Test-Path': testPath,
  'Get-WinEvent': getWinEvent,
  'Get-NetIntent': {
    module: 'NetworkATC',
    // Azure Local of the 2022 generation has it, Windows Server itself since 2025.
    since: '2022',
    feature: 'NetworkATC',
    observation: 'NetIntent',
    answer: () => output(),
  },
};
