import { type Erp, type ErpOptions, startErp as start } from "../../erp/server";
import { atEndOfFile } from "./cleanup";

/** Starts an ERP for a test file; it is closed when the file ends. */
export async function startErp(options: ErpOptions = {}): Promise<Erp> {
  const erp = await start(options);
  atEndOfFile(() => erp.close());
  return erp;
}
