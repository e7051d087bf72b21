/** Get-VMHost: how live migration is set up. */
import type { VMHostRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { maybe, recordOf } from '../read-record.ts';
import { bool, wordOrOther } from '../read-values.ts';

const transports = { 0: 'TCPIP', 1: 'Compression', 2: 'SMB' };

export const probe = defineProbe({
  name: 'VMHost',
  record: recordOf<VMHostRecord>({
    isMigrationEnabled: maybe('VirtualMachineMigrationEnabled', bool),
    usesAnyNetworkForMigration: maybe('UseAnyNetworkForMigration', bool),
    migrationTransport: maybe('VirtualMachineMigrationPerformanceOption', wordOrOther(transports)),
  }),
});
