/** Get-NetIPInterface: the IPv4 and IPv6 side of each interface. */
import type { NetIPInterfaceRecord } from '#shared/host/network-records.ts';
import { isInUse } from '../active-store.ts';
import { addressFamily } from '../address-family.ts';
import { defineProbe } from '../define-probe.ts';
import { readEach } from '../read-items.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, countNumber, text, wholeNumberOrNull, word } from '../read-values.ts';

const connected = word({ 0: 'Disconnected', 1: 'Connected' }).transform((state) => state === 'Connected');

const record = recordOf<NetIPInterfaceRecord>({
  interfaceIndex: key(['InterfaceIndex', 'ifIndex'], countNumber),
  interfaceAlias: maybe('InterfaceAlias', text),
  family: key('AddressFamily', addressFamily),
  mtuBytes: maybe(['NlMtu', 'NlMtu(Bytes)', 'NlMtuBytes'], wholeNumberOrNull),
  metric: maybe('InterfaceMetric', countNumber),
  hasAutomaticMetric: maybe('AutomaticMetric', bool),
  isConnected: maybe('ConnectionState', connected),
  usesDhcp: maybe('Dhcp', bool),
  sendsAsWeakHost: maybe('WeakHostSend', bool),
});

export const probe = defineProbe({
  name: 'NetIPInterface',
  readAll: (items) => readEach(items, record, isInUse),
});
