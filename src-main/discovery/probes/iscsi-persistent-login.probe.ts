/** MSiSCSIInitiator_PersistentLoginClass: the logins that Windows repeats after a restart. */
import * as z from 'zod';
import type { IscsiPersistentLoginRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { countNumber, ipAddress, text } from '../read-values.ts';
import { portNumber } from './storage-values.ts';

/** Bit of LoginFlags, from the definition of the initiator's login options. */
const multipathEnabled = 0x2;

const isMultipathEnabled = z.union([
  z.boolean(),
  countNumber.transform((flags) => (flags & multipathEnabled) !== 0),
]);

export const probe = defineProbe({
  name: 'IscsiPersistentLogin',
  record: recordOf<IscsiPersistentLoginRecord>({
    targetName: key('TargetName', text),
    targetPortalAddress: maybe(['TargetPortal.Address', 'TargetPortalAddress'], ipAddress),
    targetPortalPort: maybe(['TargetPortal.Port', 'TargetPortalPort'], portNumber),
    initiatorInstance: maybe('InitiatorInstance', text),
    isMultipathEnabled: maybe(
      ['IsMultipathEnabled', 'LoginOptions.LoginFlags', 'LoginFlags'],
      isMultipathEnabled,
    ),
  }),
});
