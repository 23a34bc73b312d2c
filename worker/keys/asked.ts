import { z } from "zod";
import { bytesOf } from "./compact-jws";
import type { Used } from "./key-uses";
import { problem } from "./problem";
import { MOST_BYTES } from "./signing-protocol";

/** Bytes as they stand in a request: base64url without padding. */
export const bytes = z.string().transform((text, context) => {
  const read = bytesOf(text);
  if (read && read.length <= MOST_BYTES) return read;
  context.addIssue({ code: "custom", message: "is base64url without padding, of at most 65536 bytes" });
  return z.NEVER;
});

/** What comes of a request. */
export type Answered = Used<object>;

export const unreadable = (): Answered => ({ use: null, problem: problem("REQUEST-UNREADABLE") });
