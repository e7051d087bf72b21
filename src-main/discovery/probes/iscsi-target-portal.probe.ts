/** Get-IscsiTargetPortal: the portals that are asked for targets. */
import type { IscsiTargetPortalRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { ipAddress } from '../read-values.ts';
import { boundAddressOrNull, portNumber } from './storage-values.ts';

export const probe = defineProbe({
  name: 'IscsiTargetPortal',
  record: recordOf<IscsiTargetPortalRecord>({
    targetPortalAddress: key('TargetPortalAddress', ipAddress),
    targetPortalPort: maybe('TargetPortalPortNumber', portNumber),
    initiatorPortalAddress: maybe('InitiatorPortalAddress', boundAddressOrNull),
  }),
});
