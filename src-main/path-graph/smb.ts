/** File servers: the names for one server joined, their shares judged, and the interface pairs SMB knows to them. */
import type { Share, SmbChannel, SmbServer } from '#shared/host/host-model.ts';
import type { SmbConnectionRecord, SmbMultichannelConnectionRecord } from '#shared/host/storage-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Interfaces } from './adapters.ts';
import type { Addresses } from './addresses.ts';
import { groupBy, known, nameKey, recordsOf } from './joins.ts';
import type { Ledger } from './joins.ts';
import { ipKey, isLoopbackIp, parseIp } from './ip.ts';

const administrative = /^(ipc\$|admin\$|print\$|fax\$|sysvol|netlogon|[a-z]\$)$/i;

/** Shares that Windows makes for itself: never storage, whoever uses them. */
export function isAdministrativeShare(shareName: string): boolean {
  return administrative.test(shareName);
}

/** Names joined where they reach the same server address. */
function joinNames(
  names: readonly string[],
  channels: readonly SmbMultichannelConnectionRecord[],
): ReadonlyMap<string, string> {
  const parent = new Map(names.map((name) => [name, name]));
  const root = (name: string): string => {
    let at = name;
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next;
    for (let on = name; on !== at;) {
      const next = parent.get(on) ?? at;
      parent.set(on, at);
      on = next;
    }
    return at;
  };
  const firstAt = new Map<string, string>();
  const reach = (name: string, address: string): void => {
    // A loopback address is everybody's own.
    if (isLoopbackIp(address)) return;
    const key = ipKey(address);
    const first = firstAt.get(key);
    if (first === undefined) firstAt.set(key, name);
    else parent.set(root(name), root(first));
  };
  for (const name of names) {
    if (parseIp(name) !== undefined) reach(name, name);
  }
  for (const { serverName, serverIpAddress } of channels) {
    if (serverIpAddress !== undefined) reach(nameKey(serverName), serverIpAddress);
  }
  return new Map(names.map((name) => [name, root(name)]));
}

/** `nas1` and `vms` of `\\nas1\vms\disks\a.vhdx`, in lower case; also in the long form `\\?\UNC\nas1\vms`. */
function shareOfPath(path: string): string | undefined {
  const match = /^\\\\(?:\?\\unc\\)?([^\\?]+)\\([^\\]+)/i.exec(path.replaceAll('/', '\\'));
  const [, server, share] = match ?? [];
  return server === undefined || share === undefined ? undefined : `${nameKey(server)}\\${nameKey(share)}`;
}

/** Why a share counts as storage, or does not. Administrative and service shares never do. */
function judgeShare(
  shareName: string,
  rows: readonly SmbConnectionRecord[],
  facts: {
    readonly holdsVmDisk: boolean;
    readonly areVmDisksKnown: boolean;
    readonly isOwnAccount: (credential: string) => boolean;
  },
): Pick<Share, 'isStorage' | 'storageReason' | 'isOfVirtualMachines'> {
  if (administrative.test(shareName))
    return { isStorage: false, storageReason: 'administrative or service share' };
  if (facts.holdsVmDisk) {
    return {
      isStorage: true,
      storageReason: 'a virtual machine keeps a disk on it',
      isOfVirtualMachines: true,
    };
  }
  if (rows.some((row) => /^nt virtual machine\\/i.test(row.userName ?? ''))) {
    return {
      isStorage: true,
      storageReason: 'a virtual machine has files open on it',
      isOfVirtualMachines: true,
    };
  }
  const instance = rows.find(
    (row) => row.smbInstance !== undefined && row.smbInstance !== 'Default',
  )?.smbInstance;
  if (instance !== undefined) {
    return { isStorage: true, storageReason: `the SMB instance ${instance} of the cluster uses it` };
  }
  if (rows.some((row) => row.credential !== undefined && facts.isOwnAccount(row.credential))) {
    return { isStorage: true, storageReason: 'the computer account of the host uses it' };
  }
  const opens = rows.reduce((sum, row) => sum + (row.numOpens ?? 0), 0);
  const vms = facts.areVmDisksKnown
    ? 'no virtual machine keeps a disk on it'
    : 'where virtual machines keep their disks is not known';
  return {
    isStorage: false,
    storageReason: `${opens === 0 ? 'no open files' : 'files open by users'}, and ${vms}`,
  };
}

