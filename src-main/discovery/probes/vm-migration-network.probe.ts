/** Get-VMMigrationNetwork: the networks that live migration may use. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'VMMigrationNetwork' });
