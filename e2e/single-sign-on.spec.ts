import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort } from "../cli/setup/port.mjs";
import { expect, openCeremony, test } from "./test";

const CLIENT = { id: "claviger", secret: "a secret between two programs" };

/** An OpenID provider of the organisation; it believes whoever types an account, and vouches for their address. */
async function provider(issuer: string, callback: string): Promise<{ close: () => Promise<void> }> {
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [callback],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: `${sub}@halcyon.example`, email_verified: true }) }),
    cookies: { keys: ["for these tests"] },
    pkce: { required: () => false },
  });
  const handle = oidc.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(Number(new URL(issuer).port), "127.0.0.1", resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

test("whoever signs in by the organisation's own sign-in can look, and is refused every act by name", async ({
  people,
  house,
  browser,
}) => {
  const issuer = `http://localhost:${String(await freePort())}`;
  const administrator = await people.enter("administrator");
  const witness = await people.enter("witnessTwo");
  const id = await openCeremony(people, "one-key", 10, "Looked at from elsewhere");
  const { name, title } = { name: witness.name, title: "External Auditor" };
  const changed = await administrator.http("PUT", `/api/people/${witness.person}`, {
    name,
    title,
    roles: ["witness"],
    email: "nakamura@halcyon.example",
  });
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);

  const origin = await house.startOtherApp((port) => ({
    APP_ORIGIN: `http://localhost:${String(port)}`,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  }));
  const elsewhere = await provider(issuer, `${origin}/api/auth/callback/oidc`);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const enter = async (account: string) => {
      await page.goto(`${origin}/sign-in?next=/ceremonies/${id}`);
      await page.getByRole("button", { name: /^Sign in with (?!a passkey)/ }).click();
      await page.locator("input[name=login]").fill(account);
      await page.locator("input[name=password]").fill("any");
      await page.locator("button[type=submit]").click();
      // The next page has a button of the same kind, for the consent.
      await expect(page.locator("input[name=login]")).toHaveCount(0);
      await page.locator("button[type=submit]").click();
    };
    // Somebody the organisation knows and this house does not.
    await enter("stranger");
    await expect(page.getByText("The other sign-in did not lead here.")).toBeVisible();
    await context.clearCookies();

    await enter("nakamura");
    await expect(page).toHaveURL(`${origin}/ceremonies/${id}`);
    await expect(page.getByRole("heading", { name: "Looked at from elsewhere" })).toBeVisible();
    const ask = (place: string, body: unknown) =>
      page.evaluate(
        async ([place, body]) => {
          const answer = await fetch(place, { method: "POST", headers: { "content-type": "application/json" }, body });
          return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code];
        },
        [place, JSON.stringify(body)] as const,
      );
    const acts = `/api/ceremonies/${id}/acts`;
    expect(await ask(acts, { act: "stop", reason: "Because." })).toEqual([403, "LOOK-ONLY"]);
    expect(await ask(acts, { act: "note-deviation", class: "A", expected: "a", happened: "b", decided: "c" })).toEqual([
      403,
      "LOOK-ONLY",
    ]);
    expect(
      await ask("/api/ceremonies", {
        title: "Mine",
        place: "Here",
        scriptHash: "0".repeat(64),
        rosterHash: "0".repeat(64),
        participants: [],
      }),
    ).toEqual([403, "LOOK-ONLY"]);
    const session = await page.evaluate(async () => (await fetch("/api/session")).json() as Promise<{ canSign: boolean }>);
    expect(session.canSign).toBe(false);
  } finally {
    await context.close();
    await elsewhere.close();
    await house.kill("other-app");
  }
});
