/** Get-NetQosDcbxSetting: whether the host takes its settings from the switch. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'NetQosDcbxSetting' });
