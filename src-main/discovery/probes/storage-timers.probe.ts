/** Time limits of disks, iSCSI and MPIO in the registry. No reader asks for it yet: it stays raw in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'StorageTimers' });
