import { z } from "zod";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { tryAgain } from "#lib/wiring/plans";
import { forAdministrators } from "../../../interface";

/** Has a mail that failed tried again now, to the address its person has by now. */
export const POST = forAdministrators(
  async ({ params }, { by }) => ((await tryAgain(params["mail"] ?? "", by)) ? ok(null) : object("NOT-FOUND")),
  z.strictObject({}),
);
