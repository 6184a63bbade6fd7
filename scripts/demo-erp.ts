import { Factory } from "../test/erp/factory";
import { startErp } from "../test/erp/server";

/** How long an hour of the demo factory takes. */
const HOUR_MS = 5_000;

// The demo's ERP: `npm start` bundles this file and runs it as a child. Prints its address and nothing else.
const erp = await startErp({ factory: new Factory(), control: true });
const timer = setInterval(() => erp.factory.tick(), HOUR_MS);

async function end(): Promise<void> {
  clearInterval(timer);
  await erp.close();
  process.exit(0);
}

// Ctrl-C reaches every process of the terminal; PocketBase may still be fetching, so its ERP ends after it.
process.on("SIGINT", () => {});
process.on("SIGTERM", end);
process.on("disconnect", end);
console.log(erp.url);
