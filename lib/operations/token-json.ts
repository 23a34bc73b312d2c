import type { RecheckContext, TokenSerials } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Json } from "#lib/log/canonical";
import { PROFILE_IDS, PROFILES, type ProfileId, type TokenProfile } from "#lib/token/profile";
import type { Token, TokenIdentity } from "#lib/token/token";
import { OutcomeReader } from "./outcome-reader";

/** Who did the work, as every outcome says it: the token's own words, and the profile its module was judged by. */
export const tokenJson = async (token: Token): Promise<{ readonly [fact: string]: Json }> =>
  identityJson(await token.info(), token.profile.id);

export function identityJson(identity: TokenIdentity, profile: ProfileId): { readonly [fact: string]: Json } {
  const { label, manufacturer, model, serial, hardwareVersion, firmwareVersion, flags } = identity;
  return { label, manufacturer, model, serial, hardware: hardwareVersion, firmware: firmwareVersion, flags, profile };
}

export type TokenSaid = Pick<TokenIdentity, "label" | "manufacturer" | "model" | "serial"> & {
  readonly hardware: string;
  readonly firmware: string;
  readonly flags: readonly string[];
  readonly profile: TokenProfile | null;
};

/**
 * `tokenJson` back again. Notes an unknown profile, and a device that is not the one meant: the one announced under the name
 * `on`, or, without a name, the ceremony's own, which did the earlier work.
 */
export function readToken(reader: OutcomeReader, context: RecheckContext, on: string | null = null): TokenSaid {
  const profile = reader.text("profile");
  const said: TokenSaid = {
    label: reader.text("label"),
    manufacturer: reader.text("manufacturer"),
    model: reader.text("model"),
    serial: reader.text("serial"),
    hardware: reader.text("hardware"),
    firmware: reader.text("firmware"),
    flags: reader.texts("flags"),
    profile: (PROFILE_IDS as readonly string[]).includes(profile) ? PROFILES[profile as ProfileId] : null,
  };
  reader.end();
  if (!said.profile) reader.problems.push(`there is no profile called ${profile}`);
  if (on !== null) {
    const announced = context.others?.[on];
    if (announced !== said.serial) {
      reader.problems.push(`done on token ${said.serial}, announced as ${on} was ${announced ?? "none"}`);
    }
    return said;
  }
  for (const { request, outcome } of context.earlier) {
    if (otherTokenOf(request) !== null) continue;
    const before = new OutcomeReader(outcome).member("token").text("serial");
    if (before !== said.serial) {
      reader.problems.push(`done on token ${said.serial}, the work before it on ${before}`);
      break;
    }
  }
  return said;
}

/** The other token that an operation works on in place of the ceremony's own: its parameter `token`; null without it. */
export const otherTokenOf = ({ token }: OperationRequest): string | null => (typeof token === "string" ? token : null);

/** What people are told of another token: its name in the script, and the serial number that tells which device that is. */
export const calling = (name: string, token: TokenSerials): string =>
  `token ${name} (serial ${token.others?.[name] ?? "not yet known"})`;

/** The same in German. */
export const callingInGerman = (name: string, token: TokenSerials): string =>
  `Token ${name} (Seriennummer ${token.others?.[name] ?? "noch nicht bekannt"})`;
