import { z } from "zod";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";
import { BadTokenArgument, PinRefused, TokenFault, TokenGone } from "#lib/token/fault";
import { PROFILE_IDS } from "#lib/token/profile";
import type { Token, TokenIdentity } from "#lib/token/token";

/** What worker and child say to each other. Everything the child is told is checked here before any of it nears the module. */

const MAX_DATA_BYTES = 1 << 24;
const bytes = z.instanceof(Uint8Array).refine((value) => value.length <= MAX_DATA_BYTES, "too many bytes");
const id = z.instanceof(Uint8Array).refine((value) => value.length >= 1 && value.length <= 32, "an id has 1 to 32 bytes");
const handle = z.string().regex(/^prepared-[1-9][0-9]{0,8}$/);
const use = z.boolean().optional();
const template = z.strictObject({
  algorithm: z.enum([...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS]),
  label: z.string().min(1).max(64),
  id,
  usage: z.strictObject({ sign: use, verify: use, encrypt: use, decrypt: use, wrap: use, unwrap: use, derive: use }),
  extractable: z.boolean(),
  wrapWithTrusted: z.boolean().optional(),
  sensitive: z.literal(true),
});
const transportHandle = z.string().regex(/^transport-[1-9][0-9]{0,8}$/);
const spki = z.instanceof(Uint8Array).refine((value) => value.length >= 32 && value.length <= 2_048, "a public key has 32 to 2048 bytes");
const wrappedBytes = z.instanceof(Uint8Array).refine((value) => value.length >= 16 && value.length <= 16_384, "a wrapped key has 16 to 16384 bytes");
const wrapped = z.strictObject({ wrappingKey: wrappedBytes, key: wrappedBytes });
const sealed = z.strictObject({ iv: z.instanceof(Uint8Array).refine((value) => value.length === 12, "an iv has 12 bytes"), ciphertext: bytes });
const signOptions = z.strictObject({ ecdsa: z.enum(["der", "raw"]).optional() });

export const ARGUMENTS = {
  info: z.tuple([]),
  mechanisms: z.tuple([]),
  prepareKey: z.tuple([template]),
  readBack: z.tuple([handle]),
  testKey: z.tuple([z.union([z.strictObject({ handle }), z.strictObject({ id })])]),
  keepKey: z.tuple([handle]),
  discardKey: z.tuple([handle]),
  lookById: z.tuple([id]),
  listObjects: z.tuple([]),
  exportPublicKey: z.tuple([id]),
  destroyById: z.tuple([id]),
  destroyAll: z.tuple([]),
  checkValue: z.tuple([id]),
  sign: z.tuple([id, z.enum(SIGNATURE_ALGORITHMS), bytes, signOptions.optional()]),
  mac: z.tuple([id, bytes]),
  verifyMac: z.tuple([id, bytes, bytes]),
  checkMacMechanism: z.tuple([]),
  checkCipherMechanism: z.tuple([]),
  decryptOaep: z.tuple([id, bytes]),
  encrypt: z.tuple([id, bytes, bytes.optional()]),
  decrypt: z.tuple([id, sealed, bytes.optional()]),
  openTransport: z.tuple([]),
  wrapTo: z.tuple([id, spki]),
  unwrapFrom: z.tuple([transportHandle, wrapped, template, spki.nullable()]),
  proveNotExportable: z.tuple([id]),
  random: z.tuple([z.number().int().min(1).max(1024)]),
  logOut: z.tuple([]),
} as const satisfies Record<keyof Omit<Token, "profile"> | "logOut", z.ZodType<readonly unknown[]>>;

export type TokenCall = keyof typeof ARGUMENTS;

