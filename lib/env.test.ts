import { expect, it } from "vitest";
import { configurationOf } from "./log/configuration";
import { APP_SETTINGS, readEnv } from "./env";

const good = {
  DATABASE_URL: "postgresql://claviger_app:x@db.example/claviger",
  APP_ORIGIN: "https://ceremony.example.org",
  RP_ID: "example.org",
  AUTH_SECRET: "x".repeat(32),
};

it("accepts what is needed and nothing more, as production", () => {
  expect(readEnv(good)).toMatchObject({ CLAVIGER_MODE: "production", TRUSTED_PROXIES: 0, secure: true, development: false });
  expect(readEnv({ ...good, CLAVIGER_MODE: "rehearsal", TRUSTED_PROXIES: "2" })).toMatchObject({
    CLAVIGER_MODE: "rehearsal",
    TRUSTED_PROXIES: 2,
  });
  expect(readEnv({ ...good, APP_ORIGIN: "http://localhost:3000", RP_ID: "localhost" }).secure).toBe(false);
  expect(readEnv({ ...good, OIDC_ISSUER: "", PATH: "/bin", PINENTRY_USER_DATA: "x", SHIPPING: "x" }).OIDC_ISSUER).toBeUndefined();
});

it("accepts a mail server with the address mails come from, and when people are reminded", () => {
  const mail = { CLAVIGER_SMTP_URL: "smtps://key:se%40cret@mail.example.org", CLAVIGER_MAIL_FROM: "key@example.org" };
  expect(readEnv({ ...good, ...mail }).CLAVIGER_REMINDER_DAYS).toBe("7,1");
  expect(readEnv({ ...good, ...mail, CLAVIGER_REMINDER_DAYS: "14,2,1" }).CLAVIGER_REMINDER_DAYS).toBe("14,2,1");
});

it.each<[string, Record<string, string>, RegExp]>([
  ["a missing database", { DATABASE_URL: "" }, /DATABASE_URL: is not set/],
  ["a mail server without a sender", { CLAVIGER_SMTP_URL: "smtp://mail.example" }, /CLAVIGER_MAIL_FROM: is not set/],
  ["another kind of mail server", { CLAVIGER_SMTP_URL: "http://mail.example", CLAVIGER_MAIL_FROM: "a@b.example" }, /CLAVIGER_SMTP_URL/],
  ["reminders that are no days", { CLAVIGER_REMINDER_DAYS: "often" }, /CLAVIGER_REMINDER_DAYS/],
  ["another kind of database", { DATABASE_URL: "mysql://x" }, /DATABASE_URL/],
  ["an origin with a path", { APP_ORIGIN: "https://ceremony.example.org/app" }, /APP_ORIGIN: an origin has no path/],
  ["an origin with a slash at its end", { APP_ORIGIN: "https://ceremony.example.org/" }, /APP_ORIGIN/],
  ["http anywhere but on localhost", { APP_ORIGIN: "http://ceremony.example.org" }, /APP_ORIGIN: passkeys need https/],
  ["a relying party that is not the host's domain", { RP_ID: "example.com" }, /RP_ID/],
  ["a relying party that only ends like it", { RP_ID: "ample.org" }, /RP_ID/],
  ["a short secret", { AUTH_SECRET: "x".repeat(31) }, /AUTH_SECRET: 32 bytes/],
  ["half a single sign-on", { OIDC_ISSUER: "https://id.example.org" }, /go together/],
  ["a mode there is not", { CLAVIGER_MODE: "demo" }, /CLAVIGER_MODE/],
  ["a log's origin with a scheme", { CLAVIGER_LOG_ORIGIN: "https://keys.example/log" }, /CLAVIGER_LOG_ORIGIN: is written as/],
  ["a variable there is not", { CLAVIGER_DEMO: "1" }, /CLAVIGER_DEMO: there is no such variable/],
  ["a PIN", { CLAVIGER_PIN: "1234" }, /CLAVIGER_PIN: the app is never given a PIN/],
  ["a file with a PIN", { HSM_USER_PIN_FILE: "/x" }, /HSM_USER_PIN_FILE/],
  ["a PIN under another name", { USERPIN: "1" }, /USERPIN/],
  ["a PKCS#11 module", { PKCS11_MODULE: "/x.so" }, /PKCS11_MODULE/],
])("refuses %s", (_, change, problem) => {
  expect(() => readEnv({ ...good, ...change })).toThrow(problem);
});

it("names every problem at once and repeats no value", () => {
  const secret = "a-secret-that-is-short";
  try {
    readEnv({ AUTH_SECRET: secret, USER_PIN: "9876" });
    expect.unreachable();
  } catch (fault) {
    const { message } = fault as Error;
    for (const name of ["AUTH_SECRET", "USER_PIN", "DATABASE_URL", "APP_ORIGIN", "RP_ID"]) expect(message).toContain(name);
    expect(message).not.toContain(secret);
    expect(message).not.toContain("9876");
  }
});

it("tells of its configuration neither a secret nor anything a secret could be tried on", () => {
  const secret = APP_SETTINGS.known.filter((name) => /SECRET|PASSWORD|PIN$/.test(name));
  expect(APP_SETTINGS.secret).toEqual(secret);
  const told = (change: Record<string, string>) => configurationOf({ ...good, ...change }, APP_SETTINGS);
  const mails = (password: string) => told({ CLAVIGER_SMTP_URL: `smtps://key:${password}@mail.example.org` });
  expect(mails("one")).toEqual(mails("two"));
  expect(told({ AUTH_SECRET: "y".repeat(32), DATABASE_URL: "postgresql://claviger_app:y@db.example/claviger" })).toEqual(told({}));
  expect(told({ RP_ID: "ceremony.example.org" }).digest).not.toBe(told({}).digest);
  expect(told({}).settings).toEqual(["APP_ORIGIN", "AUTH_SECRET", "DATABASE_URL", "RP_ID"]);
});
