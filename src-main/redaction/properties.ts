/**
 * What each property of an observation says of the host: the one table that redaction goes by. A property that is not
 * here and holds text is replaced whole, so that one which a later probe brings cannot leak.
 */
import type { ObservationName } from '#shared/capture.ts';

/**
 * `keep`: words of Windows or of a product. `name`: chosen by people. `host`: a computer or domain, label by label.
 * `share`: of a file server. `account`: DOMAIN\name. `address`, `mac`, `iqn`: as they are. `port`: an iSCSI name or the
 * World Wide Name of a port. `serial`: of a device. `path`: of a file. `device`: a Plug and Play id, which ends in
 * what tells one device from another. `instance`: an id and a name, `{...}::NIC1`. `text`: written for people, with the other kinds inside.
 */
export type PropertyKind =
  | 'keep'
  | 'name'
  | 'host'
  | 'share'
  | 'account'
  | 'address'
  | 'mac'
  | 'iqn'
  | 'port'
  | 'serial'
  | 'path'
  | 'device'
  | 'instance'
  | 'text';

type Kinds = Readonly<Record<string, PropertyKind>>;

const kinds = (kind: PropertyKind, ...properties: readonly string[]): Kinds =>
  Object.fromEntries(properties.map((property) => [property.toLowerCase(), kind]));

/** The same everywhere. */
const everywhere: Kinds = {
  ...kinds(
    'keep',
    'Category',
    'IPProtocol',
    'IPProtocolMatchCondition',
    'NetworkProfile',
    'Template',
    'TemplateMatchCondition',
    'AddressFamily',
    'AddressState',
    'AdministrativeMode',
    'Algorithm',
    'AllowTeaming',
    'Arguments',
    'AuthenticationType',
    'AutomaticMetric',
    'BandwidthReservationMode',
    'BlockRedirectedIOReason',
    'BuildNumber',
    'BusType',
    'Caption',
    'ClientInterfaceGuid',
    'ComponentID',
    'ConnectionIdentifier',
    'ConnectionState',
    'ConnectionType',
    'ControllerType',
    'Dhcp',
    'Dialect',
    'DisableOnFailover',
    'DriverDate',
    'DriverFileName',
    'DriverProvider',
    'DriverDescription',
    'DriverVersion',
    'DriverVersionString',
    'DsmName',
    'FailureReason',
    'FaultState',
    'FileSystem',
    'FileSystemRedirectedIOReason',
    'Forwarding',
    'HealthStatus',
    'Id',
    'InitiatorInstance',
    'InitiatorSideIdentifier',
    'InstallState',
    'InterfaceDescription',
    'InterfaceGuid',
    'IeeePriorityTag',
    'IsolationMode',
    'LacpTimer',
    'LastBootUpTime',
    'LbPolicy',
    'LinkSpeed',
    'LoadBalancePolicy',
    'LoadBalancingAlgorithm',
    'MandatoryFeatureId',
    'Manufacturer',
    'MediaConnectionState',
    'MediaType',
    'Model',
    'MUILanguages',
    'NetAdapterDeviceId',
    'NetAdapterInterfaceDescription',
    'NetAdapterInterfaceDescriptions',
    'NetAdapterInterfaceGuid',
    'OfflineReason',
    'OperationalMode',
    'OperationalStatus',
    'OperationMode',
    'Owner',
    'PartitionStyle',
    'PathId',
    'PathVerificationState',
    'PhysicalMediaType',
    'PolicySet',
    'PolicyStore',
    'PortType',
    'PrefixOrigin',
    'ProductId',
    'Protocol',
    'ReceiveLinkSpeed',
    'RegistryKeyword',
    'RegistryValue',
    'Role',
    'ScsiAddress',
    'ScsiAddresses',
    'SessionIdentifier',
    'SmbInstance',
    'Speed',
    'StartType',
    'State',
    'StateInfo',
    'Status',
    'SuffixOrigin',
    'SwitchId',
    'SwitchType',
    'TargetSideIdentifier',
    'TeamingMode',
    'TransmitLinkSpeed',
    'Type',
    'UniqueSessionId',
    'UseCustomPathRecoveryTime',
    'Value',
    'VendorId',
    'Version',
    'VirtualMachineMigrationAuthenticationType',
    'VirtualMachineMigrationPerformanceOption',
    'VMId',
    'WeakHostReceive',
    'WeakHostSend',
    'AdapterId',
    'Adapter',
    'DisplayValue',
    'ifOperStatus',
    'AdminStatus',
    'ResourceState',
    'MaintenanceMode',
    'Key',
    'Source',
    'Last',
    'Level',
    'Transport',
    'NetworkDirectTechnology',
    'At',
  ),
  ...kinds(
    'name',
    'Name',
    'InterfaceAlias',
    'VMName',
    'VmFriendlyName',
    'SwitchName',
    'Team',
    'Members',
    'TeamNics',
    'NetAdapterName',
    'VMNetworkAdapterName',
    'ClientInterfaceFriendlyName',
    'Network',
    'ScopeName',
    'IntentName',
    'NetAdapterNamesAsList',
    'AddressName',
    'VolumeName',
    'FriendlyVolumeLabel',
  ),
  ...kinds('host', 'ComputerName', 'Domain', 'ConnectionSpecificSuffix', 'Node', 'OwnerNode', 'ServerName'),
  ...kinds('share', 'ShareName'),
  ...kinds('account', 'UserName', 'Credential'),
  ...kinds(
    'address',
    'Address',
    'AddressMask',
    'ClientIpAddress',
    'DestinationAddress',
    'DestinationPrefix',
    'InitiatorAddress',
    'InitiatorPortalAddress',
    'IPAddress',
    'IPAddresses',
    'IPv4Address',
    'IPv6Address',
    'Ipv4Addresses',
    'Ipv6Addresses',
    'LocalAddress',
    'NextHop',
    'RemoteAddress',
    'ServerIpAddress',
    'SourceAddress',
    'Subnet',
    'TargetAddress',
    'TargetPortalAddress',
  ),
  ...kinds('mac', 'MacAddress', 'PermanentAddress', 'FilterList'),
  ...kinds('iqn', 'TargetName', 'TargetNodeAddress', 'InitiatorNodeAddress'),
  ...kinds('port', 'NodeAddress', 'PortAddress'),
  ...kinds('serial', 'SerialNumber', 'UniqueId', 'Location'),
  ...kinds('path', 'Path', 'FriendlyVolumeName', 'DeviceName'),
  ...kinds('device', 'PnPDeviceID', 'InstanceName', 'InitiatorInstanceName'),
  ...kinds('instance', 'InstanceID'),
  ...kinds('text', 'Text', 'ParentAdapter', 'DisplayName', 'Message', 'Reason'),
};

