/** Get-NetLbfoTeamMember: the adapters in the NIC teams, and the state of each. */
import type { NetLbfoTeamMemberRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { guid, text, word, wordOrOther } from '../read-values.ts';

const mode = word({ 0: 'Active', 1: 'Standby', 4096: 'Failed' });

const failureReasons = {
  0: 'NoFailure',
  1: 'AdministrativeDecision',
  3: 'PhysicalMediaDisconnected',
  4: 'WaitingForStableConnectivity',
  5: 'LacpNegotiationIssue',
  6: 'NicNotPresent',
  7: 'UnknownFailure',
  9: 'VirtualSwitchLacksExternalConnectivity',
};

export const probe = defineProbe({
  name: 'NetLbfoTeamMember',
  record: recordOf<NetLbfoTeamMemberRecord>({
    name: key('Name', text),
    team: key('Team', text),
    interfaceDescription: maybe('InterfaceDescription', text),
    interfaceGuid: maybe('InstanceID', guid),
    administrativeMode: maybe('AdministrativeMode', word({ 0: 'Active', 1: 'Standby' })),
    // The class inherits an OperationalStatus of another meaning, a list of numbers; that one does not fit the schema.
    operationalStatus: maybe(['OperationalMode', 'OperationalStatus'], mode),
    failureReason: maybe('FailureReason', wordOrOther(failureReasons)),
  }),
});
