import type { Upsert } from "../diff/model";
import { IntColumn } from "./int-column";
import { PackedColumn } from "./packed-column";
import type { PlannedStep, Step } from "./plan";
import type { Spool } from "./ports";
import type { Rejection } from "./quarantine";
import type { LeftoverRow } from "./snapshot";
import { SpooledTexts } from "./spooled-texts";

/** The texts of one leftover. */
export interface LeftoverTexts {
  /** As the ERP sent it. */
  text: string;
  /** As the target should have it, see ReadRow. */
  mapped: string;
}

/**
 * The rows of an answer that are not equal to a known one: their texts on disk, the rest in columns, since an object for
 * each of very many rows takes five times the memory. By group they are what the diff compares, in their order what
 * ingest stores.
 */
export class Leftovers {
  private readonly texts: SpooledTexts;
  private readonly places = new IntColumn();
  private readonly names = new PackedColumn();
  private readonly rowKeys = new PackedColumn();
  private readonly fingerprints = new PackedColumn();
  private readonly mappedHashes = new PackedColumn();
  private readonly versions = new Map<number, string>();
  /** The one row of a group, or several: most groups have one. */
  private readonly groups = new Map<string, number | number[]>();
  // What becomes of each row, from seal() on: ids only where there is a raw row, or another erp_id than the key.
  private kinds: (Upsert["kind"] | "reject" | "drop")[] = [];
  private rawIds: string[] | null = null;
  private erpIds: string[] | null = null;
  /** Why rows are refused that could be mapped, by their key. */
  private refusalOf = (key: string): Rejection => {
    throw new Error(`nobody said why the row ${key} is refused`);
  };

  constructor(spool: Spool) {
    this.texts = new SpooledTexts(spool, "leftovers.txt");
  }

  put(row: LeftoverRow, { text, mapped }: LeftoverTexts): void {
    const seq = this.places.length;
    this.texts.put(text);
    // A mistake in the settings may make all rows invalid: why waits on disk as well, as a line of JSON.
    this.texts.put(row.rejection ? `${JSON.stringify(row.rejection)}\n${mapped}` : mapped);
    this.places.push(row.position);
    this.names.add(row.group);
    this.rowKeys.add(row.key);
    this.fingerprints.add(row.fingerprint);
    this.mappedHashes.add(row.mappedHash);
    if (row.version) this.versions.set(seq, row.version);
    this.putInGroup(row.group, seq);
  }

  private putInGroup(group: string, seq: number): void {
    const others = this.groups.get(group);
    if (others === undefined) this.groups.set(group, seq);
    else if (typeof others === "number") this.groups.set(group, [others, seq]);
    else others.push(seq);
  }

  /** No more rows come. */
  seal(): void {
    this.texts.seal();
    this.kinds = filled(this.count, "drop");
  }

  /** How many rows there are. */
  get count(): number {
    return this.places.length;
  }

  /** The groups' names. */
  keys(): Iterable<string> {
    return this.groups.keys();
  }

  has(group: string): boolean {
    return this.groups.has(group);
  }

  /** The rows of a group. */
  get(group: string): LeftoverRow[] | undefined {
    const places = this.groups.get(group);
    if (places === undefined) return undefined;
    return typeof places === "number" ? [this.row(places)] : places.map((seq) => this.row(seq));
  }

  private row(seq: number): LeftoverRow {
    const mappedHash = this.mappedHashes.at(seq);
    const row: LeftoverRow = {
      seq,
      position: this.places.at(seq) as number,
      group: this.names.at(seq),
      key: this.rowKeys.at(seq),
      fingerprint: this.fingerprints.at(seq),
      mappedHash,
      valid: mappedHash !== "",
    };
    const version = this.versions.get(seq);
    if (version !== undefined) row.version = version;
    return row;
  }

  /** All groups are compared: from here on rows are asked for in their order alone. */
  forgetGroups(): void {
    this.groups.clear();
  }

  /** The row is stored. Until somebody says so it is dropped. */
  store({ kind, row: { seq, key }, rawId, erpId }: Upsert<LeftoverRow>): void {
    this.kinds[seq] = kind;
    if (rawId === "" && erpId === key) return;
    this.rawIds ??= filled(this.count, "");
    this.erpIds ??= filled(this.count, "");
    this.rawIds[seq] = rawId;
    this.erpIds[seq] = erpId;
  }

  /** These rows are not stored, and a person is to see why. */
  rejectAll(rows: LeftoverRow[], refusalOf: (key: string) => Rejection): void {
    for (const { seq } of rows) this.kinds[seq] = "reject";
    this.refusalOf = refusalOf;
  }

  /** What becomes of each row, one after the other, with its texts. */
  steps(): () => PlannedStep {
    const take = this.texts.take();
    let next = 0;
    return () => {
      const seq = next++;
      const text = take();
      const { rejection, mapped } = this.apart(seq, take());
      return { step: this.step(seq, rejection), texts: { text, mapped } };
    };
  }

  private apart(seq: number, put: string): { rejection?: Rejection; mapped: string } {
    if (this.mappedHashes.at(seq) !== "") return { mapped: put };
    const end = put.indexOf("\n");
    return { rejection: JSON.parse(put.slice(0, end)) as Rejection, mapped: put.slice(end + 1) };
  }

  private step(seq: number, rejection: Rejection | undefined): Step {
    const kind = this.kinds[seq];
    if (kind === undefined || kind === "drop") return { kind: "drop" };
    const row = this.row(seq);
    if (kind === "reject") return { kind, row, rejection: this.refusalOf(row.key) };
    if (rejection) row.rejection = rejection;
    return {
      kind: "upsert",
      upsert: { kind, row, rawId: this.rawIds?.[seq] ?? "", erpId: this.erpIds?.[seq] || row.key },
    };
  }
}

function filled<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}
