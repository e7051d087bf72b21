/** Get-NetRoute: the routes in use. */
import type { NetRouteRecord } from '#shared/host/network-records.ts';
import { isInUse } from '../active-store.ts';
import { defineProbe } from '../define-probe.ts';
import { readEach } from '../read-items.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { countNumber, ipAddress, trimmedText, wordOrOther } from '../read-values.ts';

/** Those that Windows itself makes routes by; a routing service brings others. */
const protocol = wordOrOther({ 1: 'Other', 2: 'Local', 3: 'NetMgmt', 4: 'Icmp', 19: 'Dhcp' });

const record = recordOf<NetRouteRecord>({
  destinationPrefix: key('DestinationPrefix', trimmedText),
  nextHop: maybe('NextHop', ipAddress),
  interfaceIndex: key(['InterfaceIndex', 'ifIndex'], countNumber),
  routeMetric: maybe('RouteMetric', countNumber),
  protocol: maybe('Protocol', protocol),
  interfaceMetric: maybe('InterfaceMetric', countNumber),
});

export const probe = defineProbe({
  name: 'NetRoute',
  readAll: (items) => readEach(items, record, isInUse),
});
