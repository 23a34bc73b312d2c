// npm run migrate: brings the database in MIGRATE_DATABASE_URL to the newest migration, as the owner of its schema.
import { SetupFault } from "../setup/fault.mjs";
import { become, programs, startOrSay } from "./process.mjs";

startOrSay(() => {
  if (!process.env["MIGRATE_DATABASE_URL"]) {
    throw new SetupFault("MIGRATE_DATABASE_URL is not set.", {
      remedy: "set it to the address of the database with the role that owns its schema",
    });
  }
  become([programs.prisma, "migrate", "deploy"]);
});
