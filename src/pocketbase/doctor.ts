import type { DoctorPorts } from "../operate/doctor";
import { hasCurl } from "./curl";

const RULES = ["listRule", "viewRule", "createRule", "updateRule", "deleteRule"] as const;

/** What `erp doctor` sees of the running PocketBase. */
export const doctorPorts: DoctorPorts = {
  version: "pocketbase-erp-sync in PocketBase",
  openRules: (name) => {
    try {
      const collection = $app.findCollectionByNameOrId(name);
      return RULES.filter((rule) => collection[rule] === "");
    } catch {
      return null;
    }
  },
  transports: () => (hasCurl() ? ["curl", "http"] : ["http"]),
};
