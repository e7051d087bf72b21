/** What to expect of a target: its numbers as links carry them, as payload, and as a copy shows them. */
import { entitiesText } from '#shared/entity-text.ts';
import type { Check } from '#shared/finding.ts';
import type { Entity, HostModel } from '#shared/host/host-model.ts';
import type { Snapshot } from '#shared/host/snapshot.ts';
import type { Route, TargetCeilings } from '#shared/path-graph.ts';
import { formatBitsPerSecond, formatBytesPerSecond } from '#shared/units.ts';
import type { Expectation, ExpectationBar, MeasuredBar, MeasuredRate } from '#shared/what-if.ts';
import { addressById, adapterById, interfaceById } from '../path-graph/walks.ts';
import { figureNames, figureOf } from './figures.ts';
import { overheadOf } from './overhead.ts';

const usualMtu = 1500;
const namesShown = 4;
const mebibyte = 1_048_576;

interface RouteWire {
  readonly mtuBytes?: number;
  readonly isTagged: boolean;
  readonly ipVersion: 4 | 6;
  readonly isRdma: boolean;
}

/** The smallest packet size that any part of the route is set to. */
function mtuOf(model: HostModel, snapshot: Snapshot, route: Route): number | undefined {
  const endpoint = interfaceById(model, route.endpointId);
  const reading = snapshot.readings.NetIPInterface;
  const rows = reading.status === 'ok' ? reading.records : [];
  const sizes = [
    endpoint?.mtuBytes,
    ...rows.flatMap(({ interfaceIndex, mtuBytes }) =>
      interfaceIndex === endpoint?.interfaceIndex ? (mtuBytes ?? []) : [],
    ),
    ...route.egress.adapterIds.map((id) => adapterById(model, id)?.mtuBytes),
  ].flatMap((size) => (typeof size === 'number' && size >= 576 && size <= 65_535 ? [size] : []));
  return endpoint === undefined || sizes.length === 0 ? undefined : Math.min(...sizes);
}

function wireOf(model: HostModel, snapshot: Snapshot, route: Route): RouteWire {
  const endpoint = interfaceById(model, route.endpointId);
  const vlanId = endpoint?.kind === 'adapter' ? undefined : endpoint?.vlanId;
  const address = route.hopIds.flatMap((id) => addressById(model, id) ?? [])[0];
  const channel = model.smbServers.flatMap((server) => server.channels).find(({ id }) => id === route.id);
  const mtuBytes = mtuOf(model, snapshot, route);
  return {
    isTagged: typeof vlanId === 'number' && vlanId > 0,
    ipVersion: address?.family === 'IPv6' ? 6 : 4,
    isRdma: channel?.clientRdmaCapable === true && channel.serverRdmaCapable === true,
    ...(mtuBytes !== undefined && { mtuBytes }),
  };
}

type Account = Expectation['overhead'] & { readonly assumptions: readonly string[] };

function accountOf(
  target: TargetCeilings,
  check: Pick<Check, 'model' | 'graph'>,
  snapshot: Snapshot,
): Account {
  const none = (what: string, because: string): Account => ({
    payloadShare: null,
    lines: [{ what, because }],
    assumptions: [],
  });
  if (target.kind === 'disk') {
    return none(
      'Not over a network',
      'The disk is reached without Ethernet; its protocol takes its own share.',
    );
  }
  const wires = check.graph.routes
    .filter((route) => route.targetId === target.id && !route.isStandby)
    .map((route) => wireOf(check.model, snapshot, route));
  if (wires.some(({ isRdma }) => isRdma)) {
    return none(
      'RDMA',
      'SMB Direct carries no TCP, and what its frames take depends on the kind of RDMA, which the host does not tell; the link speed is the upper end.',
    );
  }
  const sizes = wires.map(({ mtuBytes }) => mtuBytes).filter((size) => size !== undefined);
  const isMtuAssumed = sizes.length < wires.length || sizes.length === 0;
  const mtuBytes = Math.min(...sizes, ...(isMtuAssumed ? [usualMtu] : []));
  const isSeveral = new Set(sizes).size > 1;
  const { payloadShare, lines } = overheadOf({
    protocol: target.kind,
    mtuBytes,
    isMtuAssumed: isMtuAssumed && mtuBytes === usualMtu,
    isTagged: wires.some(({ isTagged }) => isTagged),
    ipVersion: wires.some(({ ipVersion }) => ipVersion === 6) ? 6 : 4,
    hasTimestamps: false,
  });
  return {
    payloadShare,
    lines,
    assumptions: [
      ...(isMtuAssumed ? [`The MTU of the route is not known; ${usualMtu} is taken.`] : []),
      ...(isSeveral
        ? [`The routes differ in MTU (${[...new Set(sizes)].join(', ')}); the smallest is taken for all.`]
        : []),
    ],
  };
}

