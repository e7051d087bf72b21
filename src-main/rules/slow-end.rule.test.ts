import { testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './slow-end.rule.ts';

const server = (speed: number) => ({
  ...smbTwoAdapters,
  smb: { servers: [{ ...fileServer, interfaces: fileServer.interfaces.map((one) => ({ ...one, speed })) }] },
});

testRule(rule, {
  reports: {
    'a server of 1 Gbit/s': {
      host: server(1e9),
      severity: 'info',
      message:
        /^The interfaces of FS01 run at 1 Gb\/s, those of this host at 10 Gb\/s: the server is the slow end/,
      subjects: ['FS01'],
    },
  },
  staysSilent: {
    'a server as fast as the host': { host: smbTwoAdapters },
    'a faster server': { host: server(25e9) },
  },
  notApplicable: {
    'iSCSI, whose far end is not visible': { host: twoIscsiAdapters },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'speeds that are not told': {
      host: server(1e9),
      change: withoutProperty('SmbMultichannelConnection', 'ServerLinkSpeed'),
    },
  },
});
