import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withDemo } from "./screenshots/demo.mjs";
import { takePictures } from "./screenshots/pictures.mjs";
import { ROOT } from "./setup/machine.mjs";

// npm run screenshots: starts a demo of its own, gives it something to show, and writes docs/images.

const IMAGES = join(ROOT, "docs/images");
const folder = mkdtempSync(join(tmpdir(), "pb-screenshots-"));
try {
  mkdirSync(IMAGES, { recursive: true });
  await withDemo(folder, (demo) => takePictures(demo, IMAGES));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
