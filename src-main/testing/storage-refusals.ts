/** Hosts on which a fix of storage must not run, or not so. */
import type { RefusedCase } from './fix-cases.ts';
import { iqn, oneSessionOfTwo, session, shownTwice, twoIscsiAdapters } from './storage-hosts.ts';

const chap = { username: 'host01', secret: 'not a real secret' };

const twins = {
  ...twoIscsiAdapters,
  iscsi: {
    ...twoIscsiAdapters.iscsi,
    sessions: [
      session('10.0.10.11', '10.0.10.101'),
      session('10.0.20.11', '10.0.20.101'),
      session('10.0.20.11', '10.0.20.101'),
    ],
  },
} satisfies RefusedCase['host'];

const held = (dsm: string) => ({ disks: [{ disk: 1, policy: 'VS' as const, dsm }] });

export const storageRefusals: readonly RefusedCase[] = [
  {
    name: 'a disk that Multipath I/O does not hold would be there twice',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: { ...oneSessionOfTwo, mpio: { claimsIscsi: false, disks: [] } },
    reason: 'does-not-fit',
    message: /does not hold Disk 1: a further session would show each of them once more/,
  },
  {
    name: "a vendor's module decides over the paths",
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: { ...oneSessionOfTwo, mpio: held('Vendor DSM') },
    reason: 'vendor-dsm',
    message: /Vendor DSM holds Disk 1/,
  },
  {
    name: 'the CHAP user is not known',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: {
      ...oneSessionOfTwo,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'], chap }],
        sessions: [session('10.0.10.11', '10.0.10.101', { chapUser: 'host01' })],
      },
    },
    reason: 'problem',
    message: /has to be answered/,
  },
  {
    name: 'the CHAP secret is not given',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: {
      ...oneSessionOfTwo,
      iscsi: {
        targets: [{ iqn, portals: ['10.0.10.101', '10.0.20.101'], chap }],
        sessions: [session('10.0.10.11', '10.0.10.101', { chapUser: 'host01' })],
      },
    },
    answers: { [`iscsi-add-sessions.chap-user:${iqn}`]: 'host01' },
    reason: 'not-confirmed',
    message: /secret that its commands need was not given/,
  },
  {
    name: 'a pair that is not free',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: oneSessionOfTwo,
    answers: { 'iscsi-add-sessions.pairs': ['10.0.10.11,10.0.10.101'] },
    reason: 'problem',
    message: /not among the answers offered/,
  },
  {
    name: 'only a failed path would be left',
    fix: 'iscsi-remove-sessions',
    finding: 'iscsi-same-pair-twice',
    host: {
      ...twins,
      iscsi: {
        ...twins.iscsi,
        sessions: [session('10.0.20.11', '10.0.20.101'), session('10.0.20.11', '10.0.20.101')],
      },
      mpio: { disks: [{ disk: 1, policy: 'RR', pathStates: ['Failed', 'Active/Optimized'] }] },
    },
    answers: { 'iscsi-remove-sessions.sessions': ['10.0.20.11,10.0.20.101,#2'] },
    reason: 'last-path',
    message: /No working path would be left to Disk 1/,
  },
  {
    name: 'no session of the target would be left',
    fix: 'iscsi-remove-sessions',
    finding: 'iscsi-same-pair-twice',
    host: {
      ...twins,
      iscsi: {
        ...twins.iscsi,
        sessions: [session('10.0.20.11', '10.0.20.101'), session('10.0.20.11', '10.0.20.101')],
      },
    },
    answers: {
      'iscsi-remove-sessions.sessions': ['10.0.20.11,10.0.20.101', '10.0.20.11,10.0.20.101,#2'],
    },
    reason: 'problem',
    message: /take one away at a time/,
  },
  {
    name: 'Windows starts from the disk',
    fix: 'iscsi-remove-sessions',
    finding: 'iscsi-same-pair-twice',
    host: { ...twins, disks: [{ number: 1, isBoot: true }] },
    reason: 'does-not-fit',
    message: /Windows starts from Disk 1/,
  },
  {
    name: 'client Windows has no Multipath I/O',
    fix: 'mpio-install',
    finding: 'mpio-missing',
    host: {
      ...shownTwice,
      windows: { release: '2022', isClient: true },
      features: ['Hyper-V'],
      mpio: { disks: [] },
    },
    reason: 'unsupported-windows',
    message: /part of Windows Server/,
  },
  {
    name: 'a feature waits for a restart',
    fix: 'iscsi-add-sessions',
    finding: 'single-session',
    host: { ...oneSessionOfTwo, pending: { install: ['Hyper-V'] } },
    reason: 'reboot-pending',
    message: /waits for a restart/,
  },
  {
    name: "a vendor's module sets the policy",
    fix: 'mpio-policy-of-disk',
    finding: 'mpio-policy',
    host: { ...twoIscsiAdapters, mpio: held('Vendor DSM') },
    reason: 'vendor-dsm',
    message: /Vendor DSM holds Disk 1/,
  },
  {
    name: 'several sessions share the portal of the favourites',
    fix: 'iscsi-remove-favourites',
    finding: 'iscsi-favourite-dead',
    host: {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        sessions: [session('10.0.10.11', '10.0.10.101'), session('10.0.10.11', '10.0.10.101')],
        logins: [1, 2, 3].map(() => ({ iqn, from: '10.0.10.11', to: '10.0.10.101', isMultipath: true })),
      },
    },
    reason: 'does-not-fit',
    message: /several sessions share their portal/,
  },
];
