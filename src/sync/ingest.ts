import { closeSettled } from "../queue/complete";
import { enqueueRows } from "../queue/enqueue";
import { AdaptiveBatch } from "./batch";
import { toDbTime } from "./clock";
import type { RunContext } from "./context";
import { fence } from "./lease";
import { streamMapper } from "./mapper";
import type { Plan, Step } from "./plan";
import type { Db } from "./ports";
import { quarantine, resolveRows, resolveUnseen } from "./quarantine";
import { insertRows, markAbsent, markMissed, type RawWrite, updateRows } from "./raw";
import { updateRun } from "./runs";
import type { KeylessRow, Mapper } from "./snapshot";

/** The largest number of rows one transaction takes, however fast the machine. */
const ROWS_AT_ONCE = 2000;

/**
 * Writes the changed rows only, in short transactions: raw rows, quarantine and jobs together. Killed between two of
 * them, the next run finds the rest again.
 */
export function ingest(run: RunContext, plan: Plan): void {
  const batch = new AdaptiveBatch(run.engine.clock, ROWS_AT_ONCE);
  ingestSteps(run, plan, batch);
  ingestAbsent(run, plan, batch);
  ingestMissed(run, plan, batch);
  ingestKeyless(run, plan.keyless, batch);
  run.engine.store.transaction((tx) => {
    fence(run.engine, tx, run.lease);
    const now = run.engine.clock();
    if (plan.complete) resolveUnseen(tx, run.stream.name, now, toDbTime(run.startedAt));
    const { scopeHash: scope_hash, cursor } = plan;
    updateRun(tx, run.runId, { ...run.rows, ingested_at: toDbTime(now), scope_hash, cursor });
  });
  run.ingested = true;
}

function ingestSteps(run: RunContext, plan: Plan, batch: AdaptiveBatch): void {
  const takeText = plan.leftovers.take();
  const { map } = streamMapper(run.engine, run.stream);
  for (let at = 0; at < plan.steps.length; ) {
    const steps = plan.steps.slice(at, at + batch.size);
    const texts = steps.map(() => takeText());
    const mapped = steps.map((step, n) => (isInvalid(step) ? mapText(map, texts[n] as string) : undefined));
    inOneTransaction(run, batch, steps.length, (tx) => writeSteps(run, tx, steps, texts, mapped));
    at += steps.length;
    run.engine.progress("ingest", at, plan.steps.length);
  }
}

function isInvalid(step: Step): boolean {
  return step.kind === "upsert" && step.row.rejection !== undefined;
}

/** A rejected row is mapped once more, as keeping what the diff made of it would cost its memory. */
function mapText(map: Mapper, text: string): Record<string, unknown> {
  return map(JSON.parse(text) as Record<string, unknown>).values;
}

type MappedRows = (Record<string, unknown> | undefined)[];

function writeSteps(run: RunContext, tx: Db, steps: Step[], texts: string[], mapped: MappedRows): void {
  const writes: RawWrite[] = [];
  steps.forEach((step, at) => {
    const text = texts[at] as string;
    if (step.kind === "upsert") {
      const newId = run.engine.newId();
      writes.push({ upsert: step.upsert, row: step.row, text, newId, ...(mapped[at] && { mapped: mapped[at] }) });
    }
    if (step.kind === "reject") {
      quarantine(tx, run.stream.name, run.runId, run.engine.clock(), {
        rawId: "",
        jobId: "",
        erpId: step.erpId,
        rawText: text,
        fingerprint: step.fingerprint,
        rejection: step.rejection,
      });
    }
  });
  const changed = writes.filter((write) => write.upsert.kind !== "new");
  const created = writes.filter((write) => write.upsert.kind === "new");
  updateRows(run, tx, changed);
  insertRows(run, tx, created);
  for (const write of writes) quarantineInvalid(run, tx, write);
  const valid = changed.filter((write) => write.row.valid).map((write) => write.upsert.rawId);
  resolveRows(tx, run.engine.clock(), valid, "mended");
  closeSettled(tx, run.engine.clock(), valid);
  const ids = changed.map((write) => write.upsert.rawId).concat(created.map((write) => write.newId));
  enqueueRows(tx, { stream: run.stream.name, run: run.runId, now: toDbTime(run.engine.clock()) }, ids);
}

function quarantineInvalid(run: RunContext, tx: Db, write: RawWrite): void {
  if (!write.row.rejection) return;
  quarantine(tx, run.stream.name, run.runId, run.engine.clock(), {
    rawId: write.upsert.rawId || write.newId,
    jobId: "",
    erpId: write.upsert.erpId,
    rawText: write.text,
    fingerprint: "",
    rejection: write.row.rejection,
    ...(write.mapped && { mapped: write.mapped }),
  });
}

function ingestAbsent(run: RunContext, plan: Plan, batch: AdaptiveBatch): void {
  for (let at = 0; at < plan.absent.length; ) {
    const absent = plan.absent.slice(at, at + batch.size);
    const ids = absent.map((row) => row.rawId);
    inOneTransaction(run, batch, absent.length, (tx) => {
      markAbsent(run, tx, absent);
      resolveRows(tx, run.engine.clock(), ids);
      closeSettled(tx, run.engine.clock(), ids);
      enqueueRows(tx, { stream: run.stream.name, run: run.runId, now: toDbTime(run.engine.clock()) }, ids);
    });
    at += absent.length;
  }
}

function ingestMissed(run: RunContext, { missed }: Plan, batch: AdaptiveBatch): void {
  for (let at = 0; at < missed.length; ) {
    const ids = missed.slice(at, at + batch.size);
    inOneTransaction(run, batch, ids.length, (tx) => markMissed(run, tx, ids));
    at += ids.length;
  }
}

function ingestKeyless(run: RunContext, keyless: KeylessRow[], batch: AdaptiveBatch): void {
  for (let at = 0; at < keyless.length; ) {
    const rows = keyless.slice(at, at + batch.size);
    inOneTransaction(run, batch, rows.length, (tx) => {
      for (const row of rows) {
        quarantine(tx, run.stream.name, run.runId, run.engine.clock(), {
          rawId: "",
          jobId: "",
          erpId: "",
          rawText: row.text,
          fingerprint: row.fingerprint,
          rejection: row.rejection,
        });
      }
    });
    at += rows.length;
  }
}

/** A run that was asked to stop does so between two transactions, never inside one. */
function inOneTransaction(run: RunContext, batch: AdaptiveBatch, rows: number, write: (tx: Db) => void): void {
  run.checkpoint();
  batch.measure(rows, () =>
    run.engine.store.transaction((tx) => {
      fence(run.engine, tx, run.lease);
      write(tx);
    }),
  );
}
