/** Get-IscsiSession, with the disks behind each session. */
import type { IscsiSessionRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, listOf, text } from '../read-values.ts';
import { boundAddressOrNull, scsiAddress } from './storage-values.ts';

export const probe = defineProbe({
  name: 'IscsiSession',
  record: recordOf<IscsiSessionRecord>({
    sessionIdentifier: key('SessionIdentifier', text),
    targetNodeAddress: key('TargetNodeAddress', text),
    initiatorNodeAddress: maybe('InitiatorNodeAddress', text),
    initiatorInstanceName: maybe('InitiatorInstanceName', text),
    initiatorPortalAddress: maybe('InitiatorPortalAddress', boundAddressOrNull),
    isConnected: maybe('IsConnected', bool),
    isPersistent: maybe('IsPersistent', bool),
    isDiscovered: maybe('IsDiscovered', bool),
    numberOfConnections: maybe('NumberOfConnections', countNumber),
    authenticationType: maybe('AuthenticationType', text),
    diskNumbers: maybe('DiskNumbers', listOf(countNumber)),
    scsiAddresses: maybe('ScsiAddresses', listOf(scsiAddress)),
  }),
});
