/** Get-DnsClient: which interfaces register their addresses in DNS. No rule reads it yet; kept in the capture. */
import { defineProbe } from '../define-probe.ts';

export const probe = defineProbe({ name: 'DnsClient' });
