// npm run build: the database client from the schema, then the app for production.
import { execFileSync } from "node:child_process";
import { checkout } from "../setup/checkout.mjs";
import { become, programs, startOrSay } from "./process.mjs";

startOrSay(() => {
  execFileSync(process.execPath, [programs.prisma, "generate"], { cwd: checkout, stdio: "inherit" });
  become([programs.next, "build"]);
});
