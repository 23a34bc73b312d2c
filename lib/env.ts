import { z } from "zod";
import { configurationOf, type Configuration } from "./log/configuration";
import { LOG_ORIGIN_IS, isLogOrigin } from "./log/origin";

/** The app must never be given the means to reach the token: a variable that looks like them stops it. */
const TOKEN_VARIABLE = /PKCS11|PIN(?:_|\d|$)/;

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

const Environment = z
  .object({
    /** PostgreSQL, as the role claviger_app. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Where browsers reach the app: scheme, host and port, nothing after. */
    APP_ORIGIN: z
      .url({ protocol: /^https?$/ })
      .refine((value) => new URL(value).origin === value, "an origin has no path and no final slash"),
    /** WebAuthn relying party id: the host of APP_ORIGIN or a domain above it. Passkeys are bound to it for good. */
    RP_ID: z.string().min(1),
    /** Encrypts session cookies. 32 bytes or more, from a random source. */
    AUTH_SECRET: z.string().refine((value) => new TextEncoder().encode(value).length >= 32, "32 bytes or more are needed"),
    /** What the rosters published here are for, and so every ceremony: practice, or the real thing. */
    CLAVIGER_MODE: z.enum(["rehearsal", "production"]).default("production"),
    /** How many reverse proxies stand in front and append to X-Forwarded-For. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** PEM file with the root certificates of makers of authenticators whose attestations are trusted. */
    ATTESTATION_ROOTS_FILE: z.string().min(1).optional(),
    /** The origin of the transparency log that is served under /log; the worker that keeps it has the same. */
    CLAVIGER_LOG_ORIGIN: z.string().refine(isLogOrigin, LOG_ORIGIN_IS).optional(),
    /** Where invitations are handed in: smtps://user:password@host, or smtp:// with an upgrade to TLS. Without one, no mail is made. */
    CLAVIGER_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** The address mails come from. */
    CLAVIGER_MAIL_FROM: z.email().optional(),
    /** How many days before a ceremony its people are reminded of it. */
    CLAVIGER_REMINDER_DAYS: z.string().regex(/^\d{1,2}(?:,\d{1,2})*$/).default("7,1"),
    /** How many days before a key's end the ceremony that replaces it is drafted, at most. */
    CLAVIGER_ROTATION_DAYS: z.coerce.number().int().min(7).max(365).default(30),
    OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  })
  .superRefine((env, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const origin = new URL(env.APP_ORIGIN);
    if (origin.protocol === "http:" && !LOCAL.includes(origin.hostname))
      problem("APP_ORIGIN", "passkeys need https, except on localhost");
    if (origin.hostname !== env.RP_ID && !origin.hostname.endsWith(`.${env.RP_ID}`))
      problem("RP_ID", "must be the host of APP_ORIGIN or a domain above it");
    const single = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET].filter((value) => value !== undefined).length;
    if (single !== 0 && single !== 3) problem("OIDC_ISSUER", "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together");
    if ((env.CLAVIGER_SMTP_URL === undefined) !== (env.CLAVIGER_MAIL_FROM === undefined))
      problem("CLAVIGER_MAIL_FROM", "CLAVIGER_SMTP_URL and CLAVIGER_MAIL_FROM go together");
  });

export type Env = z.infer<typeof Environment> & { readonly secure: boolean; readonly development: boolean };

/** Checks a set of variables. Throws an Error that names every wrong one and never repeats a value. */
export function readEnv(variables: { readonly [name: string]: string | undefined }): Env {
  const problems: string[] = [];
  for (const name of Object.keys(variables)) {
    if (TOKEN_VARIABLE.test(name)) problems.push(`${name}: the app is never given a PIN or a PKCS#11 module; only the worker is`);
    else if (name.startsWith("CLAVIGER_") && !Object.hasOwn(Environment.shape, name)) problems.push(`${name}: there is no such variable`);
  }
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0] ?? "");
      problems.push(`${name}: ${given[name] === undefined ? "is not set" : issue.message}`);
    }
  }
  if (problems.length > 0 || !parsed.success) {
    throw new Error(`The environment of the app is not as it must be:\n  ${problems.join("\n  ")}`);
  }
  return {
    ...parsed.data,
    secure: parsed.data.APP_ORIGIN.startsWith("https:"),
    development: variables["NODE_ENV"] === "development",
  };
}

/** The variables of the app; of a secret one nothing is told but that it is set. */
export const APP_SETTINGS = { known: Object.keys(Environment.shape), secret: ["AUTH_SECRET", "OIDC_CLIENT_SECRET"] };

/** How this process is configured, as far as it may be told. */
export const appConfiguration = (): Configuration => configurationOf(process.env, APP_SETTINGS);

let read: Env | undefined;

/** The app's environment, checked at the first call, which instrumentation.ts makes when the server starts. */
export function env(): Env {
  if (!read) {
    read = readEnv(process.env);
    // next-auth takes its own address from nowhere else.
    process.env["NEXTAUTH_URL"] = read.APP_ORIGIN;
  }
  return read;
}
