/** What the ceilings cost on a host made for it, how that grows, and the max-flow beside published ones. */
import publishedFlow from 'graph-theory-ford-fulkerson';
import jsgraphs from 'js-graph-algorithms';
import { readSnapshot } from '../../src-main/discovery/read-snapshot.ts';
import { captureOf } from '../../src-main/hosts/simulated-host/observe.ts';
import type { Scenario } from '../../src-main/hosts/simulated-host/scenario.ts';
import { buildGraph } from '../../src-main/path-graph/build-graph.ts';
import { buildModel } from '../../src-main/path-graph/build-model.ts';
import { targetCeilings } from '../../src-main/path-graph/ceilings.ts';
import { openNetwork } from '../../src-main/path-graph/max-flow.ts';
import { heading, median, milliseconds, row } from './print.ts';

/**
 * 32 NICs, 64 sessions and 40 targets, and so many times that: half of the NICs plain, half in embedded teams of eight
 * with four storage vNICs each; targets have one or two sessions, with a disk each, used in turn.
 */
function hostOf(times: number): Scenario {
  const blocks = Array.from({ length: times }, (_, block) => block);
  const sixteen = Array.from({ length: 16 }, (_, at) => at);
  const endpoint = (block: number, at: number): { name: string; address: string } => {
    const name = at < 16 ? `P${block}-${at}` : `vEthernet (V${block}-${at})`;
    return { name, address: `10.${block}.${at}.11` };
  };
  const ends = (block: number, target: number): readonly number[] =>
    target < 24 ? [target, (target + 7) % 24] : [target - 24];
  const targets = blocks.flatMap((block) => Array.from({ length: 40 }, (_, target) => ({ block, target })));
  const diskOf = (block: number, target: number): number => 1 + 40 * block + target;
  return {
    id: 'bench',
    title: 'Bench',
    story: 'A host made for the bench.',
    windows: { release: '2022' },
    computer: { name: 'HV01', domain: 'corp.example' },
    features: ['Hyper-V', 'Multipath-IO'],
    adapters: blocks.flatMap((block) => [
      ...sixteen.map((at) => ({ name: `P${block}-${at}`, speed: 10e9 })),
      ...sixteen.map((at) => ({ name: `T${block}-${at}`, speed: at % 2 === 0 ? 10e9 : 25e9 })),
    ]),
    vswitches: blocks.flatMap((block) =>
      [0, 1].map((team) => ({
        name: `S${block}-${team}`,
        uplink: {
          set: sixteen.slice(8 * team, 8 * team + 8).map((at) => `T${block}-${at}`),
          lbAlgorithm: 'Dynamic' as const,
        },
      })),
    ),
    vnics: blocks.flatMap((block) =>
      sixteen.slice(0, 8).map((at) => ({ name: `V${block}-${16 + at}`, vswitch: `S${block}-${at % 2}` })),
    ),
    addresses: blocks.flatMap((block) =>
      Array.from({ length: 24 }, (_, at) => {
        const { name, address } = endpoint(block, at);
        return { interface: name, address: `${address}/24` };
      }),
    ),
    iscsi: {
      targets: targets.map(({ block, target }) => ({
        iqn: `iqn.2026-11.example:t${block}-${target}`,
        portals: ends(block, target).map((at) => `10.${block}.${at}.${101 + target}`),
      })),
      sessions: targets.flatMap(({ block, target }) =>
        ends(block, target).map((at) => ({
          iqn: `iqn.2026-11.example:t${block}-${target}`,
          connections: [{ from: endpoint(block, at).address, to: `10.${block}.${at}.${101 + target}` }],
          disks: [diskOf(block, target)],
        })),
      ),
    },
    disks: targets.map(({ block, target }) => ({ number: diskOf(block, target) })),
    mpio: {
      disks: targets.map(({ block, target }) => ({
        disk: diskOf(block, target),
        policy: target % 2 === 0 ? ('RR' as const) : ('LQD' as const),
      })),
    },
  };
}

