import { z } from "zod";
import { showSampleWords } from "#lib/conduct/take-sample";
import { samplePorts } from "#lib/wiring/desk";
import { forPeople } from "../../../../interface";

const Head = z.strictObject({ origin: z.string(), size: z.int().nonnegative(), root: z.string() });

/** Shows the words for the checkpoint that was given, and draws. */
export const POST = forPeople(
  ({ params, form }, actor) => showSampleWords(samplePorts(), actor, `sample/${params["sample"] ?? ""}`, form),
  z.strictObject({ words: z.string(), checkpoint: Head }),
);
