/**
 * Every command that a change may run, and every command that it may ask, with the parameters it may give. What is not
 * here does not run; resources/powershell/changes/Invoke-Step.ps1 holds the same list.
 */

/**
 * `pattern`: the command reads wildcards in it, so they are escaped. `adapter`: an adapter by GUID, escaped as well;
 * `adapter-name`: the same where the command takes the name as it stands.
 */
export type ParameterType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'switch'
  | 'texts'
  | 'numbers'
  | 'secret'
  | 'pattern'
  | 'adapter'
  | 'adapter-name';

export interface AllowedCmdlet {
  readonly module: string;
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** Without these the command would act on more than is meant, or ask. */
  readonly required: readonly string[];
  /** Has -Confirm on every Windows that has the command; it is always given as `-Confirm:$false`. */
  readonly confirms: boolean;
  /** Has -Force and would ask without it. */
  readonly forces?: true;
  /** What a `pattern` must match exactly once before the command runs: a reading command and its parameter. */
  readonly only?: { readonly read: string; readonly parameter: string; readonly by: string };
}

const netAdapter = { module: 'NetAdapter', confirms: true } as const;
const iscsi = { module: 'iSCSI', confirms: false } as const;
const mpio = { module: 'MPIO', confirms: false } as const;
const hyperV = { module: 'Hyper-V', confirms: true } as const;
const chap = { AuthenticationType: 'text', ChapUsername: 'text', ChapSecret: 'secret' } as const;
const team = { read: 'Get-NetLbfoTeam', parameter: 'Name' } as const;

