import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { checkout } from "../setup/checkout.mjs";
import { figure } from "./figure";

const SUITE = path.join("worker", "token", "token-contract.integration.test.ts");
const MODULES = { softhsm: "SoftHSM 2", nss: "NSS softokn" };

/** What is used of Vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

/** The contract that every token must keep, run against each module in a child as a worker has it. */
export async function benchContract(): Promise<void> {
  const vitest = path.join(checkout, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "integration", "--reporter=json", SUITE];
  // This suite needs modules and no database: it is told of one, so that none is started for it.
  const env = { ...process.env, NODE_ENV: "test", TEST_DATABASE_SUPERUSER_URL: "none" } as const;
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: checkout, env, maxBuffer: 1 << 26 });
  const report = JSON.parse(stdout) as Report;
  const checks = report.testResults.flatMap((file) => file.assertionResults);
  for (const [module, title] of Object.entries(MODULES)) {
    const passed = checks.filter(
      ({ ancestorTitles, status }) => status === "passed" && ancestorTitles.some((one) => one.includes(title)),
    );
    figure(`contract.${module}.checks`, passed.length, "checks");
    figure(`contract.${module}.time`, passed.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000, "s");
  }
}
