import { z } from "zod";
import { publishScript } from "#lib/conduct/publish-script";
import { ok } from "#lib/result";
import { languageAsked } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { scripts } from "#lib/wiring";
import { scriptReader, scriptShelf } from "#lib/wiring/parts";
import { forAdministrators, forPeople } from "../interface";

/** The published scripts, the newest first. */
export const GET = forPeople(async () => ok({ scripts: await scripts() }));

/** Publishes an edition, or says line by line what is wrong with it. */
export const POST = forAdministrators(
  ({ form, request }, administrator) =>
    publishScript(scriptReader, scriptShelf(), administrator, form, wordsIn(languageAsked(request.headers))),
  z.strictObject({ yaml: z.string(), file: z.string().max(200).optional() }),
);
