import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { keepOnlookerClock } from "#lib/wiring";
import { forPeople } from "../../../interface";

/** How far the device of somebody who looks on is ahead of this server. Who takes part tells the transcript instead. */
export const POST = forPeople(
  async ({ params, form }, { person }) => ((await keepOnlookerClock(params["id"] ?? "", person, form)) ? ok(null) : object("NOT-FOUND")),
  z.strictObject({ device: Identifier, milliseconds: z.int() }),
);
