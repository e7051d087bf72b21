import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import {
  convergedSet,
  fibreChannel,
  iqn,
  oneSessionOfTwo,
  shownTwice,
  smbTwoAdapters,
  twoIscsiAdapters,
} from '../testing/storage-hosts.ts';
import { rule } from './mpio-unclaimed.rule.ts';

const claimed = { ...shownTwice, mpio: { claimsIscsi: true, disks: [] } };

testRule(rule, {
  reports: {
    'two rows of one disk while nothing claims iSCSI': {
      host: shownTwice,
      severity: 'error',
      message:
        /^Multipath I\/O is installed but does not hold what 2 iSCSI sessions to iqn\S+ lead to, since neither automatic claiming .* is set: Disk 1 and Disk 2 are one and the same disk/,
      subjects: [iqn, 'Disk 1', 'Disk 2'],
      evidence: { claimsIscsi: false, sessions: 2, diskNumbers: [1, 2] },
      advice: /Enable-MSDSMAutomaticClaim/,
    },
    'claimed, and logins that were made without multipath': {
      host: claimed,
      change: changeItems('IscsiPersistentLogin', (item) => ({ ...item, LoginFlags: 0 })),
      severity: 'error',
      message: /since the logins were made without multipath/,
      advice: /log the others out/,
    },
  },
  staysSilent: {
    'a disk that MPIO holds': { host: twoIscsiAdapters },
    'the same over an embedded team': { host: convergedSet },
    'one session: nothing to join': { host: oneSessionOfTwo },
    'automatic claiming off, and the id for every iSCSI disk set instead': {
      host: {
        ...twoIscsiAdapters,
        mpio: {
          ...twoIscsiAdapters.mpio,
          claimsIscsi: false,
          supportedHardware: [{ vendorId: 'MSFT2005', productId: 'iSCSIBusType_0x9' }],
        },
      },
    },
    "automatic claiming off, and a vendor's module that holds the disk": {
      host: {
        ...twoIscsiAdapters,
        mpio: { claimsIscsi: false, disks: [{ disk: 1, policy: 'VS', dsm: 'EqualLogic DSM' }] },
      },
    },
    'claimed and not held yet, which mpio-reboot-pending reports': { host: claimed },
    'sessions that lead to two different disks': {
      host: { ...shownTwice, disks: [{ number: 1 }, { number: 2 }] },
    },
  },
  notApplicable: {
    'a host without iSCSI': { host: smbTwoAdapters },
    'Fibre Channel alone': { host: fibreChannel },
    'a host without the feature, which mpio-missing reports': {
      host: { ...shownTwice, features: ['Hyper-V'] },
      reason: /mpio-missing/,
    },
    'a feature that waits for a restart': {
      host: shownTwice,
      change: changeItems('WindowsFeature', (item) =>
        item['Name'] === 'Multipath-IO' ? { ...item, InstallState: 'InstallPending' } : item,
      ),
    },
  },
  notEvaluated: {
    'claim lists that were denied': {
      host: shownTwice,
      change: (capture) => failed('MSDSMSupportedHW')(failed('MSDSMAutomaticClaimSettings')(capture)),
      reason: /told to take/,
    },
    'denied sessions': { host: shownTwice, change: failed('IscsiSession') },
    'a denied MPIO, where sessions alone tell': { host: twoIscsiAdapters, change: failed('MpioDisk') },
  },
});
