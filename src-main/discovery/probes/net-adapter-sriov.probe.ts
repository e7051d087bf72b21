/** Get-NetAdapterSriov: single root I/O virtualisation of each adapter that can do it. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetAdapterSriov' });
