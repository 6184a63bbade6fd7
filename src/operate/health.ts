import type { Engine } from "../sync/engine";
import { coerceError } from "../sync/errors";
import { type ActionInput, type ActionResult, BadOption } from "./action";
import type { DoctorPorts } from "./doctor";
import { readDatabaseProblem, readStreamHealth, readUndelivered } from "./health-facts";
import { alertsHealth, type Health, PARTS, type Part, sourceHealth, targetHealth, together } from "./health-verdict";

/** What a superuser is told; anybody else learns the status only. */
export interface HealthReport extends Health {
  /** Each part that was looked at. */
  parts: Partial<Record<Part, Health["status"]>>;
}

/**
 * The health of all parts, or of one (002, "Health Checks"). Reads the database and never asks the ERP. Never throws:
 * when the database fails, nothing can be said of the others.
 */
export function readHealth(engine: Engine, ports: DoctorPorts, only: Part | ""): HealthReport {
  try {
    const problem = readDatabaseProblem(engine.store);
    return problem === "" ? readParts(engine, ports, only) : failed(only, problem);
  } catch (error) {
    return failed(only, `the database does not answer: ${coerceError(error)}`);
  }
}

function failed(only: Part | "", problem: string): HealthReport {
  return { status: "failed", reasons: [problem], warnings: [], parts: { [only || "database"]: "failed" } };
}

function readParts(engine: Engine, ports: DoctorPorts, only: Part | ""): HealthReport {
  const streams = asksFor("source", only) || asksFor("target", only) ? readStreamHealth(engine, ports) : [];
  const verdicts: Record<Part, Health> = {
    database: together([]),
    source: sourceHealth(streams, engine.clock()),
    target: targetHealth(streams),
    alerts: alertsHealth(asksFor("alerts", only) ? readUndelivered(engine) : []),
  };
  const asked = PARTS.filter((part) => asksFor(part, only));
  const statuses: HealthReport["parts"] = {};
  for (const part of asked) statuses[part] = verdicts[part].status;
  return { ...together(asked.map((part) => verdicts[part])), parts: statuses };
}

function asksFor(part: Part, only: Part | ""): boolean {
  return only === "" || only === part;
}

/** `erp health`: exit code 1 unless all is well. */
export function healthAction(engine: Engine, ports: DoctorPorts, { id }: ActionInput): ActionResult {
  const part = PARTS.find((each) => each === id);
  if (id !== "" && !part)
    throw new BadOption(`"${id}" is no part of the health (expected ${PARTS.join(", ")}, or none for all)`);
  const report = readHealth(engine, ports, part ?? "");
  const lines = [
    `${report.status} (${partsText(report)})`,
    ...report.reasons.map((reason) => `  ${reason}`),
    ...report.warnings.map((warning) => `  warning: ${warning}`),
  ];
  const result: ActionResult = { ok: true, data: report, lines };
  return report.status === "ok" ? result : { ...result, exitCode: 1 };
}

function partsText({ parts }: HealthReport): string {
  return PARTS.flatMap((part) => (parts[part] ? [`${part} ${parts[part]}`] : [])).join(", ");
}
