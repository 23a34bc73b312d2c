import { z } from "zod";

/** A sentence or a few, as they are read aloud. */
export const Sentence = z.string().min(1).max(4000);
