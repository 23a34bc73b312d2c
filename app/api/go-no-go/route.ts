import { z } from "zod";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import { ROLES } from "#lib/ceremony/roles";
import { findGoNoGo } from "#lib/conduct/find-go-no-go";
import { languageAsked } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { library } from "#lib/wiring/library";
import { roomPorts } from "#lib/wiring/parts";
import { forPeople } from "../interface";
import { Looked } from "./looked.schema";

const GoNoGo = z.strictObject({
  scriptHash: Hash,
  rosterHash: Hash,
  participants: z.array(z.strictObject({ person: Identifier, role: z.enum(ROLES) })).max(200),
  plan: Identifier.optional(),
  looked: Looked,
});

/** How the lines of a go / no-go stand now. Nothing is kept: the opening finds them once more. */
export const POST = forPeople(
  ({ form, request }, actor) =>
    findGoNoGo(roomPorts(), library(), actor, form, wordsIn(languageAsked(request.headers))),
  GoNoGo,
);
