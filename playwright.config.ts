import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["TEST_CHROMIUM"];

// One worker: the tests share one app, one HSM worker and one token, as a ceremony room does.
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  outputDir: ".claviger/e2e",
  use: {
    ...devices["Desktop Chrome"],
    trace: "retain-on-failure",
    launchOptions: { ...(executablePath !== undefined && { executablePath }) },
  },
});
