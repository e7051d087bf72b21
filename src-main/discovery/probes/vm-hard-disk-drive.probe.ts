/** Get-VMHardDiskDrive: where the virtual machines keep their disks. */
import type { VMHardDiskDriveRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { maybe, recordOf } from '../read-record.ts';
import { text, textOrNull, wholeNumberOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'VMHardDiskDrive',
  record: recordOf<VMHardDiskDriveRecord>({
    vmName: maybe('VMName', text),
    path: maybe('Path', textOrNull),
    diskNumber: maybe('DiskNumber', wholeNumberOrNull),
  }),
});
