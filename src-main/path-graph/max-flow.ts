/**
 * The most that can flow through a network of directed arcs, and the arcs that hold it back (Dinic's algorithm).
 *
 * Source of the method: E. A. Dinic, "Algorithm for solution of a problem of maximum flow in networks with power
 * estimation", 1970: layers by breadth-first search, then a blocking flow by depth-first search with one pointer for
 * each node.
 */

export interface FlowNetwork {
  /** A further node; nodes are numbered from 0 in the order of the calls. */
  readonly addNode: () => number;
  /** An arc with a capacity of 0 or more, Infinity included. Its number counts from 0 in the order of the calls. */
  readonly addArc: (from: number, to: number, capacity: number) => number;
  /**
   * Finds the maximum flow, once. Infinity where a way of unlimited arcs leads from source to sink; the flow on single
   * arcs means nothing then.
   */
  readonly run: (source: number, sink: number) => number;
  /** After {@link run}. */
  readonly flowOn: (arc: number) => number;
  /** After {@link run}: the arcs of the min cut that is nearest to the sink. Their capacities add up to the flow. */
  readonly cut: () => readonly number[];
}

export function openNetwork(): FlowNetwork {
  // Arc i runs at 2i, its way back at 2i + 1.
  const to: number[] = [];
  const left: number[] = [];
  const capacities: number[] = [];
  const arcsFrom: number[][] = [];
  let ends: readonly [source: number, sink: number] = [0, 0];

  const targetOf = (half: number): number => to[half] ?? 0;
  const leftOn = (half: number): number => left[half] ?? 0;

  const layers = (source: number, sink: number): Int32Array | undefined => {
    const level = new Int32Array(arcsFrom.length).fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const half of arcsFrom[node] ?? []) {
        const next = targetOf(half);
        if (leftOn(half) > 0 && level[next] === -1) {
          level[next] = (level[node] ?? 0) + 1;
          queue.push(next);
        }
      }
    }
    return level[sink] === -1 ? undefined : level;
  };

  const push = (
    node: number,
    sink: number,
    limit: number,
    level: Int32Array,
    pointer: Int32Array,
  ): number => {
    if (node === sink) return limit;
    const halves = arcsFrom[node] ?? [];
    for (let at = pointer[node] ?? 0; at < halves.length; at += 1) {
      pointer[node] = at;
      const half = halves[at] ?? 0;
      const next = targetOf(half);
      if (leftOn(half) <= 0 || level[next] !== (level[node] ?? 0) + 1) continue;
      const pushed = push(next, sink, Math.min(limit, leftOn(half)), level, pointer);
      if (pushed > 0) {
        left[half] = leftOn(half) - pushed;
        left[half ^ 1] = leftOn(half ^ 1) + pushed;
        return pushed;
      }
    }
    pointer[node] = halves.length;
    return 0;
  };

  return {
    addNode: () => arcsFrom.push([]) - 1,
    addArc: (from, target, capacity) => {
      const arc = capacities.push(capacity) - 1;
      to.push(target, from);
      left.push(capacity, 0);
      arcsFrom[from]?.push(2 * arc);
      arcsFrom[target]?.push(2 * arc + 1);
      return arc;
    },
    run: (source, sink) => {
      ends = [source, sink];
      let flow = 0;
      for (let level = layers(source, sink); level !== undefined; level = layers(source, sink)) {
        const pointer = new Int32Array(arcsFrom.length);
        for (;;) {
          const pushed = push(source, sink, Infinity, level, pointer);
          if (pushed === Infinity) return Infinity;
          if (pushed === 0) break;
          flow += pushed;
        }
      }
      return flow;
    },
    flowOn: (arc) => leftOn(2 * arc + 1),
    cut: () => {
      // Backwards from the sink over arcs that could still carry more towards it.
      const [, sink] = ends;
      const reaches = new Set([sink]);
      for (const node of reaches) {
        for (const half of arcsFrom[node] ?? []) {
          if (leftOn(half ^ 1) > 0) reaches.add(targetOf(half));
        }
      }
      return capacities.flatMap((_, arc) =>
        reaches.has(targetOf(2 * arc)) && !reaches.has(targetOf(2 * arc + 1)) ? [arc] : [],
      );
    },
  };
}
