import { version } from "../../package.json";
import type { Versions } from "../operate/doctor";

export function versions(): Versions {
  return { sync: version, pocketbase: $app.rootCmd?.version ?? "" };
}