function timed(run: () => unknown, times: number): number {
  run();
  return median(
    Array.from({ length: times }, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    }),
  );
}

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
}

/** Layers of nodes, each joined to every node of the next; capacities by a fixed rule, in Gbit/s. */
function layered(layers: number, width: number): { readonly nodes: number; readonly arcs: readonly Arc[] } {
  const node = (layer: number, at: number): number => 2 + layer * width + at;
  const across = Array.from({ length: width }, (_, at) => at);
  const arcs: Arc[] = across.flatMap((at) => [
    { from: 0, to: node(0, at), capacity: 40 },
    { from: node(layers - 1, at), to: 1, capacity: 25 + (at % 3) },
  ]);
  for (let layer = 0; layer + 1 < layers; layer += 1) {
    for (const at of across) {
      for (const next of across) {
        arcs.push({
          from: node(layer, at),
          to: node(layer + 1, next),
          capacity: 1 + ((7 * at + 5 * next + layer) % 10),
        });
      }
    }
  }
  return { nodes: 2 + layers * width, arcs };
}

function benchFlows(): void {
  heading('Max-flow on the same graphs, building them included, median of 15');
  for (const [layers, width] of [
    [3, 8],
    [4, 16],
    [5, 24],
  ] as const) {
    const { nodes, arcs } = layered(layers, width);
    const ours = (): number => {
      const network = openNetwork();
      for (let node = 0; node < nodes; node += 1) network.addNode();
      for (const { from, to, capacity } of arcs) network.addArc(from, to, capacity);
      return network.run(0, 1);
    };
    const published: readonly (readonly [string, () => number])[] = [
      [
        'js-graph-algorithms',
        () => {
          const network = new jsgraphs.FlowNetwork(nodes);
          for (const { from, to, capacity } of arcs)
            network.addEdge(new jsgraphs.FlowEdge(from, to, capacity));
          return new jsgraphs.FordFulkerson(network, 0, 1).value;
        },
      ],
      [
        'graph-theory-ford-fulkerson',
        () => {
          const matrix = Array.from({ length: nodes }, () => new Array<number>(nodes).fill(0));
          for (const { from, to, capacity } of arcs) {
            const line = matrix[from];
            if (line !== undefined) line[to] = capacity;
          }
          return publishedFlow(matrix, 0, 1);
        },
      ],
    ];
    const flow = ours();
    const time = timed(ours, 15);
    row(`${nodes} nodes, ${arcs.length} arcs: ours`, milliseconds(time));
    for (const [name, run] of published) {
      const theirs = run();
      if (theirs !== flow) throw new Error(`${name} finds a flow of ${theirs} where ours is ${flow}.`);
      const taken = timed(run, 15);
      row(`  ${name}`, `${milliseconds(taken)}  (${(taken / time).toFixed(1)} times ours)`);
    }
  }
}

export function benchCeilings(): void {
  heading('All ceilings and cuts of 32 NICs, 64 sessions, 40 targets, median of 15');
  let base: number | undefined;
  for (const times of [1, 2, 4, 8]) {
    const snapshot = readSnapshot(captureOf(hostOf(times)));
    const model = buildModel(snapshot);
    const graph = buildGraph(model, snapshot);
    if (targetCeilings(model, graph, snapshot).some(({ possible }) => possible.bitsPerSecond === null)) {
      throw new Error('A ceiling of the bench is not known.');
    }
    const time = timed(() => targetCeilings(model, graph, snapshot), 15);
    base ??= time;
    row(`${times} times`, `${milliseconds(time)}  (${(time / base).toFixed(1)} times the first)`);
    if (times > 1) continue;
    const failed = timed(() => {
      const adapters = model.adapters.map((one, at) => (at === 0 ? { ...one, isUp: false } : one));
      const changed = { ...model, adapters };
      return targetCeilings(changed, buildGraph(changed, snapshot), snapshot);
    }, 15);
    row('  the same with one NIC failed, path graph included', milliseconds(failed));
    row('  both, where 50 ms is the goal', milliseconds(time + failed));
  }
  benchFlows();
}
