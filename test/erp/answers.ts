import type { Factory } from "./factory";
import { type ErpAnswers, isFrom } from "./handlers";
import type { ErpRow } from "./row";

/** What the ERP answers now: the factory, or what a test has put in its place. */
export class Answers implements ErpAnswers {
  private instead: ErpRow[] | string | null = null;
  private cached = { version: -1, fromDate: "", text: "" };

  constructor(private readonly factory: Factory) {}

  /** Rows are filtered by fromDate like the factory's; text is answered as it is; null goes back to the factory. */
  replace(instead: ErpRow[] | string | null): void {
    this.instead = instead;
    this.cached.version = -1;
  }

  rows(): ErpRow[] {
    if (typeof this.instead === "string") return JSON.parse(this.instead) as ErpRow[];
    return this.instead ?? this.factory.rows();
  }

  bom(fromDate: string): string {
    if (typeof this.instead === "string") return this.instead;
    const { version } = this.factory;
    if (this.instead !== null || this.cached.version !== version || this.cached.fromDate !== fromDate) {
      const text = JSON.stringify(this.rows().filter((row) => isFrom(row, fromDate)));
      this.cached = { version, fromDate, text };
    }
    return this.cached.text;
  }
}
