// npm run worker: the worker in production, with an environment of its own that the app never sees.
import { become, needDatabaseClient, startOrSay } from "./process.mjs";

startOrSay(() => {
  needDatabaseClient();
  become(["--import", "tsx", "worker/main.ts", ...process.argv.slice(2)]);
});
