/** Get-NetAdapterQos: data center bridging as each adapter does it. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetAdapterQos' });
