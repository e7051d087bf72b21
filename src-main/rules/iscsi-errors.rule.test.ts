import { inSamples } from '../testing/sampled-counters.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './iscsi-errors.rule.ts';

const traffic = { recordedSeconds: 30, everySeconds: 5, demands: [] } as const;
const host = { ...twoIscsiAdapters, traffic };
const counting = inSamples('MSiSCSI_SessionStatistics');

testRule(rule, {
  reports: {
    'wrong checksums and time-outs in one of two sessions': {
      host,
      change: counting(0, (sample) => ({ DigestErrors: 50 + sample, ConnectionTimeoutErrors: 2 * sample })),
      severity: 'warning',
      message:
        /^Within 30 seconds errors came again and again in the sessions 10\.0\.10\.11 to 10\.0\.10\.101 \(6 wrong checksums and 12 time-outs\): each/,
      evidence: { wrongChecksums: [6], timeOuts: [12], outOfForm: [0] },
    },
    'a session that logged in anew, from where it counts on': {
      host,
      change: counting(1, (sample) => ({ DigestErrors: sample < 3 ? 4000 : 2 * (sample - 3) })),
      severity: 'warning',
      message: /\(6 wrong checksums\)/,
    },
  },
  staysSilent: {
    'totals that stand still, however high': { host, change: counting(0, () => ({ DigestErrors: 900 })) },
    'one burst, as when a path goes away': {
      host,
      change: counting(0, (sample) => ({ ConnectionTimeoutErrors: sample < 3 ? 0 : 40 })),
    },
    'a session that logged in anew and counts from the start': {
      host,
      change: counting(0, (sample) => ({ FormatErrors: sample < 3 ? 40 : 0 })),
    },
  },
  notApplicable: {
    'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ },
    'samples without these counters': {
      host,
      change: (capture) => ({
        ...capture,
        samples: (capture.samples ?? []).map((sample) => ({ ...sample, counters: {} })),
      }),
    },
    'a host without iSCSI': { host: { ...smbTwoAdapters, traffic } },
  },
  notEvaluated: {
    'a session that the samples lack': {
      host,
      change: counting(0, () => ({ DigestErrors: undefined })),
      reason: /were not counted/,
    },
    'denied sessions': { host, change: failed('IscsiSession') },
  },
});
