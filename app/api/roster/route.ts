import { z } from "zod";
import { publishRoster } from "#lib/conduct/publish-roster";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { ok } from "#lib/result";
import { rosters } from "#lib/wiring";
import { modeOf, peoplePorts, rosterShelf } from "#lib/wiring/parts";
import { forAdministrators, forPeople } from "../interface";

/** The published rosters, the newest first: for whoever may open a ceremony or administers. */
export const GET = forPeople(async (_, { person }) => ok({ rosters: await rosters(person) }));

/** Publishes the next version from the people as they are now; whoever the one in force asks must endorse it before it counts. */
export const POST = forAdministrators(
  async ({ form }, administrator) => {
    const published = await publishRoster(peoplePorts(), rosterShelf(), administrator, { ...form, mode: modeOf() });
    return published.ok ? ok({ ...published.value, words: hashWords(fromHex(published.value.hash)) }) : published;
  },
  z.strictObject({ organisation: z.string(), approve: z.int().min(2).max(100).optional() }),
);
