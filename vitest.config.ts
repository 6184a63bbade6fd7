import { defineConfig } from "vitest/config";

/** No limit that a busy machine could reach: a test that hangs is all that it ends. */
const PATIENCE_MS = 300_000;

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: PATIENCE_MS } },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: "test/setup/binary.ts",
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
          // Each file starts servers of its own.
          maxWorkers: 2,
        },
      },
      {
        // Needs Chromium: "npm test" leaves it out where there is none.
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "test/setup/binary.ts",
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
          maxWorkers: 2,
        },
      },
      {
        // Builds PocketBase with Go: minutes, so not part of "npm test".
        test: { name: "setup", include: ["test/setup/**/*.test.ts"], testTimeout: 1_200_000 },
      },
    ],
  },
});
