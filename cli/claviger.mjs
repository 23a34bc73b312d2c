#!/usr/bin/env node
// The claviger command. The sources are TypeScript; tsx reads them as they are.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./claviger");
process.exitCode = await main(process.argv.slice(2));
