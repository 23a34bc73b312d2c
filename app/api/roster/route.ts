import { z } from "zod";
import { publishRoster } from "#lib/conduct/publish-roster";
import { rosterChangeSentence } from "#lib/conduct/roster-change-sentence";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { ok } from "#lib/result";
import { rosters } from "#lib/wiring";
import { languageAsked } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { modeOf, peoplePorts, rosterShelf } from "#lib/wiring/parts";
import { forAdministrators, forPeople } from "../interface";

/** The published rosters, the newest first: for whoever may open a ceremony or administers. */
export const GET = forPeople(async ({ request }, { person }) => {
  const words = wordsIn(languageAsked(request.headers));
  const lines = await rosters(person);
  return ok({
    rosters: lines.map((line) => ({
      ...line,
      changes: line.changes?.map((change) => rosterChangeSentence(change, words)) ?? null,
    })),
  });
});

/** Publishes the next version from the people as they are now; whoever the one in force asks must endorse it before it counts. */
export const POST = forAdministrators(
  async ({ form }, administrator) => {
    const published = await publishRoster(peoplePorts(), rosterShelf(), administrator, { ...form, mode: modeOf() });
    return published.ok ? ok({ ...published.value, words: hashWords(fromHex(published.value.hash)) }) : published;
  },
  z.strictObject({ organisation: z.string(), approve: z.int().min(2).max(100).optional() }),
);