export const allowedCmdlets: Readonly<Record<string, AllowedCmdlet>> = {
  'Install-WindowsFeature': {
    module: 'ServerManager',
    parameters: { Name: 'text' },
    required: ['Name'],
    confirms: true,
  },
  'Set-Service': {
    module: 'Microsoft.PowerShell.Management',
    parameters: { Name: 'text', StartupType: 'text' },
    required: ['Name', 'StartupType'],
    confirms: true,
  },
  'Start-Service': {
    module: 'Microsoft.PowerShell.Management',
    parameters: { Name: 'text' },
    required: ['Name'],
    confirms: true,
  },
  'Enable-MSDSMAutomaticClaim': {
    ...mpio,
    parameters: { BusType: 'text' },
    required: ['BusType'],
  },
  'Disable-MSDSMAutomaticClaim': {
    ...mpio,
    parameters: { BusType: 'text' },
    required: ['BusType'],
  },
  'Set-MSDSMGlobalDefaultLoadBalancePolicy': {
    ...mpio,
    parameters: { Policy: 'text' },
    required: ['Policy'],
  },
  'Set-MPIOSetting': {
    ...mpio,
    parameters: {
      NewPathVerificationState: 'text',
      NewPathVerificationPeriod: 'number',
      NewPDORemovePeriod: 'number',
      NewRetryCount: 'number',
      NewRetryInterval: 'number',
      CustomPathRecovery: 'text',
      NewPathRecoveryInterval: 'number',
      NewDiskTimeout: 'number',
    },
    required: [],
  },
  'New-IscsiTargetPortal': {
    ...iscsi,
    parameters: {
      TargetPortalAddress: 'text',
      TargetPortalPortNumber: 'number',
      InitiatorPortalAddress: 'text',
      InitiatorInstanceName: 'text',
      ...chap,
    },
    required: ['TargetPortalAddress'],
  },
  'Remove-IscsiTargetPortal': {
    ...iscsi,
    parameters: {
      TargetPortalAddress: 'text',
      TargetPortalPortNumber: 'number',
      InitiatorPortalAddress: 'text',
      InitiatorInstanceName: 'text',
    },
    required: ['TargetPortalAddress', 'InitiatorPortalAddress'],
    confirms: true,
  },
  'Connect-IscsiTarget': {
    ...iscsi,
    parameters: {
      NodeAddress: 'text',
      TargetPortalAddress: 'text',
      TargetPortalPortNumber: 'number',
      InitiatorPortalAddress: 'text',
      InitiatorInstanceName: 'text',
      IsMultipathEnabled: 'boolean',
      IsPersistent: 'boolean',
      ...chap,
    },
    required: ['NodeAddress', 'TargetPortalAddress'],
  },
  'Disconnect-IscsiTarget': {
    ...iscsi,
    parameters: { NodeAddress: 'text', SessionIdentifier: 'text' },
    required: ['NodeAddress', 'SessionIdentifier'],
    confirms: true,
  },
  'Register-IscsiSession': {
    ...iscsi,
    parameters: {
      SessionIdentifier: 'text',
      IsMultipathEnabled: 'boolean',
      ChapUsername: 'text',
      ChapSecret: 'secret',
    },
    required: ['SessionIdentifier'],
  },
  'Unregister-IscsiSession': {
    ...iscsi,
    parameters: { SessionIdentifier: 'text' },
    required: ['SessionIdentifier'],
  },
  'Set-SmbClientConfiguration': {
    module: 'SmbShare',
    parameters: { EnableMultiChannel: 'boolean' },
    required: ['EnableMultiChannel'],
    confirms: true,
    forces: true,
  },
  'Update-SmbMultichannelConnection': {
    module: 'SmbShare',
    parameters: { ServerName: 'text' },
    required: [],
    confirms: false,
  },
  'New-SmbMultichannelConstraint': {
    module: 'SmbShare',
    parameters: { ServerName: 'text', InterfaceIndex: 'numbers' },
    required: ['ServerName', 'InterfaceIndex'],
    confirms: true,
    forces: true,
  },
  'Remove-SmbMultichannelConstraint': {
    module: 'SmbShare',
    parameters: { ServerName: 'pattern', InterfaceIndex: 'numbers' },
    required: ['ServerName', 'InterfaceIndex'],
    confirms: true,
    forces: true,
  },
  'Set-NetAdapter': {
    ...netAdapter,
    parameters: { Name: 'adapter', VlanID: 'number' },
    required: ['Name', 'VlanID'],
  },
  'Rename-NetAdapter': {
    ...netAdapter,
    parameters: { Name: 'adapter', NewName: 'text' },
    required: ['Name', 'NewName'],
  },
  'Enable-NetAdapterRss': { ...netAdapter, parameters: { Name: 'adapter' }, required: ['Name'] },
  'Disable-NetAdapterRss': { ...netAdapter, parameters: { Name: 'adapter' }, required: ['Name'] },
  'Enable-NetAdapterBinding': {
    ...netAdapter,
    parameters: { Name: 'adapter', ComponentID: 'text' },
    required: ['Name', 'ComponentID'],
  },
  'Disable-NetAdapterBinding': {
    ...netAdapter,
    parameters: { Name: 'adapter', ComponentID: 'text' },
    required: ['Name', 'ComponentID'],
  },
  'Set-NetAdapterAdvancedProperty': {
    ...netAdapter,
    parameters: { Name: 'adapter', RegistryKeyword: 'pattern', RegistryValue: 'text' },
    required: ['Name', 'RegistryKeyword', 'RegistryValue'],
  },
  'Disable-NetAdapterPowerManagement': {
    ...netAdapter,
    parameters: { Name: 'adapter' },
    required: ['Name'],
  },
  'Set-NetAdapterPowerManagement': {
    ...netAdapter,
    parameters: {
      Name: 'adapter',
      ArpOffload: 'text',
      D0PacketCoalescing: 'text',
      DeviceSleepOnDisconnect: 'text',
      NSOffload: 'text',
      RsnRekeyOffload: 'text',
      SelectiveSuspend: 'text',
      WakeOnMagicPacket: 'text',
      WakeOnPattern: 'text',
    },
    required: ['Name'],
  },
  'Set-NetLbfoTeam': {
    module: 'NetLbfo',
    parameters: { Name: 'pattern', LoadBalancingAlgorithm: 'text' },
    required: ['Name', 'LoadBalancingAlgorithm'],
    confirms: true,
    only: { ...team, by: 'Name' },
  },
  'Add-NetLbfoTeamNic': {
    module: 'NetLbfo',
    parameters: { Team: 'text', VlanID: 'number', Name: 'text' },
    required: ['Team', 'VlanID'],
    confirms: true,
  },
  'Set-NetLbfoTeamNic': {
    module: 'NetLbfo',
    parameters: { Name: 'adapter', VlanID: 'number', Default: 'switch' },
    required: ['Name'],
    confirms: true,
  },
  'Remove-NetLbfoTeamNic': {
    module: 'NetLbfo',
    parameters: { Team: 'pattern', VlanID: 'number' },
    required: ['Team', 'VlanID'],
    confirms: true,
    only: { ...team, by: 'Team' },
  },
  'Add-NetLbfoTeamMember': {
    module: 'NetLbfo',
    parameters: { Name: 'adapter-name', Team: 'text', AdministrativeMode: 'text' },
    required: ['Name', 'Team'],
    confirms: true,
  },
  'Remove-NetLbfoTeamMember': {
    module: 'NetLbfo',
    parameters: { Name: 'adapter', Team: 'pattern' },
    required: ['Name', 'Team'],
    confirms: true,
    only: { ...team, by: 'Team' },
  },
  'New-VMSwitch': {
    ...hyperV,
    parameters: {
      Name: 'text',
      NetAdapterName: 'adapter-name',
      AllowManagementOS: 'boolean',
      MinimumBandwidthMode: 'text',
    },
    required: ['Name', 'NetAdapterName', 'AllowManagementOS'],
  },
  'Remove-VMSwitch': {
    module: 'Hyper-V',
    parameters: { Name: 'pattern' },
    required: ['Name'],
    confirms: false,
    forces: true,
    only: { read: 'Get-VMSwitch', parameter: 'Name', by: 'Name' },
  },
  'Set-VMSwitchTeam': {
    ...hyperV,
    parameters: { Name: 'pattern', LoadBalancingAlgorithm: 'text' },
    required: ['Name', 'LoadBalancingAlgorithm'],
    only: { read: 'Get-VMSwitch', parameter: 'Name', by: 'Name' },
  },
  'Add-VMNetworkAdapter': {
    ...hyperV,
    parameters: { ManagementOS: 'switch', SwitchName: 'text', Name: 'text' },
    required: ['ManagementOS', 'SwitchName', 'Name'],
  },
  'Remove-VMNetworkAdapter': {
    ...hyperV,
    parameters: { ManagementOS: 'switch', SwitchName: 'text', Name: 'pattern' },
    required: ['ManagementOS', 'SwitchName', 'Name'],
  },
  'Set-VMNetworkAdapterVlan': {
    ...hyperV,
    parameters: {
      ManagementOS: 'switch',
      VMNetworkAdapterName: 'pattern',
      Access: 'switch',
      VlanId: 'number',
      Untagged: 'switch',
    },
    required: ['ManagementOS', 'VMNetworkAdapterName'],
  },
  'Set-VmNetworkAdapterIsolation': {
    ...hyperV,
    parameters: {
      ManagementOS: 'switch',
      VMNetworkAdapterName: 'pattern',
      IsolationMode: 'text',
      DefaultIsolationID: 'number',
    },
    required: ['ManagementOS', 'VMNetworkAdapterName', 'IsolationMode'],
  },
  'Set-VMNetworkAdapterTeamMapping': {
    ...hyperV,
    parameters: {
      ManagementOS: 'switch',
      SwitchName: 'text',
      VMNetworkAdapterName: 'pattern',
      PhysicalNetAdapterName: 'adapter-name',
    },
    required: ['ManagementOS', 'VMNetworkAdapterName', 'PhysicalNetAdapterName'],
  },
  'Remove-VMNetworkAdapterTeamMapping': {
    ...hyperV,
    parameters: { ManagementOS: 'switch', SwitchName: 'text', Name: 'pattern' },
    required: ['ManagementOS', 'Name'],
  },
  'New-NetIPAddress': {
    module: 'NetTCPIP',
    parameters: {
      InterfaceIndex: 'number',
      IPAddress: 'text',
      PrefixLength: 'number',
      DefaultGateway: 'text',
      SkipAsSource: 'boolean',
    },
    required: ['InterfaceIndex', 'IPAddress', 'PrefixLength'],
    confirms: true,
  },
  'Remove-NetIPAddress': {
    module: 'NetTCPIP',
    parameters: { InterfaceIndex: 'number', IPAddress: 'text' },
    required: ['InterfaceIndex', 'IPAddress'],
    confirms: true,
  },
  'Set-NetIPInterface': {
    module: 'NetTCPIP',
    parameters: { InterfaceIndex: 'number', AddressFamily: 'text', Dhcp: 'text', InterfaceMetric: 'number' },
    required: ['InterfaceIndex', 'AddressFamily'],
    confirms: true,
  },
  'New-NetRoute': {
    module: 'NetTCPIP',
    parameters: {
      InterfaceIndex: 'number',
      DestinationPrefix: 'text',
      NextHop: 'text',
      RouteMetric: 'number',
    },
    required: ['InterfaceIndex', 'DestinationPrefix', 'NextHop'],
    confirms: true,
  },
  'Remove-NetRoute': {
    module: 'NetTCPIP',
    parameters: { InterfaceIndex: 'number', DestinationPrefix: 'text', NextHop: 'text' },
    required: ['InterfaceIndex', 'DestinationPrefix', 'NextHop'],
    confirms: true,
  },
  'Set-DnsClient': {
    module: 'DnsClient',
    parameters: { InterfaceIndex: 'number', RegisterThisConnectionsAddress: 'boolean' },
    required: ['InterfaceIndex', 'RegisterThisConnectionsAddress'],
    confirms: true,
  },
  'Set-DnsClientServerAddress': {
    module: 'DnsClient',
    parameters: { InterfaceIndex: 'number', ServerAddresses: 'texts', ResetServerAddresses: 'switch' },
    required: ['InterfaceIndex'],
    confirms: true,
  },
};

