/** Get-NetIntent: the intents of Network ATC. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetIntent' });
