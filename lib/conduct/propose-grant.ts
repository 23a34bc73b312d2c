import { checkGrant } from "#lib/accounts/check-grant";
import { thumbprint, type Grant, type GrantedKeys } from "#lib/accounts/grant";
import { grantDifferences } from "#lib/accounts/grant-facts";
import { readClientKey } from "#lib/accounts/read-client-key";
import type { Mode } from "#lib/ceremony/roles";
import { canonical } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import type { Register } from "#lib/register/registered-key";
import { ok, refuse, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { commitTexts } from "./commit-text";
import { grantsNow, nextEdition, type KeptGrants } from "./kept-grant";
import { object, type Objection } from "./objection";
import type { World } from "./ports";
import type { NewPaper } from "./propose-key-change";

/** What the verbs of applications stand on. */
export type GrantPorts = {
  readonly world: World;
  readonly mode: Mode;
  readonly register: () => Promise<Register>;
  readonly grants: () => Promise<KeptGrants>;
  readonly keep: (paper: NewPaper) => Promise<void>;
  /** Keeps that a proposal was taken back; the same one twice is once. */
  readonly withdraw: (withdrawal: { readonly hash: string; readonly account: string; readonly by: string }) => Promise<void>;
};

/** `edition`: the number that whoever writes it has seen to be the next one. */
type Edition = { readonly account: string; readonly edition: number; readonly reason: string };

export type ProposeGrant = Edition & {
  /** Public keys as they were pasted: a JWK or a PEM each. */
  readonly clients: readonly string[];
  readonly keys: readonly GrantedKeys[];
  readonly random: boolean;
  readonly perMinute: number;
  readonly until: string;
};

/**
 * Writes down what an application shall be allowed to do, the first time or anew, for custodians to sign. It allows nothing by
 * itself. Objects CLIENT-PRIVATE, CLIENT-UNREADABLE and CLIENT-NONE for its keys, GRANT-OVERTAKEN where that edition is not the next one, GRANT-SAME where
 * it says what is in force, what `checkGrant` refuses, and what a text may not hold.
 */
export async function proposeGrant(
  ports: GrantPorts,
  administrator: Administrator,
  form: ProposeGrant,
): Promise<Result<{ readonly hash: string }, Objection>> {
  const clients = new Map<string, Grant["clients"][number]>();
  for (const [i, pasted] of form.clients.entries()) {
    const read = readClientKey(pasted);
    // Of what was pasted nothing is kept, quoted or logged: it may be a private key.
    if (!read.ok) return object(read.refusal, { number: i + 1 });
    clients.set(thumbprint(read.value), read.value);
  }
  if (clients.size === 0) return object("CLIENT-NONE");
  const { keys, random, perMinute, until } = form;
  const allows = { clients: [...clients.values()], keys: [...keys], random, perMinute, until };
  return write(ports, administrator, form, await ports.grants(), allows);
}

/**
 * Writes down the edition that takes everything back: as what is in force, but nobody is the application any more, and no random
 * bytes are drawn. Its keys stay published, so that what they signed can be verified. Objects GRANT-NONE where there is nothing to
 * take back, and as `proposeGrant` does.
 */
export async function takeGrantBack(
  ports: GrantPorts,
  administrator: Administrator,
  form: Edition,
): Promise<Result<{ readonly hash: string }, Objection>> {
  const grants = await ports.grants();
  const current = grantsNow(grants).get(form.account)?.grant;
  if (!current || current.clients.length === 0) return object("GRANT-NONE", { account: form.account });
  const { keys, perMinute, until } = current;
  return write(ports, administrator, form, grants, { clients: [], keys, random: false, perMinute, until });
}

type Allows = Pick<Grant, "clients" | "keys" | "random" | "perMinute" | "until">;

async function write(
  { world, mode, register, keep }: GrantPorts,
  { by }: Administrator,
  { account, edition, reason }: Edition,
  grants: KeptGrants,
  allows: Allows,
): Promise<Result<{ readonly hash: string }, Objection>> {
  const next = nextEdition(grants, account);
  if (edition !== next) return object("GRANT-OVERTAKEN", { account, edition: next });
  const texts = commitTexts(world, `grant/${account}/${String(edition)}`, { reason: { text: reason, length: "passage" } });
  if (!texts.ok) return texts;
  const at = world.now().toISOString();
  const grant: Grant = { v: "claviger/grant/v1", mode, account, edition, ...allows, reason: texts.value.commitments.reason, by, at };
  const current = grantsNow(grants).get(account)?.grant;
  if (current && grantDifferences(current, grant).length === 0) return object("GRANT-SAME", { account });
  const { keys } = await register();
  const others = [...grantsNow(grants).values()].map((one) => one.grant).filter((one) => one.account !== account);
  const checked = checkGrant(grant, { keys: new Map(keys.map((key) => [key.key, key])), others, at });
  if (!checked.ok) return refuse(checked.refusal);
  const bytes = canonical(grant);
  const hash = sha256Hex(bytes);
  await keep({ hash, what: "grant", subject: account, by, bytes, openings: texts.value.openings });
  return ok({ hash });
}

/**
 * Takes a proposal back: custodians are not asked to sign it any more. Objects NOT-FOUND, and GRANT-COUNTS once a quorum has signed
 * it; what counts is ended by another edition that custodians sign.
 */
export async function withdrawGrant(
  ports: GrantPorts,
  { by }: Administrator,
  { hash }: { readonly hash: string },
): Promise<Result<{ readonly hash: string }, Objection>> {
  const kept = (await ports.grants()).all.find((one) => one.hash === hash);
  if (!kept) return object("NOT-FOUND");
  const { account } = kept.grant;
  if (kept.reached) return object("GRANT-COUNTS", { account });
  if (!kept.withdrawn) await ports.withdraw({ hash, account, by });
  return ok({ hash });
}
