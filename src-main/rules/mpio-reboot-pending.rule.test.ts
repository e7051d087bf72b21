import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { iqn, shownTwice, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './mpio-reboot-pending.rule.ts';

const claimed = { ...shownTwice, mpio: { claimsIscsi: true, disks: [] } };
const pending = changeItems('WindowsFeature', (item) =>
  item['Name'] === 'Multipath-IO' ? { ...item, InstallState: 'InstallPending' } : item,
);

testRule(rule, {
  reports: {
    'a feature that is installed and not started': {
      host: shownTwice,
      change: pending,
      severity: 'warning',
      message:
        'Multipath I/O waits for a restart: the feature is installed and not yet started, so 2 iSCSI sessions have no multipath until then.',
      subjects: [iqn],
      advice: /Restart the host/,
    },
    'disks that are to be claimed and are not held yet': {
      host: claimed,
      severity: 'warning',
      message: /it is told to take iSCSI disks and does not hold them yet/,
      evidence: { sessions: 2 },
    },
    'the same by the id for every iSCSI disk': {
      host: {
        ...shownTwice,
        mpio: {
          claimsIscsi: false,
          disks: [],
          supportedHardware: [{ vendorId: 'MSFT2005', productId: 'iSCSIBusType_0x9' }],
        },
      },
      severity: 'warning',
      message: /does not hold them yet/,
    },
  },
  staysSilent: {
    'disks that MPIO holds': { host: twoIscsiAdapters },
    'nothing that claims them, which mpio-unclaimed reports': { host: shownTwice },
    'logins without multipath, which a restart does not mend': {
      host: claimed,
      change: changeItems('IscsiPersistentLogin', (item) => ({ ...item, LoginFlags: 0 })),
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'a host without the feature': { host: { ...shownTwice, features: ['Hyper-V'] } },
  },
  notEvaluated: {
    'features that could not be asked, although MPIO holds the disks': {
      host: twoIscsiAdapters,
      change: failed('WindowsFeature'),
    },
    'claim lists that were denied': {
      host: claimed,
      change: (capture) => failed('MSDSMSupportedHW')(failed('MSDSMAutomaticClaimSettings')(capture)),
    },
  },
});
