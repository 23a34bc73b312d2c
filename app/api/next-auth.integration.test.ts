import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { authenticationOf } from "#cli/demo/software-passkey";
import { ApiGrounds, ORIGIN, USE } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));
/** Next gives a route its request's headers and cookies by these; here the request under way gives them. */
const underWay = new AsyncLocalStorage<NextRequest>();
Object.assign(createRequire(import.meta.url)("next/headers") as object, {
  headers: () => Promise.resolve(underWay.getStore()?.headers),
  cookies: () => Promise.resolve(underWay.getStore()?.cookies),
});

let grounds: ApiGrounds;
let server: Server;
let claims: { email?: string; email_verified?: boolean };

/** A real OpenID provider, which takes everybody for whoever they say they are. */
async function openProvider(): Promise<string> {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  vi.spyOn(console, "warn").mockImplementation(() => undefined); // the provider says that it is not for production
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  const untyped: string = "oidc-provider"; // the package has no types of its own
  const { default: Provider } = (await import(untyped)) as {
    default: new (issuer: string, settings: object) => { callback(): RequestListener };
  };
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "claviger", client_secret: "a secret of the test", redirect_uris: [`${ORIGIN}/api/auth/callback/oidc`] },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...claims }) }),
  });
  server.on("request", provider.callback());
  return issuer;
}

beforeAll(async () => {
  grounds = await ApiGrounds.open();
  const issuer = await openProvider();
  Object.assign(process.env, { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "claviger", OIDC_CLIENT_SECRET: "a secret of the test" });
  await grounds.enrol("olaf", ["administrator"]);
  await grounds.db.person.update({ where: { id: "olaf" }, data: { email: "olaf@example.org" } });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await grounds.close();
});

/** A browser: it keeps cookies for each host and follows where it is sent, filling in the provider's forms. */
class Browser {
  readonly #jar = new Map<string, Map<string, string>>();

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url);
    const jar = this.#jar.get(target.host) ?? new Map<string, string>();
    this.#jar.set(target.host, jar);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer =
      target.origin === ORIGIN
        ? await this.#app(target, { ...init, headers })
        : await fetch(target, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  }

  async #app(target: URL, init: RequestInit): Promise<Response> {
    const route = await import("./auth/[...nextauth]/route");
    const request = new NextRequest(target, init as ConstructorParameters<typeof NextRequest>[1]);
    const context = { params: Promise.resolve({ nextauth: target.pathname.split("/").slice(3) }) };
    return underWay.run(request, () => (init.method === "POST" ? route.POST : route.GET)(request, context));
  }

  cookieFor(host: string): string {
    return [...(this.#jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** From the button on the sign-in page to wherever it ends. */
  async signInAs(subject: string): Promise<string> {
    const { csrfToken } = (await (await this.go(`${ORIGIN}/api/auth/csrf`)).json()) as { csrfToken: string };
    const form = { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN };
    const begun = await this.go(`${ORIGIN}/api/auth/signin/oidc`, {
      method: "POST",
      headers: form,
      body: new URLSearchParams({ csrfToken, json: "true", callbackUrl: `${ORIGIN}/` }).toString(),
    });
    let place = ((await begun.json()) as { url: string }).url;
    for (let hops = 0; hops < 20; hops++) {
      if (place.startsWith(ORIGIN) && !place.startsWith(`${ORIGIN}/api/`)) return place;
      let answer = await this.go(place);
      if (answer.status === 200) {
        const page = await answer.text();
        const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? "";
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? "";
        answer = await this.go(new URL(action, place).href, {
          method: "POST",
          headers: form,
          body: new URLSearchParams({ prompt, login: subject, password: "x" }).toString(),
        });
      }
      place = new URL(answer.headers.get("location") ?? "", place).href;
    }
    throw new Error(`no end at ${place}`);
  }

  async whoAmI() {
    const { GET } = await import("./session/route");
    return grounds.ask<{ person: string; canSign: boolean }>(GET, { cookie: this.cookieFor(new URL(ORIGIN).host) });
  }
}

beforeEach(() => {
  claims = { email: "olaf@example.org", email_verified: true };
});

it("lets a person in by their passkey, with a cookie that scripts and other sites do not get", async () => {
  const passkey = await grounds.enrol("pia", ["witness"]);
  const browser = new Browser();
  const enter = async (challengeId: string, challenge: Uint8Array) => {
    const { csrfToken } = (await (await browser.go(`${ORIGIN}/api/auth/csrf`)).json()) as { csrfToken: string };
    const body = new URLSearchParams({
      csrfToken,
      challengeId,
      json: "true",
      assertion: JSON.stringify(authenticationOf(passkey, challenge, USE)),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN };
    return browser.go(`${ORIGIN}/api/auth/callback/passkey`, { method: "POST", headers, body: body.toString() });
  };
  const { challengeId, challenge } = await grounds.challenge();
  const answer = await enter(challengeId, challenge);
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("claviger.session-token="));
  expect(cookie).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/);
  expect((await browser.whoAmI()).body).toMatchObject({ person: "pia", canSign: true });

  const again = await enter(challengeId, challenge);
  expect(again.status).toBe(401);
  expect(((await again.json()) as { url: string }).url).toContain("error=SIGN-IN-REFUSED");
});

it("lets a known person in to look, by the address an administrator gave them", async () => {
  const browser = new Browser();
  expect(await browser.signInAs("subject-1")).toBe(`${ORIGIN}/`);
  expect((await browser.whoAmI()).body).toMatchObject({ person: "olaf", canSign: false });
  const { POST } = await import("./scripts/route");
  const acted = await grounds.ask(POST, { method: "POST", body: { yaml: "" }, cookie: browser.cookieFor("localhost:3000") });
  expect(acted.body.error?.code).toBe("LOOK-ONLY");
});

it("knows them again by their subject, even without the address", async () => {
  claims = {};
  const browser = new Browser();
  await browser.signInAs("subject-1");
  expect((await browser.whoAmI()).body.person).toBe("olaf");
});

it.each([
  ["whose address nobody gave to a person", "subject-2", { email: "stranger@example.org", email_verified: true }],
  ["who has the address of somebody bound to another subject", "subject-3", { email: "olaf@example.org", email_verified: true }],
  ["whose address the provider does not vouch for", "subject-4", { email: "olaf@example.org", email_verified: false }],
  ["without an address", "subject-5", {}],
])("lets nobody in %s, and makes nobody up", async (_, subject, said) => {
  claims = said;
  const people = await grounds.db.person.count();
  const browser = new Browser();
  expect(await browser.signInAs(subject)).toContain("/sign-in?error=");
  expect((await browser.whoAmI()).status).toBe(401);
  expect(await grounds.db.person.count()).toBe(people);
});

it("ends the session with the sign-out, not only its cookie", async () => {
  const browser = new Browser();
  await browser.signInAs("subject-1");
  const cookie = browser.cookieFor("localhost:3000");
  const { csrfToken } = (await (await browser.go(`${ORIGIN}/api/auth/csrf`)).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, json: "true" }).toString();
  await browser.go(`${ORIGIN}/api/auth/signout`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN },
    body,
  });
  const { GET } = await import("./session/route");
  expect((await grounds.ask(GET, { cookie })).status).toBe(401);
});
