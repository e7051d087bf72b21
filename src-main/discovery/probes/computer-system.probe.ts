/** Win32_ComputerSystem: the name of the host and who made it. */
import type { ComputerSystemRecord } from '#shared/host/system-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { text, textOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'ComputerSystem',
  record: recordOf<ComputerSystemRecord>({
    name: key('Name', text),
    domain: maybe('Domain', textOrNull),
    manufacturer: maybe('Manufacturer', textOrNull),
    model: maybe('Model', textOrNull),
  }),
});
