/** What differs between the Windows releases and languages that a scenario can name. */
import { windowsReleases, type WindowsRelease } from '#shared/host/host-model.ts';

const order: ReadonlyMap<string, number> = new Map(windowsReleases.map((release, index) => [release, index]));

export function isAtLeast(release: WindowsRelease, first: WindowsRelease): boolean {
  return (order.get(release) ?? 0) >= (order.get(first) ?? 0);
}

interface ReleaseFacts {
  readonly version: string;
  readonly build: number;
  readonly powershell: string;
  readonly smbDialect: string;
  /** First half of a session identifier's adapter part: a kernel address, which moved over the years. */
  readonly kernelAddressPrefix: string;
}

export const releaseFacts: Readonly<Record<WindowsRelease, ReleaseFacts>> = {
  '2012': {
    version: '6.2.9200',
    build: 9200,
    powershell: '3.0',
    smbDialect: '3.00',
    kernelAddressPrefix: 'fffffa80',
  },
  '2012R2': {
    version: '6.3.9600',
    build: 9600,
    powershell: '4.0',
    smbDialect: '3.02',
    kernelAddressPrefix: 'ffffe001',
  },
  '2016': {
    version: '10.0.14393',
    build: 14393,
    powershell: '5.1.14393.206',
    smbDialect: '3.1.1',
    kernelAddressPrefix: 'ffff8a07',
  },
  '2019': {
    version: '10.0.17763',
    build: 17763,
    powershell: '5.1.17763.1490',
    smbDialect: '3.1.1',
    kernelAddressPrefix: 'ffffb60e',
  },
  '2022': {
    version: '10.0.20348',
    build: 20348,
    powershell: '5.1.20348.2849',
    smbDialect: '3.1.1',
    kernelAddressPrefix: 'ffffb60e',
  },
  '2025': {
    version: '10.0.26100',
    build: 26100,
    powershell: '5.1.26100.2161',
    smbDialect: '3.1.1',
    kernelAddressPrefix: 'ffffc40a',
  },
};

/** Texts that Windows shows in the language of its installation. Property and enumeration names never change. */
export interface Captions {
  readonly lcid: number;
  readonly decimalSeparator: string;
  readonly bindings: Readonly<Record<string, string>>;
  readonly hiddenConnection: string;
  readonly kernelDebugger: string;
  readonly vmAdapter: string;
  readonly vmOk: string;
  readonly multipath: string;
  readonly iscsiService: string;
  readonly accessDenied: string;
  readonly serviceStopped: string;
  readonly invalidClass: string;
  readonly genericFailure: string;
  /** What ping writes for one echo. */
  readonly ping: {
    readonly reply: string;
    readonly unreachable: string;
    readonly tooLarge: string;
    readonly timedOut: string;
    readonly failure: string;
  };
}

const english: Captions = {
  lcid: 1033,
  decimalSeparator: '.',
  bindings: {
    ms_tcpip: 'Internet Protocol Version 4 (TCP/IPv4)',
    ms_tcpip6: 'Internet Protocol Version 6 (TCP/IPv6)',
    ms_msclient: 'Client for Microsoft Networks',
    ms_server: 'File and Printer Sharing for Microsoft Networks',
    ms_pacer: 'QoS Packet Scheduler',
    ms_lldp: 'Microsoft LLDP Protocol Driver',
    ms_lltdio: 'Link-Layer Topology Discovery Mapper I/O Driver',
    ms_rspndr: 'Link-Layer Topology Discovery Responder',
    ms_implat: 'Microsoft Network Adapter Multiplexor Protocol',
    vms_pp: 'Hyper-V Extensible Virtual Switch',
  },
  hiddenConnection: 'Local Area Connection*',
  kernelDebugger: 'Ethernet (Kernel Debugger)',
  vmAdapter: 'Network Adapter',
  vmOk: 'Operating normally',
  multipath: 'Multipath I/O',
  iscsiService: 'Microsoft iSCSI Initiator Service',
  accessDenied: 'Access is denied.',
  serviceStopped: 'The service has not been started.',
  invalidClass: 'Invalid class',
  genericFailure: 'Generic failure',
  ping: {
    reply: 'Reply from {address}: bytes={size} time<1ms TTL=64',
    unreachable: 'Reply from {own}: Destination host unreachable.',
    tooLarge: 'Packet needs to be fragmented but DF set.',
    timedOut: 'Request timed out.',
    failure: 'General failure.',
  },
};

