import { z } from "zod";
import { Script } from "./script.schema";

/** What a script may hold, as JSON Schema 2020-12: for completion in any editor. */
export const scriptJsonSchema: unknown = z.toJSONSchema(Script);
