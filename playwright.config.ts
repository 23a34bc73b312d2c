import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["TEST_CHROMIUM"];

/** The first day of the house, and what can only be looked for when everything else is over. */
const first = /founding\.spec\.ts$/;
const last = /(?:limits|pin)\.spec\.ts$/;
/** Needs nothing of the house: it has one of its own. */
const apart = /demo\.spec\.ts$/;

// The tests of the house share one app, one HSM worker and one token, as a ceremony room does: one at a time. The demo has its
// own, and mostly waits for people: it plays beside them.
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup",
  workers: 2,
  // What fails is looked at once more; what passes only then is named at the end of the run (docs/decisions/0052).
  retries: 1,
  forbidOnly: true,
  // As long as it may take on two busy cores: nobody waits longer for what comes at once.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  outputDir: ".claviger/e2e",
  use: {
    ...devices["Desktop Chrome"],
    actionTimeout: 30_000,
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: { ...(executablePath !== undefined && { executablePath }) },
  },
  projects: [
    { name: "founding", testMatch: first, workers: 1 },
    { name: "house", testIgnore: [first, last, apart], dependencies: ["founding"], workers: 1 },
    // Not before the house is founded: projects that depend on nothing would all have to end before the house begins.
    { name: "demo", testMatch: apart, dependencies: ["founding"], workers: 1 },
    { name: "afterwards", testMatch: last, dependencies: ["house"], workers: 1 },
  ],
});
