// npm start: the app in production. Arguments go to `next start`, such as -p 8080 or -H 127.0.0.1.
import { existsSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { SetupFault } from "../setup/fault.mjs";
import { become, programs, startOrSay } from "./process.mjs";

startOrSay(() => {
  if (!existsSync(path.join(checkout, ".next", "BUILD_ID")))
    throw new SetupFault("The app is not built.", { remedy: "npm run build" });
  become([programs.next, "start", ...process.argv.slice(2)]);
});
