import { effect, signal } from "@preact/signals";
import { happened } from "./live";
import { pb, user } from "./session";

/** The names of all streams, for choosing one. */
export const streamNames = signal<string[]>([]);

effect(() => {
  if (happened.value >= 0 && user.value !== "") void load();
});

async function load(): Promise<void> {
  try {
    const records = await pb
      .collection("sync_settings")
      .getFullList<{ name: string }>({ fields: "name", sort: "name" });
    const names = records.map((record) => record.name);
    if (names.join() !== streamNames.peek().join()) streamNames.value = names;
  } catch {
    // The page itself asks for more and says what is wrong.
  }
}
