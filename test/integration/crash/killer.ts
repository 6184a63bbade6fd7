import type { SeededRandom } from "../../erp/random";
import type { Erp } from "../../erp/server";
import { type PocketBaseServer, pause } from "../harness";
import { PHASES, type Phase, phaseOf, reaches, startRun } from "./moment";

const TRANSPORTS = ["curl", "http"] as const;
type Transport = (typeof TRANSPORTS)[number];

/** A body that takes this long, for kills in the fetch. */
const FETCH_MS = 300;

/** The longest wait after a phase was seen to begin, in ms. */
const WAIT: Record<Phase, number> = { fetch: FETCH_MS, diff: 20, ingest: 100, drain: 400, finish: 0 };
const ANY_MOMENT_MS = 1500;
const TICK_MS = 150;

/** Kills runs and ticks with SIGKILL and counts what they were doing. */
export class Killer {
  kills = 0;
  /** Kills of a tick that held the stream. */
  ticks = 0;
  /** Kills that found no run at work, or one whose phase can no longer be told. */
  private between = 0;
  private readonly hits = new Map<string, number>();

  constructor(
    private readonly server: PocketBaseServer,
    private readonly erp: Erp,
    private readonly random: SeededRandom,
  ) {}

  /** Starts a run, kills it in or near the phase (or at any moment), starts PocketBase again. */
  async strike(aim: Phase | "any"): Promise<void> {
    const transport = this.nextTransport();
    await this.set(transport, this.random.pick(["records", "bulk"]));
    if (aim === "fetch") this.erp.fault({ kind: "slow", bytesPerMs: this.answerBytes() / FETCH_MS });
    const runId = await startRun(this.server);
    if (aim !== "any" && aim !== "fetch") await reaches(this.server, runId, aim);
    await this.killWithin(aim === "any" ? ANY_MOMENT_MS : WAIT[aim]);
    this.erp.clearFaults();
    const phase = await phaseOf(this.server, runId);
    // The worker may have come by while it was read.
    const { status } = await this.server.pb.collection("sync_runs").getOne(runId);
    if (phase === undefined || status !== "running") this.between++;
    else this.hits.set(`${phase} ${transport}`, this.hitsOf(phase, transport) + 1);
  }

  /** Lets the worker go to what was left, as it does every minute, and kills it there. */
  async strikeTick(): Promise<void> {
    await this.server.pb.send("/api/crons/erp_worker", { method: "POST" });
    await this.killWithin(TICK_MS);
    if ((await this.server.settings()).lock_owner.includes("|tick:")) this.ticks++;
  }

  /** Phases that were hit less often than that by one of the transports: those of the next one first. */
  short(times: number): Phase[] {
    const next = this.nextTransport();
    for (const transport of [next, ...TRANSPORTS]) {
      const phases = PHASES.filter((phase) => this.hitsOf(phase, transport) < times);
      if (phases.length > 0) return phases;
    }
    return [];
  }

  report(): string {
    const counts = PHASES.map((phase) => {
      const each = TRANSPORTS.map((transport) => `${transport} ${this.hitsOf(phase, transport)}`);
      return `${phase} ${each.join(" + ")}`;
    });
    return `${this.kills} kills: ${counts.join(", ")}, ticks ${this.ticks}, between runs ${this.between}`;
  }

  /** The transports take turns. */
  private nextTransport(): Transport {
    return TRANSPORTS[this.kills % 2] ?? "curl";
  }

  private hitsOf(phase: Phase, transport: Transport): number {
    return this.hits.get(`${phase} ${transport}`) ?? 0;
  }

  private async killWithin(ms: number): Promise<void> {
    await pause(Math.floor(this.random.next() * ms));
    await this.server.kill();
    this.kills++;
    await this.server.restart();
  }

  private async set(transport: Transport, mode: string): Promise<void> {
    const { options } = await this.server.settings();
    const source = { ...options.source, transport };
    await this.server.updateSettings({ options: { ...options, source, push: { mode } } });
  }

  private answerBytes(): number {
    return Buffer.byteLength(JSON.stringify(this.erp.factory.rows()));
  }
}
