import { z } from "zod";
import { Hash, Identifier } from "#lib/ceremony/roster.schema";
import { ROLES } from "#lib/ceremony/roles";
import { openCeremony } from "#lib/conduct/open-ceremony";
import { ok } from "#lib/result";
import { languageAsked } from "#lib/words/language";
import { ceremonies } from "#lib/wiring";
import { library } from "#lib/wiring/library";
import { roomPorts } from "#lib/wiring/parts";
import { Looked } from "../go-no-go/looked.schema";
import { forPeople } from "../interface";

/** The ceremonies this person may look into. */
export const GET = forPeople(async ({ request }, { person }) =>
  ok({ ceremonies: await ceremonies(person, languageAsked(request.headers)) }),
);

const OpenCeremony = z.strictObject({
  title: z.string(),
  place: z.string(),
  scriptHash: Hash,
  rosterHash: Hash,
  participants: z.array(z.strictObject({ person: Identifier, role: z.enum(ROLES) })).max(200),
  plan: Identifier.optional(),
  looked: Looked.optional(),
});

/** Opens a ceremony. */
export const POST = forPeople(({ form }, actor) => openCeremony(roomPorts(), library(), actor, form), OpenCeremony);
