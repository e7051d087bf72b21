/** What the bench uses of the published max-flows beside ours; neither comes with types. */
declare module 'js-graph-algorithms' {
  class FlowEdge {
    constructor(from: number, to: number, capacity: number);
  }
  class FlowNetwork {
    constructor(nodes: number);
    addEdge(edge: FlowEdge): void;
  }
  class FordFulkerson {
    readonly value: number;
    constructor(network: FlowNetwork, source: number, sink: number);
  }
  const algorithms: {
    readonly FlowEdge: typeof FlowEdge;
    readonly FlowNetwork: typeof FlowNetwork;
    readonly FordFulkerson: typeof FordFulkerson;
  };
  export default algorithms;
}

declare module 'graph-theory-ford-fulkerson' {
  /** `graph[from][to]` is a capacity. */
  const maxFlow: (graph: number[][], source: number, sink: number) => number;
  export default maxFlow;
}
