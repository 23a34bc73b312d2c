// npm run build: the database client from the schema, the pages that stand alone, then the app for production.
import { execFileSync } from "node:child_process";
import { checkout } from "../setup/checkout.mjs";
import { become, programs, startOrSay } from "./process.mjs";

startOrSay(async () => {
  execFileSync(process.execPath, [programs.prisma, "generate"], { cwd: checkout, stdio: "inherit" });
  const { writeSecondScreen } = await import("../static-pages/second-screen.mjs");
  const { hash } = await writeSecondScreen();
  console.log(`Second screen: build ${hash}`);
  const { writeVerifierPage } = await import("../static-pages/verifier-page.mjs");
  console.log(`Verifier page: SHA-256 ${(await writeVerifierPage()).hash}`);
  become([programs.next, "build"]);
});
