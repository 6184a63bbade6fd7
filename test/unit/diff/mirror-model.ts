import { type Absent, decideAbsent } from "../../../src/diff/absent";
import { KnownRows } from "../../../src/diff/known";
import type { SnapshotRow, StoredRow, Upsert } from "../../../src/diff/model";
import { diffSnapshot, type Holds, type SnapshotDiff } from "../../../src/diff/snapshot";

/** A row of the ERP: `content` is what the target gets of it, `extra` is in its text only. "!" cannot be mapped. */
export interface ErpRow {
  group: string;
  key: string;
  content: string;
  extra: number;
}

interface Leftover extends SnapshotRow {
  group: string;
}

interface RawRow extends StoredRow {
  group: string;
  /** Its text cannot be mapped and waits in quarantine. */
  broken: boolean;
}

export interface Policy {
  onMissing: "keep" | "mark" | "delete";
  onDuplicate?: "keep" | "last" | "reject";
}

export interface Plan {
  /** What ingest writes, in the order of the snapshot. */
  upserts: Upsert<Leftover>[];
  absent: Absent[];
  diff: SnapshotDiff<Leftover>;
}

/** What a marked record says. */
export const MARK = "mark";

/** Raw rows and target as plain lists, with the writes that ingest and drain make in the database. */
export class Mirror {
  raws: RawRow[] = [];
  target = new Map<string, string>();
  private created = 0;

  diff(rows: ErpRow[], policy: Policy): Plan {
    const onDuplicate = policy.onDuplicate ?? "keep";
    const known = new KnownRows(this.raws.filter((raw) => !raw.missing).map((raw) => raw.fingerprint));
    const leftovers: Leftover[] = [];
    const lastPosition = new Map<string, number>();
    rows.forEach((row, position) => {
      const leftover = readRow(row, position);
      if (known.take(leftover.fingerprint)) lastPosition.set(leftover.fingerprint, position);
      else leftovers.push(leftover);
    });
    const size = known.size;
    const groups = groupBy(leftovers);
    const snapshot = { known, groups, lastPosition: onDuplicate === "keep" ? null : lastPosition };
    const upserts: Upsert<Leftover>[] = [];
    const onUpsert = (upsert: Upsert<Leftover>) => upserts.push(upsert);
    const asked = { onDuplicate, holds: this.holds(), onSlice: () => {}, onUpsert };
    const diff = diffSnapshot(snapshot, this.stored(), asked);
    const { absent } = decideAbsent(
      { superseded: diff.superseded, left: diff.left, aged: [] },
      {
        ...{ onMissing: policy.onMissing, sameScope: true, known: size, maxShrinkPercent: 100, approved: false },
      },
    );
    upserts.sort((a, b) => a.row.position - b.row.position);
    return { upserts, absent, diff };
  }

  private stored() {
    const rowsOf = (groups: string[]) =>
      new Map(groups.map((group) => [group, this.raws.filter((raw) => raw.group === group)] as const));
    const live = (raw: RawRow) => !raw.missing;
    const isKept = (raw: RawRow) => raw.missing && raw.mappedHash !== "" && !raw.held;
    return {
      groupsOf: (list: string[]) =>
        this.raws.filter((raw) => live(raw) && list.includes(raw.fingerprint)).map((raw) => raw.group),
      unsettledGroups: () =>
        this.raws
          .filter(isKept)
          .map((raw) => raw.group)
          .filter((group) => this.raws.some((raw) => raw.group === group && live(raw))),
      rowsOf,
    };
  }

  private holds(): Holds {
    const waiting = this.raws.filter((raw) => raw.broken && !raw.missing && raw.pushedHash === "");
    return { all: false, groups: new Set(), waiting: new Set(waiting.map((raw) => raw.id)), ignored: new Set() };
  }

