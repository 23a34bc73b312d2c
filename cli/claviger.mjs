#!/usr/bin/env node
// The claviger command. The sources are TypeScript; tsx reads them as they are.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./claviger");
// Not only the exit code: a command that gave up may have left a child that waits for the token.
process.exit(await main(process.argv.slice(2)));