const pin = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length >= 1 && value.length <= 510, "a PIN has 1 to 510 bytes");
const pinSource = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ variable: z.string().min(1) }),
  z.strictObject({ bytes: pin }),
]);
const pinTask = z.discriminatedUnion("task", [
  z.strictObject({ task: z.literal("initialise"), label: z.string().min(1).max(32), securityOfficerPin: pin, userPin: pin }),
  z.strictObject({ task: z.literal("change-pin"), holder: z.enum(["security-officer", "user"]), oldPin: pin, newPin: pin }),
  z.strictObject({ task: z.literal("check-pin"), userPin: pin }),
]);
/** No quotes, backslashes or control characters: the directory stands quoted inside a parameter string. */
const directory = z.string().regex(/^[^'"\\\p{Cc}]+$/u);

export const StartMessage = z.strictObject({
  start: z.discriminatedUnion("mode", [
    z.strictObject({
      mode: z.literal("serve"),
      /** A copy of a token that may be open elsewhere: its serial number is not its own. */
      copy: z.boolean().optional(),
      modulePath: z.string().min(1),
      profile: z.enum(PROFILE_IDS),
      label: z.string().min(1).max(32),
      serial: z.string().min(1).max(64).nullable(),
      configDirectory: directory.nullable(),
      pin: pinSource,
    }),
    // Who is there, without a login: no PIN is used up on a device that is not the one meant.
    z.strictObject({
      mode: z.literal("identify"),
      modulePath: z.string().min(1),
      profile: z.enum(PROFILE_IDS),
      label: z.string().min(1).max(32),
      serial: z.string().min(1).max(64).nullable(),
      configDirectory: directory.nullable(),
      /** The slot in which a token of this label can still be made, in place of the token. */
      slot: z.boolean().optional(),
    }),
    z.strictObject({
      mode: z.literal("initialise"),
      modulePath: z.string().min(1),
      profile: z.enum(PROFILE_IDS),
      label: z.string().min(1).max(32),
      configDirectory: directory.nullable(),
      pin: pinSource,
      securityOfficerPin: pinSource,
      /** Whether the security officer makes a trusted wrapping key on it as well. */
      trustedKey: z.boolean(),
    }),
    z.strictObject({
      mode: z.literal("keep"),
      modulePath: z.string().min(1),
      profile: z.enum(PROFILE_IDS),
      label: z.string().min(1).max(32),
      /** Null: there is no token yet, only a slot for one. */
      serial: z.string().min(1).max(64).nullable(),
      configDirectory: directory.nullable(),
      /** Serial numbers of tokens that are not to be touched, whatever else fits. */
      never: z.array(z.string()),
      task: pinTask,
    }),
  ]),
});
export type StartConfig = z.infer<typeof StartMessage>["start"];

export const CallMessage = z.strictObject({ id: z.number().int().positive(), call: z.string(), args: z.array(z.unknown()) });
export type CallMessage = z.infer<typeof CallMessage>;

export interface FaultMessage {
  readonly kind: "fault" | "gone" | "pin" | "argument";
  readonly call: string;
  readonly ckr: number | null;
  readonly ckrName: string;
}

export type ChildMessage =
  | { readonly event: "waiting" }
  | { readonly event: "ready"; readonly identity: TokenIdentity }
  | { readonly event: "failed"; readonly fault: FaultMessage; readonly retryable: boolean }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: FaultMessage };

/** Faults keep their numbers and names; anything else keeps only its class, since its text may hold anything. */
export function toMessage(error: unknown, call: string): FaultMessage {
  if (!(error instanceof TokenFault)) {
    return { kind: "fault", call, ckr: null, ckrName: `UNEXPECTED-${error instanceof Error ? error.constructor.name : typeof error}` };
  }
  const kind = error instanceof PinRefused ? "pin" : error instanceof BadTokenArgument ? "argument" : error.gone ? "gone" : "fault";
  return { kind, call: error.call, ckr: error.ckr, ckrName: error.ckrName };
}

export function fromMessage({ kind, call, ckr, ckrName }: FaultMessage): TokenFault {
  switch (kind) {
    case "pin":
      return new PinRefused(ckr ?? 0, ckrName);
    case "argument":
      return new BadTokenArgument(call, ckrName);
    case "gone":
      return new TokenGone(call, ckrName, ckr);
    case "fault":
      return new TokenFault(call, ckr, ckrName);
  }
}
