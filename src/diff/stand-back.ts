import { FlowNetwork } from "./flow";
import { hasRecord, type KnownRow, type SnapshotRow } from "./model";

/** What is left of one key after equal contents were paired. */
interface SameKey<R extends SnapshotRow> {
  rows: R[];
  known: KnownRow[];
}

export interface StandBack<R extends SnapshotRow> {
  rows: Set<R>;
  known: Set<KnownRow>;
}

/**
 * When a key has more rows than known rows, or the other way round, some of them find no partner of their own key. This
 * chooses those for which another key has the same content, so that they need no write: as many as can be, which is a
 * maximum flow from rows by content to known rows. Only keys that occur more than once ever have a choice.
 */
export function standBack<R extends SnapshotRow>(keys: SameKey<R>[]): StandBack<R> {
  const back: StandBack<R> = { rows: new Set(), known: new Set() };
  if (keys.some(hasChoice)) chooseBy(new Exchange(keys), back);
  return back;
}

function hasChoice<R extends SnapshotRow>({ rows, known }: SameKey<R>): boolean {
  return rows.length > 0 && known.length > 0 && rows.length !== known.length;
}

/** The network: source → key with too many rows → content → key with too many known rows → sink. */
class Exchange<R extends SnapshotRow> {
  readonly givers: { edge: number; rows: R[] }[] = [];
  readonly takers: { edge: number; known: KnownRow[] }[] = [];
  readonly flow = new FlowNetwork();
  private readonly contents = new Map<string, number>();

  constructor(keys: SameKey<R>[]) {
    const source = this.flow.addNode();
    const sink = this.flow.addNode();
    const more: { node: number; count: number }[] = [];
    for (const { rows, known } of keys) {
      const surplus = rows.length - known.length;
      if (surplus > 0) this.addRows(source, rows, surplus);
      else if (surplus < 0) more.push(this.addKnown(sink, known, -surplus));
    }
    this.flow.maximize(source, sink);
    for (const { node, count } of more) this.flow.addEdge(node, sink, count);
    this.flow.maximize(source, sink);
  }

  /** Rows that cannot be mapped stand back first: they cannot go to another key. */
  private addRows(source: number, rows: R[], surplus: number): void {
    const valid = rows.filter((row) => row.valid);
    const node = this.flow.addNode();
    this.flow.addEdge(source, node, Math.max(0, surplus - (rows.length - valid.length)));
    for (const [content, same] of byContent(valid, (row) => row.mappedHash)) {
      this.givers.push({ edge: this.flow.addEdge(node, this.contentNode(content), same.length), rows: same });
    }
  }

  /**
   * Known rows without a record stand back before those with one. Returns how many more records may stand back in place
   * of them, at the price that one more may have to be deleted: only used when there is no other way.
   */
  private addKnown(sink: number, known: KnownRow[], surplus: number): { node: number; count: number } {
    const node = this.flow.addNode();
    const records = known.filter(hasRecord);
    const surely = Math.max(0, surplus - (known.length - records.length));
    this.flow.addEdge(node, sink, surely);
    for (const [content, same] of byContent(records, (raw) => raw.pushedHash)) {
      this.takers.push({ edge: this.flow.addEdge(this.contentNode(content), node, same.length), known: same });
    }
    return { node, count: surplus - surely };
  }

  private contentNode(content: string): number {
    const node = this.contents.get(content) ?? this.flow.addNode();
    this.contents.set(content, node);
    return node;
  }
}

function chooseBy<R extends SnapshotRow>({ flow, givers, takers }: Exchange<R>, back: StandBack<R>): void {
  for (const { edge, rows } of givers) for (const row of rows.slice(0, flow.flowOf(edge))) back.rows.add(row);
  for (const { edge, known } of takers) for (const raw of known.slice(0, flow.flowOf(edge))) back.known.add(raw);
}

function byContent<T>(items: T[], contentOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const same = found.get(contentOf(item));
    if (same) same.push(item);
    else found.set(contentOf(item), [item]);
  }
  return found;
}