function limitedBy(target: TargetCeilings, name: ExpectationBar['name']): readonly Entity[] {
  if (name === 'single stream') return target.singleStreamLimitedBy;
  if (name === 'possible') return target.limitedBy;
  if (name === 'guaranteed') {
    return target[target.guaranteed.direction ?? 'read'].guaranteedHeldBack.by;
  }
  return [];
}

function heldBack(target: TargetCeilings, name: ExpectationBar['name']): string | undefined {
  if (name === 'possible') return target.limitedByText;
  return name === 'guaranteed'
    ? target[target.guaranteed.direction ?? 'read'].guaranteedHeldBack.sentence
    : undefined;
}

function barsOf(target: TargetCeilings, payloadShare: number | null): readonly ExpectationBar[] {
  return figureNames.map((name): ExpectationBar => {
    const { bitsPerSecond, unknownBecause } = figureOf(target, name);
    const sentence = heldBack(target, name);
    return {
      name,
      bitsPerSecond,
      bytesPerSecond:
        bitsPerSecond === null || payloadShare === null
          ? null
          : Math.floor((bitsPerSecond / 8) * payloadShare),
      ...(unknownBecause !== undefined && { unknownBecause }),
      ...(sentence !== undefined && { heldBack: sentence }),
      limitedBy: limitedBy(target, name).map(({ id, kind, name: shown }) => ({ id, kind, name: shown })),
    };
  });
}

/** Windows shows MB in file copies and means MiB: 119 MB/s of payload read "113 MB/s" there. */
function asWindowsShows(bytesPerSecond: number): string {
  const mebibytes = bytesPerSecond / mebibyte;
  return mebibytes >= 1000
    ? `${Number((mebibytes / 1024).toPrecision(3))} GB/s`
    : `${Number(mebibytes.toPrecision(3))} MB/s`;
}

function textOf(bars: readonly ExpectationBar[]): string {
  const single = bars.find(({ name }) => name === 'single stream');
  if (single === undefined || single.bitsPerSecond === null) {
    return `What one stream can get is not known. ${single?.unknownBecause ?? ''}`.trim();
  }
  const by = single.limitedBy.length === 0 ? '' : ` through ${entitiesText(single.limitedBy, namesShown)}`;
  const link = `One stream gets at most ${formatBitsPerSecond(single.bitsPerSecond)}${by}`;
  if (single.bytesPerSecond === null) return `${link}.`;
  return `${link}, which is ${formatBytesPerSecond(single.bytesPerSecond)} of data; a file copy in Windows counts 1,048,576 bytes as one MB and shows it as ${asWindowsShows(single.bytesPerSecond)}.`;
}

/** Where the overhead is not known, what was measured stands on the scale without one. */
function measuredBar(measured: MeasuredRate, payloadShare: number | null): MeasuredBar {
  const onLink = (bytesPerSecond: number): number => Math.round((bytesPerSecond * 8) / (payloadShare ?? 1));
  return {
    ...measured,
    medianBitsPerSecond: onLink(measured.median),
    p95BitsPerSecond: onLink(measured.p95),
  };
}

/**
 * Of one target of the check; `snapshot` is what the check was made of, `measured` what the target got while counters
 * were recorded.
 */
export function expectationOf(
  target: TargetCeilings,
  check: Pick<Check, 'model' | 'graph'>,
  snapshot: Snapshot,
  measured?: MeasuredRate,
): Expectation {
  const { payloadShare, lines, assumptions } = accountOf(target, check, snapshot);
  const bars = barsOf(target, payloadShare);
  return {
    targetId: target.id,
    kind: target.kind,
    name: target.name,
    bars,
    ...(measured !== undefined && { measured: measuredBar(measured, payloadShare) }),
    overhead: { payloadShare, lines },
    assumptions: [...assumptions, ...target.assumptions],
    text: textOf(bars),
  };
}
