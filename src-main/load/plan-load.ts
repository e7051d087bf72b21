/** What a wish to read comes to: what is opened, how much is read at most, and why not. */
import type { Check } from '#shared/finding.ts';
import type { Disk } from '#shared/host/host-model.ts';
import {
  loadBounds,
  type LoadPlan,
  type LoadRefusal,
  type LoadRefusalReason,
  type LoadWish,
} from '#shared/load.ts';
import type { PathCeilings, TargetCeilings } from '#shared/path-graph.ts';
import { shortName } from '#shared/short-name.ts';
import { counted, formatAmount, formatBitsPerSecond } from '#shared/units.ts';
import { refusedPath, shareAndFile } from './share-path.ts';

/** What a look told of the host. */
export type LoadSubject = Pick<Check, 'host' | 'source' | 'model' | 'graph' | 'targets'>;

interface Found {
  readonly target: TargetCeilings | undefined;
  /** Of the very disk or share, where these differ within the target. */
  readonly ceilings: PathCeilings | undefined;
  readonly name: string;
  readonly opened: string;
  readonly identity?: LoadPlan['identity'];
  readonly refusals: readonly LoadRefusal[];
}

/** Anything that is not known counts against reading. */
export function planLoad(wish: LoadWish, about: LoadSubject): LoadPlan {
  const found =
    wish.source.kind === 'disk' ? findDisk(wish.source.number, about) : findFile(wish.source.path, about);
  const { target, ceilings, name, opened, identity } = found;
  const guaranteed = ceilings?.read.guaranteed.bitsPerSecond ?? null;
  const possible = ceilings?.read.possible.bitsPerSecond ?? null;
  const { streams, seconds, bitsPerSecond, bytes } = boundsOf(wish, guaranteed);
  const refusals = [
    ...(about.source === 'capture'
      ? [no('recorded', 'This is a recording: there is no host to read from.', 'Look at the host itself.')]
      : []),
    ...found.refusals,
    ...(target !== undefined && !hasPath(target, about)
      ? [no('no-path', `No path to ${shortTarget(target)} carries anything now.`, undefined)]
      : []),
    ...boundRefusals({ streams, seconds, bitsPerSecond, bytes }, possible),
  ];
  return {
    host: about.host.name,
    target: target === undefined ? null : { id: target.id, name: target.name },
    source: wish.source,
    opened,
    name,
    ...(identity !== undefined && { identity }),
    streams,
    seconds,
    bitsPerSecond,
    bytes,
    blockBytes: loadBounds.blockBytes,
    ceilings: { singleStream: ceilings?.singleStream.bitsPerSecond ?? null, guaranteed, possible },
    takes: takesText({ seconds, bitsPerSecond, bytes }, guaranteed, target),
    refusals,
  };
}

type Bounds = Pick<LoadPlan, 'streams' | 'seconds' | 'bitsPerSecond' | 'bytes'>;

function boundsOf(wish: LoadWish, guaranteed: number | null): Bounds {
  const limits = loadBounds.bitsPerSecond;
  const streams = wish.streams ?? loadBounds.streams.usual;
  const seconds = wish.seconds ?? loadBounds.seconds.usual;
  const bitsPerSecond =
    wish.bitsPerSecond ??
    Math.max(
      limits.least,
      guaranteed === null
        ? limits.usualUnknown
        : Math.floor(Math.min(limits.usualMost, guaranteed * limits.usualShare)),
    );
  // A little more than fits into the time, so that it is the time that ends a run.
  const most = Math.ceil(((bitsPerSecond / 8) * seconds * 22) / 10);
  const bytes = wish.bytes ?? Math.min(loadBounds.bytes.most, Math.max(loadBounds.bytes.least, most));
  return { streams, seconds, bitsPerSecond, bytes };
}

