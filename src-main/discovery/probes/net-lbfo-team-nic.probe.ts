/** Get-NetLbfoTeamNic: the interfaces that the NIC teams present. */
import type { NetLbfoTeamNicRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, text, wholeNumberOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetLbfoTeamNic',
  record: recordOf<NetLbfoTeamNicRecord>({
    name: key('Name', text),
    team: key('Team', text),
    interfaceDescription: maybe('InterfaceDescription', text),
    vlanId: maybe('VlanID', wholeNumberOrNull),
    isPrimary: maybe('Primary', bool),
    isDefault: maybe('Default', bool),
  }),
});
