/** Get-VMNetworkAdapter: the virtual adapters of the management OS and of the virtual machines. */
import type { VMNetworkAdapterRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, maybeFrom, recordOf, valueOf } from '../read-record.ts';
import {
  bool,
  guidOrNull,
  ipAddress,
  listOf,
  macOrNull,
  text,
  textOrNull,
  wholeNumberOrNull,
  word,
  wordOrOther,
} from '../read-values.ts';

const statuses = {
  0: 'Unknown',
  1: 'Other',
  2: 'Ok',
  3: 'Degraded',
  4: 'Stressed',
  5: 'PredictiveFailure',
  6: 'Error',
  7: 'NonRecoverableError',
  8: 'Starting',
  9: 'Stopping',
  10: 'Stopped',
  11: 'InService',
  12: 'NoContact',
  13: 'LostCommunication',
  14: 'Aborted',
  15: 'Dormant',
  16: 'SupportingEntity',
  17: 'Completed',
  18: 'PowerMode',
  32775: 'ProtocolVersion',
};

export const probe = defineProbe({
  name: 'VMNetworkAdapter',
  record: recordOf<VMNetworkAdapterRecord>({
    name: key('Name', text),
    id: maybe('Id', text),
    isManagementOs: key('IsManagementOs', bool),
    vmName: maybe('VMName', textOrNull),
    vmId: maybe('VMId', guidOrNull),
    switchName: maybe('SwitchName', textOrNull),
    switchId: maybe('SwitchId', guidOrNull),
    macAddress: maybe('MacAddress', macOrNull),
    deviceId: maybe('DeviceId', guidOrNull),
    ipAddresses: maybe('IPAddresses', listOf(ipAddress)),
    status: maybe('Status', listOf(wordOrOther(statuses))),
    isVrssEnabled: maybe('VrssEnabled', bool),
    // A vNIC that was never given a limit has no settings of bandwidth at all.
    maximumBandwidthBitsPerSecond: maybeFrom(
      ['BandwidthSetting.MaximumBandwidth', 'BandwidthSetting'],
      (limit, setting) => (setting === null ? null : valueOf(wholeNumberOrNull, limit)),
    ),
    // The numbers are inverted: 0 is on.
    ieeePriorityTag: maybe('IeeePriorityTag', word({ 0: 'On', 1: 'Off' })),
    mandatoryFeatureIds: maybe('MandatoryFeatureId', listOf(text)),
  }),
});
