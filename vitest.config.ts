import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // No limit that a busy machine could reach.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 120_000 } },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: "test/setup/binary.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
