import { readTokenEnv, type TokenEnv } from "#worker/env";
import { initToken } from "#worker/token/init-token";
import type { TokenIdentity } from "#lib/token/token";
import { readArguments, Unusable, type ExitCode } from "./command";
import { explained, withToken } from "./worker-console";

const USAGE = `claviger token init [--trusted-key] [--json]
claviger token show [--json]

  init makes a new token named CLAVIGER_TOKEN_LABEL, with the PINs in CLAVIGER_PIN_FILE and CLAVIGER_SO_PIN_FILE. It never
  touches a token that is there. With --trusted-key its security officer also makes the trusted key by which keys that only
  trusted keys may wrap can be copied. show says who the token is; its serial number belongs into CLAVIGER_TOKEN_SERIAL.`;

/** `claviger token`: the token itself, before there is a worker. */
export async function tokenCommand(args: readonly string[]): Promise<ExitCode> {
  const { flags, rest } = readArguments(args, { valued: [], flags: ["json", "trusted-key"], usage: USAGE });
  const [act, ...more] = rest;
  if ((act !== "init" && act !== "show") || more.length > 0) throw new Unusable(USAGE);
  const env = tokenEnv();
  const identity = act === "init" ? await initialise(env, flags.has("trusted-key")) : await withToken(env, (token) => token.info());
  console.log(flags.has("json") ? JSON.stringify(identity) : facts(identity));
  return 0;
}

function tokenEnv(): TokenEnv {
  // What belongs to the worker alone may be set as well; only the token's own part is judged here.
  const env = readTokenEnv(process.env);
  if (env.ok) return env.value;
  throw new Unusable(["The environment does not say which token:", ...env.refusal.map((problem) => `  ${problem}`)].join("\n"));
}

async function initialise(env: TokenEnv, trustedKey: boolean): Promise<TokenIdentity> {
  const { profile, modulePath, label, configDirectory, pin, securityOfficerPin, environment } = env;
  if (!securityOfficerPin) throw new Unusable("CLAVIGER_SO_PIN_FILE is missing: the file that holds the new token's security officer PIN.");
  try {
    const place = { profile, modulePath, label, ...(configDirectory === null ? {} : { configDirectory }), environment };
    return await initToken({ ...place, pin, securityOfficerPin, trustedKey });
  } catch (fault) {
    throw explained(fault, env);
  }
}

const facts = ({ label, serial, manufacturer, model, firmwareVersion }: TokenIdentity): string =>
  [`Label     ${label}`, `Serial    ${serial}`, `Maker     ${manufacturer} ${model}`, `Firmware  ${firmwareVersion}`].join("\n");
