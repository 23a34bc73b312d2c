import type { z } from "zod";
import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import { Carried as CarriedSchema } from "./carried.schema";
import { codeParts } from "./code-parts";
import { deflated, inflated } from "./deflate";

export type Carried = z.infer<typeof CarriedSchema>;
/** A statement without whose it is. */
export type CarriedStatement = Extract<Carried, { kind: "statement" }>;

/** The texts of the QR codes that carry it, to be shown in turn. */
export async function packed(carried: Carried): Promise<readonly string[]> {
  return codeParts(await deflated(canonical(carried as unknown as Json)));
}

/** What was carried, from the bytes of all its codes; null for anything that is not canonical and whole. */
export async function unpacked(bytes: Uint8Array): Promise<Carried | null> {
  const text = await inflated(bytes);
  if (!text) return null;
  try {
    const parsed = CarriedSchema.safeParse(parseCanonical(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
