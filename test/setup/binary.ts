import { ensurePocketBase } from "../../scripts/setup/steps.mjs";

/** Before the integration tests: PocketBase has to be there. What setup says is shown only when it failed. */
export default async function setup(): Promise<void> {
  const said: string[] = [];
  await ensurePocketBase({ say: (line) => said.push(line) }).catch((error: Error) => {
    throw new Error([...said, error.message].join("\n"));
  });
}
