import { existsSync } from "node:fs";
import path from "node:path";
import { checkout } from "./checkout.mjs";
import { run } from "./command.mjs";
import { SetupFault } from "./fault.mjs";
import { say, stage } from "./stage.mjs";
import { installSystemPackages, systemInstaller } from "./system-packages.mjs";

const candidates = [
  "chromium",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Makes sure that the end-to-end tests have a Chromium: one that is there, else apt's, else the one Playwright downloads.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
  const before = (await installed()) ?? (await playwrights());
  if (before !== undefined) return before;
  if ((await systemInstaller())?.kind === "apt") {
    try {
      await stage("installing Chromium for the end-to-end tests", () =>
        installSystemPackages({ what: "Chromium", apt: ["chromium", "fonts-liberation"], brew: [] }),
      );
    } catch (error) {
      if (!(error instanceof SetupFault)) throw error;
      say("apt has no Chromium that works here: trying Playwright's own");
    }
    // On Ubuntu the package is a stub for snap, which containers cannot run: only one that starts counts.
    const fromApt = await installed();
    if (fromApt !== undefined) return fromApt;
  }
  const download = await stage("downloading Playwright's Chromium", () =>
    run(process.execPath, [path.join(checkout, "node_modules", "@playwright", "test", "cli.js"), "install", "chromium"]),
  );
  const own = await playwrights();
  if (own !== undefined) return own;
  throw new SetupFault(
    `The end-to-end tests need Chromium, and none was found, nor could one be had:\n${download.output.trim().split("\n").slice(-4).join("\n")}`,
    {
      remedy:
        "install Chromium or Chrome so that `chromium --version` or `google-chrome --version` answers, then run the same command again",
    },
  );
}

async function installed() {
  for (const candidate of candidates) {
    const { code } = await run(candidate, ["--version"]);
    if (code === 0)
      return candidate.startsWith("/") ? candidate : (await run("sh", ["-c", `command -v ${candidate}`])).output.trim();
  }
  return undefined;
}

async function playwrights() {
  const { chromium } = await import("@playwright/test");
  const place = chromium.executablePath();
  return existsSync(place) && (await run(place, ["--version"])).code === 0 ? place : undefined;
}
