/** Win32_OperatingSystem: the Windows release. */
import type { OperatingSystemRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { countNumber, text, trimmedText } from '../read-values.ts';

export const probe = defineProbe({
  name: 'OperatingSystem',
  record: recordOf<OperatingSystemRecord>({
    caption: maybe('Caption', trimmedText),
    version: maybe('Version', text),
    buildNumber: key('BuildNumber', countNumber),
    productType: maybe('ProductType', countNumber),
    osLanguage: maybe('OSLanguage', countNumber),
  }),
});