export function findSmbServers(
  snapshot: Snapshot,
  interfaces: Interfaces,
  addresses: Addresses,
  ledger: Ledger,
): readonly SmbServer[] {
  const readings = snapshot.readings;
  const connections = recordsOf(readings.SmbConnection) ?? [];
  const channels = recordsOf(readings.SmbMultichannelConnection) ?? [];
  const vmDisks = recordsOf(readings.VMHardDiskDrive);
  const sharesOfVmDisks = new Set(
    (vmDisks ?? []).flatMap(({ path }) => (path ? (shareOfPath(path) ?? []) : [])),
  );
  const computer = recordsOf(readings.ComputerSystem)?.[0];
  const ownNames = new Set(['localhost', '.', nameKey(snapshot.host.name)]);
  if (computer !== undefined) {
    ownNames.add(nameKey(computer.name));
    if (computer.domain) ownNames.add(nameKey(`${computer.name}.${computer.domain}`));
  }

  // The account of a cluster ends in `$` as well: it reaches witness shares, which hold no storage.
  const ownAccounts = new Set([...ownNames].map((name) => `${name.split('.')[0] ?? name}$`));
  const isOwnAccount = (credential: string): boolean =>
    ownAccounts.has(nameKey(credential.slice(credential.lastIndexOf('\\') + 1)));

  const written = new Map<string, string>();
  for (const { serverName } of [...connections, ...channels]) {
    if (!written.has(nameKey(serverName))) written.set(nameKey(serverName), serverName);
  }
  const serverOf = joinNames([...written.keys()], channels);
  const connectionsOf = groupBy(connections, (row) => serverOf.get(nameKey(row.serverName)));
  const channelsOf = groupBy(channels, (row) => serverOf.get(nameKey(row.serverName)));
  const namesOf = groupBy(written.keys(), (name) => serverOf.get(name));

  const readChannel = (row: SmbMultichannelConnectionRecord, serverId: string, key: string): SmbChannel => {
    const client =
      interfaces.byIndex(row.clientInterfaceIndex) ??
      interfaces.byId.get(
        (row.clientIpAddress === undefined
          ? undefined
          : addresses.holding(row.clientIpAddress)?.interfaceId) ?? '',
      );
    const speaks = row.clientRdmaCapable ? 'rdma' : row.clientRssCapable ? 'rss' : 'plain';
    const smbInstance = row.smbInstance ?? 'Default';
    const serverEnd = row.serverIpAddress ?? `interface ${row.serverInterfaceIndex}`;
    const clientEnd = row.clientIpAddress ?? client?.name ?? `interface ${row.clientInterfaceIndex}`;
    const channel: SmbChannel = {
      kind: 'channel',
      id: ledger.idFor(
        'channel',
        [
          key,
          client?.interfaceGuid ?? `#${row.clientInterfaceIndex}`,
          row.clientIpAddress ?? '',
          serverEnd,
          speaks,
          smbInstance,
        ]
          .join('|')
          .toLowerCase(),
      ),
      name: `${clientEnd} → ${serverEnd}`,
      serverId,
      clientInterfaceIndex: row.clientInterfaceIndex,
      serverInterfaceIndex: row.serverInterfaceIndex,
      // Without the property the row comes from a listing of the pairs in use alone.
      isSelected: row.isSelected ?? (row.currentChannels ?? 0) > 0,
      isFailed: row.isFailed === true,
      smbInstance,
      ...known({
        clientInterfaceId: client?.id,
        clientIpAddress: row.clientIpAddress,
        serverIpAddress: row.serverIpAddress,
        clientRssCapable: row.clientRssCapable,
        clientRdmaCapable: row.clientRdmaCapable,
        serverRssCapable: row.serverRssCapable,
        serverRdmaCapable: row.serverRdmaCapable,
        clientLinkBitsPerSecond: row.clientLinkBitsPerSecond,
        serverLinkBitsPerSecond: row.serverLinkBitsPerSecond,
        currentChannels: row.currentChannels,
        failureCount: row.failureCount,
      }),
    };
    if (client === undefined) {
      ledger.leaveUnjoined(
        channel,
        `No network adapter is the interface ${row.clientInterfaceIndex} of this pair.`,
      );
    }
    return channel;
  };

  return [...namesOf].map(([root, names]): SmbServer => {
    const key = [...names].sort().join('+');
    const id = ledger.idFor('target', `smb:${key}`);
    const aliases = names.map((name) => written.get(name) ?? name).sort();
    // The short name is what people say; an address is the last thing to show.
    const name =
      aliases.find((alias) => parseIp(alias) === undefined && !alias.includes('.')) ??
      aliases.find((alias) => parseIp(alias) === undefined) ??
      aliases[0] ??
      root;
    const rows = channelsOf.get(root) ?? [];
    const reached = rows.flatMap(({ serverIpAddress }) => serverIpAddress ?? []);
    const shares = [...groupBy(connectionsOf.get(root) ?? [], (row) => nameKey(row.shareName))].map(
      ([shareKey, shareRows]): Share => {
        const shareName = shareRows[0]?.shareName ?? shareKey;
        const instances = shareRows.flatMap(({ smbInstance }) => smbInstance ?? []);
        return {
          kind: 'share',
          id: ledger.idFor('share', `${key}\\${shareKey}`),
          name: `\\\\${name}\\${shareName}`,
          serverId: id,
          shareName,
          ...judgeShare(shareName, shareRows, {
            holdsVmDisk: names.some((alias) => sharesOfVmDisks.has(`${alias}\\${shareKey}`)),
            areVmDisksKnown: vmDisks !== undefined,
            isOwnAccount,
          }),
          ...known({
            dialect: shareRows.find((row) => row.dialect !== undefined)?.dialect,
            smbInstance: instances.find((instance) => instance !== 'Default') ?? instances[0],
            openFiles: shareRows.some((row) => row.numOpens !== undefined)
              ? shareRows.reduce((sum, row) => sum + (row.numOpens ?? 0), 0)
              : undefined,
          }),
        };
      },
    );
    return {
      kind: 'target',
      id,
      name,
      aliases,
      shares,
      channels: rows.map((row) => readChannel(row, id, key)),
      isLoopback:
        names.some(
          (alias) => ownNames.has(alias) || (parseIp(alias) !== undefined && addresses.isOwn(alias)),
        ) ||
        (reached.length > 0 && reached.every((address) => addresses.isOwn(address))),
    };
  });
}
