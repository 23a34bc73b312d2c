import { expect, test } from "./test";

// Last of all: whoever trips these limits is locked out for minutes, and every test comes from one address.

/** Windows begin by the clock: after so many failures one of two windows is full, and one more is answered so. */
const TRIES = 22;

// Who looks once more is not the one who was locked out by the first look.
test.beforeEach(async ({ house }) => {
  if (test.info().retry > 0) await house.query(`DELETE FROM "RateWindow"`);
});

test("guessing enrolment links is answered 429 after a few, with the seconds to wait", async ({ people }) => {
  const stranger = await people.stranger("guesser", "Somebody Else");
  const answers = [];
  for (let tries = 0; tries < TRIES && answers.at(-1)?.status !== 429; tries += 1)
    answers.push(await stranger.http("GET", `/api/enrolment/guess-${String(tries)}`));
  const last = answers.at(-1);
  expect(answers[0]?.status).toBe(410);
  expect([last?.status, last?.body.error?.code]).toEqual([429, "TOO-OFTEN"]);
  expect(Number(last?.headers["retry-after"])).toBeGreaterThan(0);
});

test("so are sign-ins that fail, whatever the caller says about where it comes from", async ({ people, house }) => {
  const stranger = await people.stranger("guesser", "Somebody Else");
  const { csrfToken } = (await stranger.http("GET", "/api/auth/csrf")).body as unknown as { csrfToken: string };
  const spelt = Buffer.alloc(48).toString("base64url");
  const assertion = JSON.stringify({
    id: spelt,
    response: { authenticatorData: spelt, clientDataJSON: spelt, signature: spelt },
  });
  const said: string[] = [];
  for (let tries = 0; tries < TRIES && !said.at(-1)?.startsWith("429"); tries += 1) {
    const form = new URLSearchParams({ csrfToken, challengeId: "none", assertion, json: "true", callbackUrl: house.origin });
    const answer = await stranger.context.request.post(`${house.origin}/api/auth/callback/passkey`, {
      headers: {
        origin: house.origin,
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-for": `203.0.113.${String(tries)}`,
      },
      data: form.toString(),
    });
    said.push(`${String(answer.status())} ${await answer.text()}`);
  }
  expect(said[0]).toContain("SIGN-IN-REFUSED");
  expect(said.at(-1)).toMatch(/^429 .*TOO-OFTEN/);
});

test("so are challenges", async ({ people }) => {
  const stranger = await people.stranger("guesser", "Somebody Else");
  const statuses = new Set<number>();
  // Windows begin with the minute: so many that one of two windows must be full.
  for (let tries = 0; tries < 300 && !statuses.has(429); tries += 10) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => stranger.http("POST", "/api/passkey/challenge", {})));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses].sort()).toEqual([200, 429]);
});