const german: Captions = {
  lcid: 1031,
  decimalSeparator: ',',
  bindings: {
    ...english.bindings,
    ms_tcpip: 'Internetprotokoll, Version 4 (TCP/IPv4)',
    ms_tcpip6: 'Internetprotokoll, Version 6 (TCP/IPv6)',
    ms_msclient: 'Client für Microsoft-Netzwerke',
    ms_server: 'Datei- und Druckerfreigabe für Microsoft-Netzwerke',
    ms_pacer: 'QoS-Paketplaner',
    ms_lldp: 'Microsoft-LLDP-Treiber',
    ms_implat: 'Microsoft-Multiplexorprotokoll für Netzwerkadapter',
    vms_pp: 'Erweiterbarer virtueller Hyper-V-Switch',
  },
  hiddenConnection: 'LAN-Verbindung*',
  kernelDebugger: 'Ethernet (Kerneldebugger)',
  vmAdapter: 'Netzwerkkarte',
  vmOk: 'Normaler Betrieb',
  multipath: 'Multipfad-E/A',
  iscsiService: 'Microsoft iSCSI-Initiator-Dienst',
  accessDenied: 'Zugriff verweigert',
  serviceStopped: 'Der Dienst wurde nicht gestartet.',
  invalidClass: 'Ungültige Klasse',
  genericFailure: 'Allgemeiner Fehler',
  ping: {
    reply: 'Antwort von {address}: Bytes={size} Zeit<1ms TTL=64',
    unreachable: 'Antwort von {own}: Zielhost nicht erreichbar.',
    tooLarge: 'Paket müsste fragmentiert werden, DF-Flag ist jedoch gesetzt.',
    timedOut: 'Zeitüberschreitung der Anforderung.',
    failure: 'Allgemeiner Fehler.',
  },
};

const japanese: Captions = {
  ...english,
  lcid: 1041,
  bindings: {
    ...english.bindings,
    ms_tcpip: 'インターネット プロトコル バージョン 4 (TCP/IPv4)',
    ms_tcpip6: 'インターネット プロトコル バージョン 6 (TCP/IPv6)',
    ms_msclient: 'Microsoft ネットワーク用クライアント',
    ms_server: 'Microsoft ネットワーク用ファイルとプリンター共有',
    vms_pp: 'Hyper-V 拡張可能仮想スイッチ',
  },
  hiddenConnection: 'ローカル エリア接続*',
  vmAdapter: 'ネットワーク アダプター',
  vmOk: '正常稼働中',
  multipath: 'マルチパス I/O',
  iscsiService: 'Microsoft iSCSI イニシエーター サービス',
  accessDenied: 'アクセスが拒否されました。',
  serviceStopped: 'サービスを開始できませんでした。',
  ping: {
    reply: '{address} からの応答: バイト数 ={size} 時間 <1ms TTL=64',
    unreachable: '{own} からの応答: 宛先ホストに到達できません。',
    tooLarge: 'パケットの断片化が必要ですが、DF が設定されています。',
    timedOut: '要求がタイムアウトしました。',
    failure: '一般エラーです。',
  },
};

const captionsOfLanguage: ReadonlyMap<string, Captions> = new Map([
  ['en', english],
  ['de', german],
  ['ja', japanese],
  ['fr', { ...english, lcid: 1036, decimalSeparator: ',' }],
  ['ar', { ...english, lcid: 1025 }],
]);

/** Captions for a BCP 47 language; one that has none here gets the English ones. */
export function captionsOf(language: string): Captions {
  const [primary = 'en'] = language.split('-');
  return captionsOfLanguage.get(primary.toLowerCase()) ?? english;
}
