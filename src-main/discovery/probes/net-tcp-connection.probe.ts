/** Get-NetTCPConnection: connections to iSCSI targets and file servers. */
import type { NetTCPConnectionRecord } from '#shared/host/network-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { countNumber, ipAddress, wordOrOther } from '../read-values.ts';

const states = {
  1: 'Closed',
  2: 'Listen',
  3: 'SynSent',
  4: 'SynReceived',
  5: 'Established',
  6: 'FinWait1',
  7: 'FinWait2',
  8: 'CloseWait',
  9: 'Closing',
  10: 'LastAck',
  11: 'TimeWait',
  12: 'DeleteTCB',
};

export const probe = defineProbe({
  name: 'NetTCPConnection',
  record: recordOf<NetTCPConnectionRecord>({
    localAddress: key('LocalAddress', ipAddress),
    localPort: key('LocalPort', countNumber),
    remoteAddress: key('RemoteAddress', ipAddress),
    remotePort: key('RemotePort', countNumber),
    state: maybe('State', wordOrOther(states)),
  }),
});
