import { clientFromEnvironment } from "claviger/client";
import { application } from "./sign-in";

// npx tsx docs/example/main.ts, with the variables that README.md beside it names.
const configured = clientFromEnvironment();
const server = application(configured).listen(8080, "127.0.0.1", () => process.stdout.write("http://127.0.0.1:8080\n"));
process.once("SIGTERM", () => {
  server.close();
  configured.close();
});
