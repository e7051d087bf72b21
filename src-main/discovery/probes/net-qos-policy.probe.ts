/** Get-NetQosPolicy: which traffic gets which priority. Not read yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetQosPolicy' });
