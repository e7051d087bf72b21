/** Get-SmbConnection: the shares that this host uses. */
import type { SmbConnectionRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, text, textOrNumber } from '../read-values.ts';
import { smbInstance } from './storage-values.ts';

export const probe = defineProbe({
  name: 'SmbConnection',
  record: recordOf<SmbConnectionRecord>({
    serverName: key('ServerName', text),
    shareName: key('ShareName', text),
    userName: maybe('UserName', text),
    credential: maybe('Credential', text),
    dialect: maybe('Dialect', textOrNumber),
    numOpens: maybe('NumOpens', countNumber),
    isContinuouslyAvailable: maybe('ContinuouslyAvailable', bool),
    isEncrypted: maybe('Encrypted', bool),
    isSigned: maybe('Signed', bool),
    smbInstance: maybe('SmbInstance', smbInstance),
  }),
});