function boundRefusals(
  { streams, seconds, bitsPerSecond, bytes }: Bounds,
  possible: number | null,
): readonly LoadRefusal[] {
  const rate = loadBounds.bitsPerSecond;
  const mostRate = Math.max(rate.least, possible ?? rate.mostUnknown);
  const isWithin = (value: number, { least, most }: { readonly least: number; readonly most: number }) =>
    Number.isFinite(value) && value >= least && value <= most;
  return [
    ...(Number.isInteger(streams) && isWithin(streams, loadBounds.streams)
      ? []
      : [no('bounds', `${loadBounds.streams.least} to ${loadBounds.streams.most} readers are possible.`)]),
    ...(isWithin(seconds, loadBounds.seconds)
      ? []
      : [no('bounds', `Each run takes ${loadBounds.seconds.least} to ${loadBounds.seconds.most} seconds.`)]),
    ...(isWithin(bitsPerSecond, { least: rate.least, most: mostRate })
      ? []
      : [
          no(
            'bounds',
            `The rate can be from ${formatBitsPerSecond(rate.least)} to ${formatBitsPerSecond(mostRate)}${possible === null ? ', since no ceiling is known' : ', which is what is possible'}.`,
          ),
        ]),
    ...(isWithin(bytes, loadBounds.bytes)
      ? []
      : [
          no(
            'bounds',
            `The amount can be from ${formatAmount(loadBounds.bytes.least)} to ${formatAmount(loadBounds.bytes.most)}.`,
          ),
        ]),
  ];
}

function no(reason: LoadRefusalReason, message: string, remedy?: string): LoadRefusal {
  return { reason, message, ...(remedy !== undefined && { remedy }) };
}

function shortTarget({ id, name }: Pick<TargetCeilings, 'id' | 'name'>): string {
  return shortName({ kind: 'target', id, name });
}

function hasPath({ id }: TargetCeilings, { graph }: LoadSubject): boolean {
  return graph.routes.some(({ targetId, isStandby }) => targetId === id && !isStandby);
}

function partOf(target: TargetCeilings | undefined, id: string | undefined): PathCeilings | undefined {
  return target?.parts.find(({ of }) => of.some((one) => one.id === id)) ?? target;
}

/** Windows writes them in plain letters and digits; another one could not be shown in the line that runs. */
function isIdentity(uniqueId: string | null | undefined): uniqueId is string {
  return typeof uniqueId === 'string' && /^[\x20-\x7e]+$/.test(uniqueId);
}

function findDisk(number: number, about: LoadSubject): Found {
  const { model, targets, host } = about;
  const disk = model.disks.find((one) => one.number === number);
  const target = targets.find(({ diskNumbers }) => diskNumbers.includes(number));
  const { uniqueId, sizeBytes } = disk ?? {};
  return {
    target,
    ceilings: partOf(target, disk?.id),
    name: `Disk ${number}${sizeBytes === undefined ? '' : ` (${formatAmount(sizeBytes)})`}`,
    opened: `\\\\.\\PhysicalDrive${number}`,
    ...(isIdentity(uniqueId) && sizeBytes !== undefined && { identity: { uniqueId, sizeBytes } }),
    refusals: [
      ...(host.elevated
        ? []
        : [
            no(
              'not-elevated',
              'Only an administrator may read a disk as it is.',
              'Start Switchyard as administrator, or read a file on a share.',
            ),
          ]),
      ...(disk === undefined ? [unknownDisk(number, about)] : refusalsOf(disk, target, about)),
    ],
  };
}

function diskNames({ model, targets }: LoadSubject): string {
  const numbers = new Set(targets.flatMap(({ diskNumbers }) => diskNumbers));
  const found = model.disks.filter((disk) => numbers.has(disk.number) && disk.isOffline === false);
  return found.length === 0
    ? 'This host reaches no disk over paths of its own.'
    : `There are: ${found
        .slice(0, 8)
        .map(({ name }) => name)
        .join(', ')}.`;
}

function unknownDisk(number: number, about: LoadSubject): LoadRefusal {
  return no('unknown-disk', `Windows lists no disk ${number}.`, diskNames(about));
}

