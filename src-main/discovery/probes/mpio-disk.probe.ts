/** The MPIO classes of root/wmi, joined for each disk by the script. */
import type { MpioDiskRecord, MpioPathRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, hexId64, listOf, text, trimmedText, word } from '../read-values.ts';
import { mpioNumber, mpioPolicies, scsiAddress } from './storage-values.ts';

/** Words, and the numbers of the Microsoft DSM; those from 18 on are paths on their way out. */
const states = {
  0: 'Active/Optimized',
  1: 'Active/Unoptimized',
  2: 'Standby',
  3: 'Unavailable',
  18: 'Failed',
  19: 'Failed',
  20: 'Failed',
  21: 'Failed',
} as const;

const path = recordOf<MpioPathRecord>({
  pathId: key(['PathId', 'DsmPathId'], hexId64),
  state: maybe('State', word(states)),
  scsiAddress: maybe('ScsiAddress', scsiAddress),
  weight: maybe(['Weight', 'PathWeight'], countNumber),
  isPreferred: maybe(['Preferred', 'PreferredPath'], bool),
});

export const probe = defineProbe({
  name: 'MpioDisk',
  record: recordOf<MpioDiskRecord>({
    instanceName: key('InstanceName', text),
    diskNumber: maybe('DiskNumber', countNumber),
    serialNumber: maybe('SerialNumber', trimmedText),
    lbPolicy: maybe('LoadBalancePolicy', word(mpioPolicies)),
    dsmName: maybe('DsmName', trimmedText),
    mpioNumber: maybe('DeviceName', mpioNumber),
    // Without its paths a disk would look like one that lost them all.
    paths: key('Paths', listOf(path)),
    statedPathCount: maybe('StatedPathCount', countNumber),
  }),
});
