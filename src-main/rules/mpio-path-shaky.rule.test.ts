import { inSamples } from '../testing/sampled-counters.ts';
import { failed, testRule } from '../testing/rule-cases.ts';
import { smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './mpio-path-shaky.rule.ts';

const traffic = { recordedSeconds: 30, everySeconds: 5, demands: [] } as const;
const host = { ...twoIscsiAdapters, traffic };

type Values = Readonly<Record<string, number | undefined>>;
/** The counters of the path of this place, at each sample. */
const counting = (path: number | 'every', values: (sample: number) => Values) =>
  inSamples('MPIO_DEVINSTANCE_HEALTH_INFO')(0, (sample, row) => {
    const packets = row['DevInstanceHealthPackets'] as readonly Values[];
    return {
      DevInstanceHealthPackets: packets.map((packet, at) =>
        path === 'every' || at === path ? { ...packet, ...values(sample) } : packet,
      ),
    };
  });

testRule(rule, {
  reports: {
    'requests that fail on one of two paths': {
      host,
      change: counting(0, (sample) => ({ NumberIoErrors: 7 + 4 * sample, NumberRetries: sample })),
      severity: 'warning',
      message:
        /on some paths of .*\(24 failed and 6 sent again, on 1 path\), while its other paths had none or few/,
    },
    'requests that are sent again on every path': {
      host,
      change: counting('every', (sample) => ({ NumberRetries: 5 * sample })),
      severity: 'info',
      message:
        /on every path of .*\(0 failed and 60 sent again, on 2 paths\): that points at the disk itself/,
    },
  },
  staysSilent: {
    'totals that stand still, however high': { host, change: counting(0, () => ({ NumberIoErrors: 4000 })) },
    'one burst, as when a controller takes over': {
      host,
      change: counting('every', (sample) => ({ NumberRetries: sample < 3 ? 0 : 400 })),
    },
    'a request now and then': {
      host,
      change: counting(0, (sample) => ({ NumberRetries: sample })),
    },
  },
  notApplicable: {
    'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ },
    'no disk of MPIO': { host: { ...smbTwoAdapters, features: ['Hyper-V', 'Multipath-IO'], traffic } },
  },
  notEvaluated: {
    'a path that the samples lack': {
      host,
      change: counting(1, () => ({ NumberIoErrors: undefined })),
      reason: /were not counted/,
    },
    'disks of MPIO that could not be read': { host, change: failed('MpioDisk') },
  },
});
