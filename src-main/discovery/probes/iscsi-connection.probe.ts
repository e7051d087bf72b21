/** Get-IscsiConnection, with the session that each connection belongs to. */
import type { IscsiConnectionRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { ipAddress, text } from '../read-values.ts';
import { boundAddressOrNull, portNumber } from './storage-values.ts';

export const probe = defineProbe({
  name: 'IscsiConnection',
  record: recordOf<IscsiConnectionRecord>({
    connectionIdentifier: key('ConnectionIdentifier', text),
    sessionIdentifier: maybe('SessionIdentifier', text),
    // Releases and documentation differ in the names of both ends.
    initiatorAddress: maybe(
      ['InitiatorAddress', 'InitiatorPortalAddress', 'InitiatorNodeAddress'],
      boundAddressOrNull,
    ),
    initiatorPort: maybe(['InitiatorPortNumber', 'InitiatorPortalPortNumber'], portNumber),
    targetAddress: maybe(['TargetAddress', 'TargetPortalAddress', 'TargetNodeAddress'], ipAddress),
    targetPort: maybe(['TargetPortNumber', 'TargetPortalPortNumber'], portNumber),
  }),
});
