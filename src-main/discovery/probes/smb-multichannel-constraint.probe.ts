/** Get-SmbMultichannelConstraint: which interfaces SMB may use for a server. */
import type { SmbMultichannelConstraintRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { guid, text, wholeNumber } from '../read-values.ts';

export const probe = defineProbe({
  name: 'SmbMultichannelConstraint',
  record: recordOf<SmbMultichannelConstraintRecord>({
    serverName: key('ServerName', text),
    interfaceGuid: maybe('InterfaceGuid', guid),
    interfaceIndex: maybe('InterfaceIndex', wholeNumber),
    interfaceAlias: maybe('InterfaceAlias', text),
  }),
});
