/** Disks, the sessions that lead to them, and how MPIO holds them. */
import type { Disk, DiskMultipath, IscsiSession } from '#shared/host/host-model.ts';
import type { DiskRecord, MpioDiskRecord } from '#shared/host/storage-records.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import { findOnly, groupBy, isWholeAnswer, known, nameKey, recordsOf } from './joins.ts';
import type { Ledger } from './joins.ts';

function textKey(text: string | null | undefined): string | undefined {
  const key = text?.trim().toLowerCase();
  return key === '' ? undefined : key;
}

/** WMI first; a listing fills only what WMI leaves open. */
function merge(records: readonly MpioDiskRecord[]): DiskMultipath {
  const first = <T>(pick: (record: MpioDiskRecord) => T | undefined): T | undefined => {
    for (const record of records) {
      const value = pick(record);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const dsmName = first((record) => record.dsmName);
  return {
    isMicrosoftDsm: /\bmicrosoft\b/i.test(dsmName ?? ''),
    paths: first((record) => (record.paths.length > 0 ? record.paths : undefined)) ?? [],
    ...known({
      lbPolicy: first((record) => record.lbPolicy),
      dsmName,
      mpioNumber: first((record) => record.mpioNumber),
    }),
  };
}

function joinMultipath(
  snapshot: Snapshot,
  disks: readonly DiskRecord[],
  ledger: Ledger,
): ReadonlyMap<number, DiskMultipath> {
  const bySerial = findOnly(disks, (disk) => textKey(disk.serialNumber));
  const byUniqueId = findOnly(disks, (disk) => textKey(disk.uniqueId));
  const byNumber = new Map(disks.map((disk) => [disk.number, disk]));
  const records = new Map<number, MpioDiskRecord[]>();
  for (const record of [
    ...(recordsOf(snapshot.readings.MpioDisk) ?? []),
    ...(recordsOf(snapshot.readings.Mpclaim) ?? []),
  ]) {
    const serial = textKey(record.serialNumber);
    const disk =
      record.diskNumber === undefined
        ? (byUniqueId(serial) ?? bySerial(serial))
        : byNumber.get(record.diskNumber);
    if (disk === undefined) {
      ledger.leaveUnjoined(
        { kind: 'disk', id: `disk:mpio/${nameKey(record.instanceName)}`, name: record.instanceName },
        `The MPIO disk ${record.instanceName} fits no disk of Windows.`,
      );
      continue;
    }
    const there = records.get(disk.number);
    if (there === undefined) records.set(disk.number, [record]);
    else there.push(record);
  }
  return new Map([...records].map(([number, found]) => [number, merge(found)]));
}

export function findDisks(
  snapshot: Snapshot,
  sessions: readonly IscsiSession[],
  ledger: Ledger,
): readonly Disk[] {
  const records = recordsOf(snapshot.readings.Disk) ?? [];
  const { IscsiSession } = snapshot.readings;
  const rowsOfUniqueId = groupBy(records, (record) => textKey(record.uniqueId));
  const multipath = joinMultipath(snapshot, records, ledger);
  const sessionsByDisk = new Map<number, string[]>();
  for (const session of sessions) {
    for (const number of new Set(session.diskNumbers ?? [])) {
      const there = sessionsByDisk.get(number);
      if (there === undefined) sessionsByDisk.set(number, [session.id]);
      else there.push(session.id);
    }
  }
  const areAllJoined =
    isWholeAnswer(IscsiSession) &&
    sessions.every((session) => session.isConnected === false || session.diskNumbers !== undefined);

  const disks = records.map((record): Disk => {
    const uniqueId = textKey(record.uniqueId);
    // Two rows of one UniqueId are the same disk over two paths that nothing holds together: the number tells them apart.
    const key =
      uniqueId === undefined
        ? `#${record.number}`
        : (rowsOfUniqueId.get(uniqueId)?.length ?? 0) > 1
          ? `${uniqueId}#${record.number}`
          : uniqueId;
    const isOtherBus = record.busType !== undefined && !/^iscsi$/i.test(record.busType);
    const found = sessionsByDisk.get(record.number);
    return {
      kind: 'disk',
      id: ledger.idFor('disk', key),
      name: `Disk ${record.number}`,
      number: record.number,
      ...known({
        uniqueId: record.uniqueId,
        serialNumber: record.serialNumber,
        busType: record.busType,
        sizeBytes: record.sizeBytes,
        isOffline: record.isOffline,
        isBootOrSystem:
          record.isBoot === undefined && record.isSystem === undefined
            ? undefined
            : record.isBoot === true || record.isSystem === true,
        isClustered: record.isClustered,
        sessionIds: areAllJoined ? (found ?? []) : isOtherBus && found === undefined ? [] : undefined,
        mpio: multipath.get(record.number),
      }),
    };
  });
  const numbers = new Set(records.map((record) => record.number));
  if (snapshot.readings.Disk.status === 'ok') {
    for (const session of sessions) {
      for (const number of session.diskNumbers ?? []) {
        if (!numbers.has(number))
          ledger.leaveUnjoined(session, `Disk ${number} behind the session is not listed.`);
      }
    }
  }
  return disks;
}
