import { z } from "zod";
import { publishScript } from "#lib/conduct/publish-script";
import { ok } from "#lib/result";
import { scripts } from "#lib/wiring";
import { scriptReader, scriptShelf } from "#lib/wiring/parts";
import { forAdministrators, forPeople } from "../interface";

/** The published scripts, the newest first. */
export const GET = forPeople(async () => ok({ scripts: await scripts() }));

/** Publishes an edition, or says line by line what is wrong with it. */
export const POST = forAdministrators(
  ({ form }, administrator) => publishScript(scriptReader, scriptShelf(), administrator, form),
  z.strictObject({ yaml: z.string(), file: z.string().max(200).optional() }),
);
