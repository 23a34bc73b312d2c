import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../cli/setup/checkout.mjs";
import { expect, test } from "./test";

test("every page has a strict policy with a nonce of its own, and no script without it", async ({ people, house }) => {
  const operator = await people.enter("operator");
  const nonces = new Set<string>();
  for (const place of ["/", "/sign-in", "/ceremonies", "/scripts", "/hsm", "/ceremonies/new", "/enrol/none"]) {
    const answer = await operator.context.request.get(`${house.origin}${place}`);
    const headers = answer.headers();
    const policy = headers["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe-inline");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": expect.stringMatching(/^(same-origin|no-referrer)$/),
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();
    const html = await answer.text();
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/i);
    expect(html).not.toMatch(/<style\b(?![^>]*nonce=)/);
  }
  expect(nonces.size).toBe(7);
});

test("the session's cookie is for this site and no script's, and holds nothing to read", async ({ people }) => {
  const { context, page } = await people.enter("operator");
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name === "claviger.session-token");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  for (const cookie of cookies.filter(({ name }) => name !== "claviger-appearance"))
    expect(cookie).toMatchObject({ httpOnly: true });
  await page.goto("/");
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
});

test("behind TLS the site says so for two years, and its cookie is bound to this host", async ({ house }) => {
  const origin = await house.startOtherApp(() => ({ APP_ORIGIN: "https://ceremony.example", RP_ID: "ceremony.example" }));
  try {
    const answer = await fetch(`${origin}/sign-in`);
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    expect(answer.headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
    const csrf = await fetch(`${origin}/api/auth/csrf`);
    expect(csrf.headers.get("set-cookie")).toMatch(/^__Host-.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  } finally {
    await house.kill("other-app");
  }
});

test("no picture is fetched or made smaller for anybody: the site has none to offer", async ({ people, house }) => {
  const operator = await people.enter("operator");
  const place = `${house.origin}/_next/image?url=${encodeURIComponent("/icon.svg")}&w=64&q=75`;
  expect((await fetch(place, { redirect: "manual" })).status).toBe(307);
  expect((await operator.context.request.get(place)).status()).toBe(404);
});

test("nothing of the demo is in production: no page, no code, no setting", async ({ people, house }) => {
  const operator = await people.enter("operator");
  for (const place of ["/demo", "/demo/state", "/demo/assertion", "/api/demo"]) {
    for (const method of ["GET", "POST"])
      expect([place, method, (await operator.http(method, place, method === "POST" ? {} : undefined)).status]).toEqual([
        place,
        method,
        404,
      ]);
  }
  const built = path.join(checkout, ".next");
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && /\.(?:js|json|html|rsc|css)$/.test(one.name) && !one.parentPath.includes(`${path.sep}cache`),
  );
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const text = readFileSync(path.join(file.parentPath, file.name), "utf8");
    for (const word of [
      "software passkey",
      "software-passkey",
      "Play the others",
      "in-page.js",
      "cli/demo",
      "autopilot",
      "CLAVIGER_DEMO",
    ]) {
      expect(text.includes(word), `${word} in ${file.name}`).toBe(false);
    }
  }
  for (const name of ["CLAVIGER_DEMO", "CLAVIGER_DEMO_MODE"]) {
    const { code, output } = await house.startAppWrongly({ [name]: "1" });
    expect(code).not.toBe(0);
    expect(output).toContain(`${name}: there is no such variable`);
  }
});

test("the app is not started with a PIN, a PKCS#11 module, or http on any other host than this one", async ({ house }) => {
  const wrong: readonly (readonly [Record<string, string>, string])[] = [
    [{ CLAVIGER_PIN_FILE: "/nowhere" }, "CLAVIGER_PIN_FILE"],
    [{ CLAVIGER_PKCS11_MODULE: "/nowhere" }, "CLAVIGER_PKCS11_MODULE"],
    [{ APP_ORIGIN: "http://ceremony.example", RP_ID: "ceremony.example" }, "passkeys need https"],
    [{ AUTH_SECRET: "short" }, "AUTH_SECRET"],
  ];
  for (const [settings, said] of wrong) {
    const { code, output } = await house.startAppWrongly(settings);
    expect([settings, code === 0]).toEqual([settings, false]);
    expect(output).toContain(said);
  }
});
