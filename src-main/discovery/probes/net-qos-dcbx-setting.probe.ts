/** Get-NetQosDcbxSetting: whether the host takes its settings from the switch. */
import type { NetQosDcbxSettingRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, textOrNull } from '../read-values.ts';

export const probe = defineProbe({
  name: 'NetQosDcbxSetting',
  record: recordOf<NetQosDcbxSettingRecord>({
    isWilling: key('Willing', bool),
    interfaceAlias: maybe('InterfaceAlias', textOrNull),
  }),
});
