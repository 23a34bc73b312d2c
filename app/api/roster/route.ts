import { z } from "zod";
import { publishRoster } from "#lib/conduct/publish-roster";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { ok } from "#lib/result";
import { rosters } from "#lib/wiring";
import { modeOf, peoplePorts, rosterShelf } from "#lib/wiring/parts";
import { forAdministrators, forPeople } from "../interface";

/** The published rosters, the newest first: for whoever may open a ceremony or administers. */
export const GET = forPeople(async () => ok({ rosters: await rosters() }));

/** Publishes the next version from the people as they are now; its words are compared aloud at the worker's console. */
export const POST = forAdministrators(
  async ({ form }, administrator) => {
    const published = await publishRoster(peoplePorts(), rosterShelf(), administrator, { ...form, mode: modeOf() });
    return published.ok ? ok({ ...published.value, words: hashWords(fromHex(published.value.hash)) }) : published;
  },
  z.strictObject({ organisation: z.string() }),
);
