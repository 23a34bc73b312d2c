// npm run keys: the process that uses the application keys, with an environment of its own that app and worker never see.
import { become, needDatabaseClient, startOrSay } from "./process.mjs";

startOrSay(() => {
  needDatabaseClient();
  become(["--import", "tsx", "worker/keys/main.ts", ...process.argv.slice(2)]);
});