function refusalsOf(
  disk: Disk,
  target: TargetCeilings | undefined,
  about: LoadSubject,
): readonly LoadRefusal[] {
  const { name, isOffline, isBootOrSystem, isClustered, uniqueId, sizeBytes } = disk;
  const offline = isOffline === undefined ? 'Whether it is online is not known' : `${name} is offline here`;
  return [
    ...(target === undefined
      ? [
          no(
            'local-disk',
            `${name} is reached over no path to iSCSI or Fibre Channel storage that this host shows.`,
            diskNames(about),
          ),
        ]
      : []),
    ...(isBootOrSystem === false
      ? []
      : [
          no(
            'of-windows',
            isBootOrSystem === true
              ? `Windows starts from ${name}.`
              : `Whether Windows starts from ${name} is not known.`,
          ),
        ]),
    ...(isOffline === false
      ? []
      : [
          isClustered === false
            ? no('offline', `${offline}.`)
            : no(
                'other-node',
                `${offline}: another node of a cluster may own it.`,
                'Run the load on the node that owns it.',
              ),
        ]),
    ...(isIdentity(uniqueId) && sizeBytes !== undefined
      ? []
      : [no('unidentified', `${name} has no identity by which it could be known again when it is opened.`)]),
    ...(sizeBytes === undefined || sizeBytes >= loadBounds.leastSizeBytes
      ? []
      : [no('too-small', `${name} is smaller than ${formatAmount(loadBounds.leastSizeBytes)}.`)]),
  ];
}

function findFile(path: string, about: LoadSubject): Found {
  const { model, targets } = about;
  const parsed = shareAndFile(path);
  const refused = refusedPath(path);
  const found = { name: path, opened: path, target: undefined, ceilings: undefined };
  if (refused !== undefined || parsed === undefined) {
    return { ...found, refusals: refused === undefined ? [] : [refused] };
  }
  const key = parsed.server.toLowerCase();
  const server = model.smbServers.find(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.toLowerCase() === key),
  );
  if (server === undefined) {
    const names = model.smbServers.filter(({ isLoopback }) => !isLoopback).map(({ name }) => name);
    return {
      ...found,
      refusals: [
        no(
          'unknown-server',
          `This host uses no share of a server ${parsed.server}.`,
          names.length === 0 ? undefined : `There are: ${names.slice(0, 8).join(', ')}.`,
        ),
      ],
    };
  }
  const target = targets.find(({ id }) => id === server.id);
  const share = server.shares.find(({ shareName }) => shareName.toLowerCase() === parsed.share.toLowerCase());
  return {
    ...found,
    target,
    ceilings: partOf(target, share?.id),
    refusals: [
      ...(server.isLoopback ? [no('own-server', `${server.name} is this host: no wire lies between.`)] : []),
      ...(share === undefined
        ? [
            no(
              'unknown-share',
              `This host has no share ${parsed.share} of ${server.name} in use.`,
              server.shares.length === 0
                ? undefined
                : `There are: ${server.shares.map(({ shareName }) => shareName).join(', ')}.`,
            ),
          ]
        : []),
      ...(target === undefined && !server.isLoopback
        ? [no('no-path', `No path to ${server.name} is known.`)]
        : []),
    ],
  };
}

function takesText(
  { seconds, bitsPerSecond, bytes }: Pick<LoadPlan, 'seconds' | 'bitsPerSecond' | 'bytes'>,
  guaranteed: number | null,
  target: TargetCeilings | undefined,
): string {
  const part =
    guaranteed === null || guaranteed === 0
      ? ''
      : `, ${Math.round((100 * bitsPerSecond) / guaranteed)} % of the ${formatBitsPerSecond(guaranteed)} that are certain`;
  const from = target === undefined ? '' : ` from ${shortTarget(target)}`;
  return `It takes up to ${formatBitsPerSecond(bitsPerSecond)}${part}${from} for twice ${counted(seconds, 'second')}, and reads ${formatAmount(bytes)} at most. Whoever works over the same paths meanwhile may get that much less.`;
}
