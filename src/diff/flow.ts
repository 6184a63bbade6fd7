/** A directed network with whole capacities, and its maximum flow (Dinic: shortest paths first). */
export class FlowNetwork {
  private readonly to: number[] = [];
  /** What an edge can still carry; edge n and its way back n ^ 1 stand side by side. */
  private readonly room: number[] = [];
  private readonly edgesOf: number[][] = [];

  addNode(): number {
    this.edgesOf.push([]);
    return this.edgesOf.length - 1;
  }

  /** Returns the edge's number, for `flowOf`. */
  addEdge(from: number, to: number, capacity: number): number {
    const edge = this.to.length;
    this.to.push(to, from);
    this.room.push(capacity, 0);
    this.edgesOf[from]?.push(edge);
    this.edgesOf[to]?.push(edge + 1);
    return edge;
  }

  flowOf(edge: number): number {
    return this.room[edge ^ 1] as number;
  }

  maximize(source: number, sink: number): void {
    for (;;) {
      const level = this.levels(source);
      if (level[sink] === -1) return;
      const next = this.edgesOf.map(() => 0);
      while (this.push(source, sink, Number.MAX_SAFE_INTEGER, level, next) > 0);
    }
  }

  /** How many edges each node is away from the source; -1 when nothing more can reach it. */
  private levels(source: number): number[] {
    const level = this.edgesOf.map(() => -1);
    level[source] = 0;
    const queue = [source];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at] as number;
      for (const edge of this.edgesOf[node] as number[]) {
        const to = this.to[edge] as number;
        if ((this.room[edge] as number) === 0 || level[to] !== -1) continue;
        level[to] = (level[node] as number) + 1;
        queue.push(to);
      }
    }
    return level;
  }

  /** Sends one path's worth from node to sink; `next` remembers which edges of a node are used up. */
  private push(node: number, sink: number, most: number, level: number[], next: number[]): number {
    if (node === sink) return most;
    const edges = this.edgesOf[node] as number[];
    for (; (next[node] as number) < edges.length; next[node] = (next[node] as number) + 1) {
      const edge = edges[next[node] as number] as number;
      const to = this.to[edge] as number;
      const room = this.room[edge] as number;
      if (room === 0 || level[to] !== (level[node] as number) + 1) continue;
      const sent = this.push(to, sink, Math.min(most, room), level, next);
      if (sent === 0) continue;
      this.room[edge] = room - sent;
      this.room[edge ^ 1] = (this.room[edge ^ 1] as number) + sent;
      return sent;
    }
    return 0;
  }
}
