import { rule } from './iscsi-logins-failing.rule.ts';
import type { Capture } from '#shared/capture.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { withObservation } from '../testing/host-with.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';

const logged =
  (...events: readonly Readonly<Record<string, unknown>>[]) =>
  (capture: Capture): Capture =>
    withObservation(capture, 'EventSummary', { status: 'ok', durationMs: 1, data: events });
const event = (Source: string, Id: number, Count: number, Last = '2026-01-15T11:00:00Z') => ({
  Source,
  Id,
  Level: 2,
  Count,
  First: '2026-01-09T00:00:00Z',
  Last,
  Days: 7,
  IsComplete: true,
});

testRule(rule, {
  reports: {
    'logins that fail again and again': {
      host: twoIscsiAdapters,
      change: logged(event('iScsiPrt', 70, 412), event('iScsiPrt', 1, 412)),
      severity: 'warning',
      message: 'The system log has iScsiPrt 70 412 times and iScsiPrt 1 412 times in 7 days, and it goes on.',
      advice: /favourite whose target is gone/,
    },
    'retries of some disk, as a note': {
      host: twoIscsiAdapters,
      change: logged(event('disk', 153, 40)),
      severity: 'info',
      message: /disk 153 40 times/,
    },
  },
  staysSilent: {
    'an empty log': { host: twoIscsiAdapters },
    'a few events of one restart': {
      host: twoIscsiAdapters,
      change: logged(event('iScsiPrt', 20, 4), event('iScsiPrt', 34, 4)),
    },
    'many events that are over': {
      host: twoIscsiAdapters,
      change: logged(event('iScsiPrt', 20, 400, '2026-01-10T00:00:00Z')),
    },
    'events of something else': { host: twoIscsiAdapters, change: logged(event('stornvme', 129, 90)) },
  },
  notApplicable: { 'a host without iSCSI': { host: smbTwoAdapters } },
  notEvaluated: { 'a denied log': { host: twoIscsiAdapters, change: failed('EventSummary') } },
});
