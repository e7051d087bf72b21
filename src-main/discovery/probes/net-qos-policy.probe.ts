/** Get-NetQosPolicy: which traffic gets which priority. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetQosPolicy' });
