/** Get-VMSwitch: the virtual switches, and the adapters each stands on. */
import type { VMSwitchRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, guid, listOf, text, textOrNull, word, wordOrOther } from '../read-values.ts';

type ExtensionRecord = NonNullable<VMSwitchRecord['extensions']>[number];

export const probe = defineProbe({
  name: 'VMSwitch',
  record: recordOf<VMSwitchRecord>({
    name: key('Name', text),
    id: key('Id', guid),
    switchType: maybe('SwitchType', word({ 0: 'Private', 1: 'Internal', 2: 'External' })),
    uplinkDescription: maybe('NetAdapterInterfaceDescription', textOrNull),
    uplinkDescriptions: maybe('NetAdapterInterfaceDescriptions', listOf(text)),
    uplinkInterfaceGuids: maybe('NetAdapterInterfaceGuid', listOf(guid)),
    isEmbeddedTeam: maybe('EmbeddedTeamingEnabled', bool),
    isSharedWithManagementOs: maybe('AllowManagementOS', bool),
    bandwidthReservationMode: maybe(
      'BandwidthReservationMode',
      wordOrOther({ 0: 'Default', 1: 'Weight', 2: 'Absolute', 3: 'None' }),
    ),
    isIovEnabled: maybe('IovEnabled', bool),
    extensions: maybe(
      'Extensions',
      listOf(recordOf<ExtensionRecord>({ name: key('Name', text), isEnabled: key('Enabled', bool) })),
    ),
  }),
});
