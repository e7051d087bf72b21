/** Get-NetQosTrafficClass: the traffic classes of data center bridging. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetQosTrafficClass' });
