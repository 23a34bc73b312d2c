import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import type { InvariantName } from "#lib/ceremony/refusal";
import type { HttpParts } from "./http-request";
import type { ProblemName } from "./problem";
import type { Reply } from "./reply";

/** What is answered with one status, where it is no problem. */
export interface ToldAnswer {
  readonly description: string;
  readonly type: string;
  /** Null where there is no body. */
  readonly schema: z.ZodType | null;
  readonly headers: readonly HeaderName[];
}

export type HeaderName = "cache-control" | "etag" | "retry-after" | "www-authenticate" | "access-control-allow-origin" | "pragma";

/** One address with its one method: what is read, what is answered, and what does it. The published interface is made of these and of nothing else. */
export interface Route {
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Who may ask: everybody, a client that proves itself in the request, or who has an access token of that scope. */
  readonly guard: "everybody" | "client" | { readonly scope: string };
  readonly asks: { readonly type: string; readonly schema: z.ZodType; readonly most: number; readonly example: object } | null;
  readonly answers: Readonly<Record<number, ToldAnswer>>;
  readonly problems: readonly (ProblemName | InvariantName)[];
  /** `name` is what stands in the path's one variable part; "" where there is none. */
  readonly act: (parts: HttpParts, request: IncomingMessage, name: string) => Promise<Reply>;
}
