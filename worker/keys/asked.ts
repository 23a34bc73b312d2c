import { z } from "zod";
import { SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";
import type { Access } from "./access-tokens";
import { bytesOf } from "./compact-jws";
import type { KeyUses, Used } from "./key-uses";
import { problem } from "./problem";
import { MOST_BYTES } from "./signing-protocol";

/** So many characters has that much of base64url without padding (RFC 4648 section 5). */
const charactersOf = (length: number): number => Math.ceil((length * 8) / 6);

/** Bytes as they stand in a request: base64url without padding, in its one spelling, so many of them. */
export const bytesBetween = (least: number, most: number) =>
  z
    .string()
    .min(charactersOf(least))
    .max(charactersOf(most))
    .regex(/^[A-Za-z0-9_-]*$/)
    .meta({ contentEncoding: "base64url" })
    .transform((text, context) => {
      const read = bytesOf(text);
      if (read) return read;
      context.addIssue({ code: "custom", message: "is no base64url in its one spelling, without padding" });
      return z.NEVER;
    });

/** As many as anything here takes in. */
export const bytes = bytesBetween(0, MOST_BYTES);

/** Bytes as they stand in an answer. */
export const bytesText = z.string().regex(/^[A-Za-z0-9_-]*$/).meta({ contentEncoding: "base64url" });

export const signatureAlgorithm = z.enum(SIGNATURE_ALGORITHMS);
/** RFC 7638 thumbprint. */
export const thumbprintText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** A key's id in the register. */
export const keyId = z.string().regex(/^[0-9a-f]{64}$/);

/** What comes of a request. */
export type Answered = Used<object>;

/** One request of a key, as it is read, done and described: nothing else says what it takes in, and the published interface is made of it. */
export interface KeyRequest {
  /** What it is called in the published interface, and by clients that are made of it. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** What it is called in scopes, and in the log. */
  readonly operation: string;
  /** Of its body, read strictly: a member nobody knows is refused, so that a misspelt one does not mean its default. */
  readonly asks: z.ZodType;
  /** Of its answer, without the use. */
  readonly answers: z.ZodObject;
  /** A body as it may be. */
  readonly example: object;
  /** Answers, or refuses REQUEST-UNREADABLE for a body that is none, and whatever the rules of uses refuse. */
  readonly act: (uses: KeyUses, access: Access, name: string, body: unknown, now: Date) => Promise<Answered>;
}

type Told<S extends z.ZodType, A extends z.ZodObject> = Omit<KeyRequest, "act" | "asks" | "answers"> & { readonly asks: S; readonly answers: A };

/** A request whose act gets what its schema reads, and answers what its schema says. */
export const keyRequest = <S extends z.ZodType, A extends z.ZodObject>(
  told: Told<S, A>,
  act: (uses: KeyUses, access: Access, name: string, asked: z.output<S>, now: Date, body: unknown) => Promise<Used<z.input<A>>>,
): KeyRequest => ({
  ...told,
  act: (uses, access, name, body, now) => {
    const asked = told.asks.safeParse(body);
    return asked.success ? act(uses, access, name, asked.data, now, body) : Promise.resolve(unreadable());
  },
});

export const unreadable = (): { readonly use: null; readonly problem: ReturnType<typeof problem> } => ({ use: null, problem: problem("REQUEST-UNREADABLE") });
