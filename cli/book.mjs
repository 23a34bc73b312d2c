// npm run book: what follows from the files of lib/operations, and the interface for applications as worker/keys/routes.ts has it. Run it
// after adding, renaming or describing one; the tests say when it was forgotten.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { register } from "tsx/esm/api";
import { checkout } from "./setup/checkout.mjs";

register();
const operations = path.join(checkout, "lib", "operations");
const { operationList } = await import("./book/operation-list");
// The list's source first: the schema is made of what it lists.
const list = await operationList(operations);
writeFileSync(path.join(operations, "every-operation.ts"), list);
const { scriptSchema } = await import("#lib/operations/script-json-schema");
writeFileSync(path.join(checkout, "public", "schema", "script.json"), `${JSON.stringify(scriptSchema, null, 2)}\n`);
const { openapi } = await import("#worker/keys/routes");
writeFileSync(path.join(checkout, "docs", "openapi.json"), `${JSON.stringify(openapi(), null, 2)}\n`);
