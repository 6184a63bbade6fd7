import type { MirrorRow } from "../../../src/mirror/rows";

export const PRESENT = { mark: "mark:today", mappingVersion: "v1" };

/** A row whose record is what the sync wrote, with some fields otherwise. */
export function mirrorRow(patch: Partial<MirrorRow> = {}): MirrorRow {
  return {
    rawId: "raw1",
    erpId: "A|1",
    targetId: "target1",
    mappedHash: "new",
    pushedHash: "new",
    fetchedAt: "2025-12-08 10:00:00.000Z",
    editedAt: "",
    missingSince: "",
    heldBy: "",
    mappingVersion: "v1",
    quarantine: "",
    record: "new",
    stored: {},
    ...patch,
  };
}
