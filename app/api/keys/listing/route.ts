import { z } from "zod";
import { limitTries } from "#lib/conduct/limit-tries";
import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { peoplePorts } from "#lib/wiring/parts";
import { mayReadRegister, noteListingAsked } from "#lib/wiring/register";
import { forPeople } from "../../interface";

/** Asks the workers to compare their tokens with the register now. */
export const POST = forPeople(async (_asked, actor) => {
  if (!actor.canSign) return object("LOOK-ONLY");
  if (!(await mayReadRegister(actor.person))) return object("NOT-FOUND");
  const limit = await limitTries(peoplePorts(), "listing", actor.person);
  if (!limit.ok) return limit;
  await noteListingAsked(actor.person);
  return ok({});
}, z.strictObject({}));
