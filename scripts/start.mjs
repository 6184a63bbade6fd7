// npm start: the sync beside a demo ERP, on a fresh clone with nothing but Node.
// What a too old Node cannot read is imported after the check.
import { nodeVersionProblem } from "./setup/node-version.mjs";

const problem = nodeVersionProblem();
try {
  if (problem) throw new Error(problem);
  const { runDemo } = await import("./start/demo.mjs");
  await runDemo();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
