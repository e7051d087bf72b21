/** Get-Disk. */
import * as z from 'zod';
import type { DiskRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import {
  bool,
  countNumber,
  listOf,
  text,
  textOrNull,
  trimmedTextOrNull,
  wholeNumber,
  wordOrOther,
} from '../read-values.ts';

/** Numbers of MSFT_Disk; the cmdlet shows the words. */
const busTypes = {
  0: 'Unknown',
  1: 'SCSI',
  2: 'ATAPI',
  3: 'ATA',
  4: '1394',
  5: 'SSA',
  6: 'Fibre Channel',
  7: 'USB',
  8: 'RAID',
  9: 'iSCSI',
  10: 'SAS',
  11: 'SATA',
  12: 'SD',
  13: 'MMC',
  14: 'Virtual',
  15: 'File Backed Virtual',
  16: 'Spaces',
  17: 'NVMe',
};

const operationalStates = {
  0: 'Unknown',
  2: 'OK',
  3: 'Degraded',
  4: 'Stressed',
  5: 'Predictive Failure',
  6: 'Error',
  7: 'Non-Recoverable Error',
  11: 'In Service',
  12: 'No Contact',
  13: 'Lost Communication',
  53264: 'Online',
  53265: 'Not Ready',
  53266: 'No Media',
  53267: 'Offline',
  53268: 'Failed',
};

const healthStates = { 0: 'Healthy', 1: 'Warning', 2: 'Unhealthy', 5: 'Unknown' };

const offlineReasons = {
  1: 'Policy',
  2: 'Redundant Path',
  3: 'Snapshot',
  4: 'Collision',
  5: 'Resource Exhaustion',
  6: 'Critical Write Failures',
  7: 'Data Integrity Scan Required',
};

/** A disk that is online has no reason, also written as 0. */
const offlineReasonOrNull = z.union([
  z.literal([null, '', 0]).transform(() => null),
  wordOrOther(offlineReasons),
]);

export const probe = defineProbe({
  name: 'Disk',
  record: recordOf<DiskRecord>({
    number: key(['Number', 'DiskNumber'], countNumber),
    uniqueId: maybe('UniqueId', trimmedTextOrNull),
    serialNumber: maybe('SerialNumber', trimmedTextOrNull),
    friendlyName: maybe('FriendlyName', text),
    busType: maybe('BusType', wordOrOther(busTypes)),
    sizeBytes: maybe('Size', wholeNumber),
    operationalStatus: maybe('OperationalStatus', listOf(wordOrOther(operationalStates))),
    healthStatus: maybe('HealthStatus', wordOrOther(healthStates)),
    isOffline: maybe('IsOffline', bool),
    offlineReason: maybe('OfflineReason', offlineReasonOrNull),
    isClustered: maybe('IsClustered', bool),
    isBoot: maybe('IsBoot', bool),
    isSystem: maybe('IsSystem', bool),
    path: maybe('Path', textOrNull),
  }),
});