/** Where the same property means something else. */
const inObservation: Readonly<Partial<Record<ObservationName, Kinds>>> = {
  ComputerSystem: kinds('host', 'Name'),
  VMHost: kinds('host', 'Name'),
  WindowsFeature: kinds('keep', 'Name', 'DisplayName'),
  Service: kinds('keep', 'Name', 'DisplayName'),
  NetAdapter: kinds('keep', 'DeviceID'),
  VMNetworkAdapter: kinds('keep', 'DeviceId'),
  NetAdapterBinding: kinds('keep', 'DisplayName'),
  NetAdapterAdvancedProperty: kinds('keep', 'DisplayName'),
  // Documented for this cmdlet by the names of nodes; what it holds are addresses.
  IscsiConnection: kinds('address', 'InitiatorNodeAddress', 'TargetNodeAddress'),
  Disk: kinds('keep', 'FriendlyName'),
  PhysicalDisk: kinds('keep', 'FriendlyName', 'DeviceId'),
  SmbClientNetworkInterface: kinds('name', 'FriendlyName'),
  SmbServerNetworkInterface: kinds('name', 'FriendlyName'),
  StorageTimers: kinds('keep', 'Name'),
  MPIOSetting: kinds('keep', 'Name'),
  NetQosFlowControl: kinds('keep', 'Name'),
  NetQosDcbxSetting: kinds('keep', 'Name'),
};

/** `path`: the property names from the item down, without list positions. Undefined: nobody has said what it holds. */
export function kindOfProperty(
  observation: ObservationName,
  path: readonly string[],
): PropertyKind | undefined {
  const property = path.at(-1)?.toLowerCase() ?? '';
  // An object instead of its text: `Node: { Name }`, `Network: { Name }`.
  const owner = path.at(-2)?.toLowerCase();
  if (property === 'name' && owner !== undefined) {
    const ofOwner = everywhere[owner];
    if (ofOwner === 'host' || ofOwner === 'name') return ofOwner;
    if (owner === 'partition') return 'keep';
  }
  return inObservation[observation]?.[property] ?? everywhere[property];
}
