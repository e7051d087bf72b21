import { failed, testRule } from '../testing/rule-cases.ts';
import { inSamples } from '../testing/sampled-counters.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './nic-errors.rule.ts';

const host = {
  ...twoIscsiAdapters,
  traffic: { recordedSeconds: 30, everySeconds: 5, demands: [{ on: { disk: 1 }, in: 5e6, out: 0 }] },
} as const;

/** The counters of the adapter of this place, at each sample. */
const counting = inSamples('MSFT_NetAdapterStatisticsSettingData');

testRule(rule, {
  reports: {
    'damaged frames again and again': {
      host,
      change: counting(1, (index) => ({ ReceivedPacketErrors: 1000 + 7 * index })),
      severity: 'warning',
      message: /^Within 30 seconds frames were damaged at iSCSI1 \(42 frames\), again and again/,
      subjects: ['iSCSI1'],
    },
    'dropped frames alone': {
      host,
      change: counting(2, (index) => ({ ReceivedDiscardedPackets: 500 * index })),
      severity: 'info',
      message: /dropped for want of room at iSCSI2 \(3000 frames\)/,
    },
  },
  staysSilent: {
    'counters that stand still, however high': {
      host,
      change: counting(1, () => ({ ReceivedPacketErrors: 123_456, OutboundDiscardedPackets: 9_999_999 })),
    },
    'one burst, as from plugging a cable': {
      host,
      change: counting(1, (index) => ({ ReceivedPacketErrors: index < 3 ? 0 : 90 })),
    },
    'a counter that the driver set back': {
      host,
      change: counting(1, (index) => ({ OutboundPacketErrors: index < 3 ? 5000 : 0 })),
    },
    'damage on the adapter of management': {
      host,
      change: counting(0, (index) => ({ ReceivedPacketErrors: 100 * index })),
    },
  },
  notApplicable: {
    'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ },
  },
  notEvaluated: {
    'counters that the samples lack': {
      host,
      change: counting(1, () => ({ ReceivedPacketErrors: undefined })),
      reason: /iSCSI1 were not read/,
    },
    'denied adapters': { host, change: failed('NetAdapter') },
  },
});
