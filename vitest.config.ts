import { defineConfig } from "vitest/config";

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
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: everywhere,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ["cli/testing/integration-setup.ts"],
          // Each starts processes of its own; beside them the build finds time enough.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
