import path from "node:path";
import { defineConfig } from "prisma/config";

// The schema engine comes from npm as WebAssembly instead of being downloaded (docs/decisions/0010-wasm-schema-engine.md).
// PRISMA_NATIVE_ENGINE=1 goes back to Prisma's own download.
if (!process.env.PRISMA_NATIVE_ENGINE) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "prisma", "schema-engine.mjs");
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // Only migrations use this address, as the owner of the schema; app and worker connect by their own roles.
  datasource: { url: process.env.MIGRATE_DATABASE_URL ?? "" },
});
