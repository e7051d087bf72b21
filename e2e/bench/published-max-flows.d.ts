/** What the bench uses of the published max-flows beside ours; neither comes with types. */
declare module 'js-graph-algorithms' {
  interface FlowEdge {
    readonly capacity: number;
  }
  interface FlowNetwork {
    addEdge(edge: FlowEdge): void;
  }
  const algorithms: {
    readonly FlowEdge: new (from: number, to: number, capacity: number) => FlowEdge;
    readonly FlowNetwork: new (nodes: number) => FlowNetwork;
    readonly FordFulkerson: new (
      network: FlowNetwork,
      source: number,
      sink: number,
    ) => { readonly value: number };
  };
  export default algorithms;
}

declare module 'graph-theory-ford-fulkerson' {
  /** `graph[from][to]` is a capacity. */
  const maxFlow: (graph: number[][], source: number, sink: number) => number;
  export default maxFlow;
}