export interface AllowedProgram {
  /** Arguments that would act on more than is meant, or restart the host. */
  readonly never: readonly string[];
}

export const allowedPrograms: Readonly<Record<string, AllowedProgram>> = {
  // -r restarts the host without asking.
  mpclaim: { never: ['-r'] },
  iscsicli: { never: [] },
  ping: { never: ['-t'] },
};

/** Commands that a question may be asked with, and the module of each. They change nothing. */
export const readingCmdlets: Readonly<Record<string, string>> = {
  'Get-CimInstance': 'CimCmdlets',
  'Get-Service': 'Microsoft.PowerShell.Management',
  'Get-WindowsFeature': 'ServerManager',
  'Get-NetAdapter': 'NetAdapter',
  'Get-NetAdapterBinding': 'NetAdapter',
  'Get-NetAdapterRss': 'NetAdapter',
  'Get-NetAdapterAdvancedProperty': 'NetAdapter',
  'Get-NetAdapterPowerManagement': 'NetAdapter',
  'Get-NetLbfoTeam': 'NetLbfo',
  'Get-NetLbfoTeamMember': 'NetLbfo',
  'Get-NetLbfoTeamNic': 'NetLbfo',
  'Get-VMSwitch': 'Hyper-V',
  'Get-VMSwitchTeam': 'Hyper-V',
  'Get-VMNetworkAdapter': 'Hyper-V',
  'Get-VMNetworkAdapterVlan': 'Hyper-V',
  'Get-VMNetworkAdapterTeamMapping': 'Hyper-V',
  'Get-NetIPAddress': 'NetTCPIP',
  'Get-NetIPInterface': 'NetTCPIP',
  'Get-NetRoute': 'NetTCPIP',
  'Get-NetTCPConnection': 'NetTCPIP',
  'Get-DnsClient': 'DnsClient',
  'Get-DnsClientServerAddress': 'DnsClient',
  'Get-IscsiSession': 'iSCSI',
  'Get-IscsiConnection': 'iSCSI',
  'Get-IscsiTarget': 'iSCSI',
  'Get-IscsiTargetPortal': 'iSCSI',
  'Get-Disk': 'Storage',
  'Get-MPIOSetting': 'MPIO',
  'Get-MSDSMAutomaticClaimSettings': 'MPIO',
  'Get-MSDSMGlobalDefaultLoadBalancePolicy': 'MPIO',
  'Get-MSDSMSupportedHW': 'MPIO',
  'Get-SmbClientConfiguration': 'SmbShare',
  'Get-SmbConnection': 'SmbShare',
  'Get-SmbMultichannelConnection': 'SmbShare',
  'Get-SmbMultichannelConstraint': 'SmbShare',
  'Get-ClusterGroup': 'FailoverClusters',
  'Get-ItemProperty': 'Microsoft.PowerShell.Management',
};
