/** A record of failed_records, as the pages read it. */
export interface Quarantined {
  id: string;
  stream: string;
  run: string;
  /** The raw row's id; "" where the row never got that far. */
  raw_row: string;
  job: string;
  erp_id: string;
  stage: string;
  error_type: string;
  error_message: string;
  field: string;
  value: string;
  expected: string;
  count: number;
  last_seen_at: string;
  /** What the target would have got; null where the row could not be mapped at all. */
  mapped_data?: Record<string, unknown> | null;
  resolved_at: string;
  ignored_at: string;
}

const STAGES: Record<string, string> = {
  fetch: "reading the answer",
  key: "making its key",
  normalize: "reading a value",
  validate: "checking a value",
  push: "writing it to the target",
};

/** Where on its way a row failed, in words. */
export function stageText(stage: string): string {
  return STAGES[stage] ?? stage;
}

export type QuarantineState = "open" | "ignored" | "resolved";

export function quarantineState({
  resolved_at,
  ignored_at,
}: Pick<Quarantined, "resolved_at" | "ignored_at">): QuarantineState {
  if (resolved_at !== "") return "resolved";
  return ignored_at === "" ? "open" : "ignored";
}
