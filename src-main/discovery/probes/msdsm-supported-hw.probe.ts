/** Get-MSDSMSupportedHW: the hardware ids that the Microsoft DSM claims. */
import type { MsdsmSupportedHwRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, recordOf } from '../read-record.ts';
import { trimmedText } from '../read-values.ts';

export const probe = defineProbe({
  name: 'MSDSMSupportedHW',
  record: recordOf<MsdsmSupportedHwRecord>({
    vendorId: key('VendorId', trimmedText),
    productId: key('ProductId', trimmedText),
  }),
});
