import type { DoctorPorts } from "../operate/doctor";
import { hasCurl } from "./curl";
import { versions } from "./versions";

const RULES = ["listRule", "viewRule", "createRule", "updateRule", "deleteRule"] as const;

/** What `erp doctor` sees of the running PocketBase. */
export const doctorPorts: DoctorPorts = {
  versions,
  openRules: (name) => {
    try {
      // A rule is a pointer in Go, never equal to a text here; its JSON is null (superusers only), "" (everybody) or a filter.
      const collection = JSON.parse(JSON.stringify($app.findCollectionByNameOrId(name))) as Record<string, unknown>;
      return RULES.filter((rule) => collection[rule] === "");
    } catch {
      return null;
    }
  },
  transports: () => (hasCurl() ? ["curl", "http"] : ["http"]),
};
