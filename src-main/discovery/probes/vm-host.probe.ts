/** Get-VMHost: how Hyper-V is set up. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'VMHost' });
