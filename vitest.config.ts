import { defineConfig } from "vitest/config";
import { startingBundledChild } from "./cli/testing/bundled-worker.mjs";

const everywhere = ["**/node_modules/**", ".next/**", ".claviger/**", "e2e/**"];

// unit: pure and fast, needs nothing but the packages. integration: real PostgreSQL, real PKCS#11 modules, real processes;
// `npm run integration` starts those and passes their addresses by environment (cli/test.mjs).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...everywhere, "**/*.integration.test.ts"],
          // Pure files leave nothing behind: loading them anew for each of two hundred test files took half the time.
          isolate: false,
          setupFiles: ["cli/testing/console-guard.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [
          {
            name: "bundled-child",
            enforce: "pre",
            transform: (code, id) => startingBundledChild(id, code, process.env.TEST_BUNDLES ?? ""),
          },
        ],
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: everywhere,
          // What starts processes may take minutes on two busy cores: nobody waits longer for what comes at once.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          globalSetup: ["cli/testing/integration-setup.ts"],
          // Each starts processes of its own; beside them the build finds time enough.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
