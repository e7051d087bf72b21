/** Get-NetAdapter: every network interface of the host. */
import type { NetAdapterRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import {
  bitsPerSecondOrNull,
  bool,
  dateOrNull,
  guid,
  listOf,
  macOrNull,
  text,
  textOrNull,
  wholeNumber,
  wholeNumberOrNull,
  word,
} from '../read-values.ts';

/** 0 is "unknown", which is neither. */
const mediaConnected = word({ 1: 'Connected', 2: 'Disconnected' }).transform(
  (state) => state === 'Connected',
);

export const probe = defineProbe({
  name: 'NetAdapter',
  record: recordOf<NetAdapterRecord>({
    name: key(['Name', 'InterfaceAlias'], text),
    interfaceGuid: key(['InterfaceGuid', 'DeviceID'], guid),
    interfaceDescription: key('InterfaceDescription', text),
    interfaceIndex: key(['InterfaceIndex', 'ifIndex'], wholeNumber),
    macAddress: maybe('MacAddress', macOrNull),
    status: maybe('Status', text),
    mediaConnected: maybe(['MediaConnectionState', 'MediaConnectState'], mediaConnected),
    speedBitsPerSecond: maybe(['Speed', 'LinkSpeed'], bitsPerSecondOrNull),
    mtuBytes: maybe('MtuSize', wholeNumberOrNull),
    vlanId: maybe('VlanID', wholeNumberOrNull),
    isVirtual: maybe('Virtual', bool),
    isHardwareInterface: maybe('HardwareInterface', bool),
    hasConnector: maybe('ConnectorPresent', bool),
    pnpDeviceId: maybe('PnPDeviceID', textOrNull),
    componentId: maybe('ComponentID', textOrNull),
    driverProvider: maybe('DriverProvider', textOrNull),
    driverDate: maybe('DriverDate', dateOrNull),
    driverVersion: maybe(['DriverVersionString', 'DriverVersion'], textOrNull),
    driverFileName: maybe('DriverFileName', textOrNull),
    mediaType: maybe('MediaType', textOrNull),
    physicalMediaType: maybe('PhysicalMediaType', textOrNull),
    higherLayerIndices: maybe('HigherLayerInterfaceIndices', listOf(wholeNumber)),
    lowerLayerIndices: maybe('LowerLayerInterfaceIndices', listOf(wholeNumber)),
  }),
});
