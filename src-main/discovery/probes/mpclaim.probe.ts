/** The listings of mpclaim, where the classes of MPIO said nothing: older captures and DSMs of vendors. */
import type { ItemError, RawItem } from '#shared/capture.ts';
import type { MpioDiskRecord } from '#shared/host/storage-records.ts';
import { defineProbe, type ReadItems } from '../define-probe.ts';
import { readListing, type ListedDisk } from './mpclaim-listing.ts';

function linesOf(text: unknown): string[] | undefined {
  const parts: readonly unknown[] = Array.isArray(text) ? text : [text];
  if (!parts.every((part) => typeof part === 'string')) return undefined;
  return parts.flatMap((part) => part.split(/\r\n|\r|\n/));
}

/** `-s -d 7` asks for one disk, and its listing must then have it. */
function askedDisk(listing: string): number | undefined {
  const digits = /^\s*-s\s+-d\s+(\d{1,5})\s*$/i.exec(listing)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function readAll(items: readonly RawItem[]): ReadItems<MpioDiskRecord> {
  const disks = new Map<number, ListedDisk>();
  const itemErrors: ItemError[] = [];
  for (const { Arguments: given, Text: text } of items) {
    const name = Array.isArray(given) ? given.join(' ') : typeof given === 'string' ? given : '';
    const listing = `mpclaim ${name}`.trim();
    const lines = linesOf(text);
    if (lines === undefined) {
      itemErrors.push({ item: listing, message: 'Text is not a listing.' });
      continue;
    }
    readListing(lines, disks);
    const asked = askedDisk(name);
    if (asked !== undefined && disks.get(asked)?.paths === undefined) {
      itemErrors.push({ item: listing, message: `The listing does not describe MPIO disk ${asked}.` });
    }
  }
  const records = [...disks.values()]
    .sort((a, b) => a.mpioNumber - b.mpioNumber)
    .map(({ mpioNumber, paths, ...listed }): MpioDiskRecord => ({
      instanceName: `MPIO Disk${mpioNumber}`,
      mpioNumber,
      ...listed,
      paths: paths ?? [],
    }));
  return { records, itemErrors };
}

export const probe = defineProbe({ name: 'Mpclaim', readAll });