  /** As ingest does: upserts in chunks of these sizes (the last one repeats), then absent rows. Stops after `transactions`. */
  ingest(plan: Plan, chunks: number[] = [1000], transactions = Number.POSITIVE_INFINITY): void {
    let left = transactions;
    let turn = 0;
    const size = () => chunks[Math.min(turn++, chunks.length - 1)] ?? 1000;
    for (let at = 0; at < plan.upserts.length && left-- > 0; ) {
      const some = plan.upserts.slice(at, at + size());
      for (const upsert of some) if (upsert.kind !== "new") this.change(upsert);
      for (const upsert of some) if (upsert.kind === "new") this.insert(upsert);
      at += some.length;
    }
    for (let at = 0; at < plan.absent.length && left-- > 0; ) {
      const some = plan.absent.slice(at, at + size());
      for (const absent of some) this.markAbsent(absent);
      at += some.length;
    }
  }

  private change({ rawId, erpId, row }: Upsert<Leftover>): void {
    const raw = this.raw(rawId);
    Object.assign(raw, { erpId, fingerprint: row.fingerprint, missing: false, held: false, broken: !row.valid });
    raw.mappedHash = row.valid ? row.mappedHash : raw.pushedHash;
    this.checkUnique();
  }

  private insert({ erpId, row }: Upsert<Leftover>): void {
    const { fingerprint, mappedHash, group, valid } = row;
    const state = { pushedHash: "", missing: false, held: false, broken: !valid };
    this.raws.push({ id: `raw${++this.created}`, erpId, group, fingerprint, mappedHash, ...state });
    this.checkUnique();
  }

  private markAbsent({ rawId, action }: Absent): void {
    const raw = this.raw(rawId);
    Object.assign(raw, { missing: true, held: action === "hold", broken: false });
    if (action === "delete") raw.mappedHash = "";
    if (action === "mark") raw.mappedHash = MARK;
  }

  private checkUnique(): void {
    const ids = this.raws.map((raw) => raw.erpId);
    if (new Set(ids).size < ids.length) throw new Error(`two raw rows have one erp_id: ${ids.join(", ")}`);
  }

  private raw(id: string): RawRow {
    const raw = this.raws.find((each) => each.id === id);
    if (!raw) throw new Error(`there is no raw row ${id}`);
    return raw;
  }

  /** Makes the target equal to what the raw rows ask for; returns how many records were written. */
  drain(): number {
    let writes = 0;
    for (const raw of this.raws) {
      if (raw.mappedHash === raw.pushedHash) continue;
      const hadRecord = this.target.has(raw.id);
      if (raw.mappedHash === "") this.target.delete(raw.id);
      else if (hadRecord || raw.mappedHash !== MARK) this.target.set(raw.id, raw.mappedHash);
      if (hadRecord || this.target.has(raw.id)) writes++;
      raw.pushedHash = this.target.has(raw.id) ? raw.mappedHash : "";
      raw.mappedHash = raw.pushedHash;
    }
    return writes;
  }

  run(rows: ErpRow[], policy: Policy, chunks?: number[]): number {
    this.ingest(this.diff(rows, policy), chunks);
    return this.drain();
  }

  /** What the target has, of these groups or of all. */
  contents(groups?: Set<string>): string[] {
    const raws = this.raws.filter((raw) => groups?.has(raw.group) ?? true);
    return raws.flatMap((raw) => this.target.get(raw.id) ?? []).sort();
  }

  /** What the rows are called and say, whatever their ids. */
  described(): string[] {
    return this.raws.map((raw) => `${raw.erpId} ${raw.fingerprint} ${raw.pushedHash} ${raw.missing}`).sort();
  }

  copy(): Mirror {
    const copy = new Mirror();
    copy.raws = this.raws.map((raw) => ({ ...raw }));
    copy.target = new Map(this.target);
    copy.created = this.created;
    return copy;
  }
}

export function fingerprintOf({ group, key, content, extra }: ErpRow): string {
  return [group, key, content, extra].join("/");
}

function readRow(row: ErpRow, position: number): Leftover {
  const valid = row.content !== "!";
  const key = `${row.group}|${row.key}`;
  return {
    group: row.group,
    position,
    key,
    fingerprint: fingerprintOf(row),
    mappedHash: valid ? row.content : "",
    valid,
  };
}

function groupBy(rows: Leftover[]): Map<string, Leftover[]> {
  const groups = new Map<string, Leftover[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}
