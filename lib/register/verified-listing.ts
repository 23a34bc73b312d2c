import type { z } from "zod";
import type { TokenListing as ListingSchema } from "./token-listing.schema";

export type TokenListing = z.infer<typeof ListingSchema>;
/** A listing whose signature was verified with its recorder's key. Only `readListing` makes one. */
export type VerifiedListing = { readonly hash: string; readonly listing: TokenListing };
