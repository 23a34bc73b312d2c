import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import { clientAddress } from "./client-address";
import { contentSecurityPolicy } from "./security-headers";
import { cookieName, sessionIdIn } from "./session-cookie";

const secret = "a secret for tests, of more than thirty-two bytes";

it("finds the session's id among other cookies, by the name for this transport", async () => {
  const token = await encode({ token: { sid: "s-1" }, secret });
  for (const secure of [true, false]) {
    expect(await sessionIdIn(`a=b; ${cookieName(secure)}=${token}; c=d`, { secret, secure })).toBe("s-1");
    expect(await sessionIdIn(`${cookieName(!secure)}=${token}`, { secret, secure })).toBeNull();
  }
});

it("finds none in what was forged, is too old, is of another secret, or names none", async () => {
  const name = cookieName(false);
  const tokens = [
    await encode({ token: { sid: "s-1" }, secret: `${secret}!` }),
    await encode({ token: { sid: "s-1" }, secret, maxAge: -60 }),
    await encode({ token: { sub: "s-1" }, secret }),
    "eyJhbGciOiJub25lIn0.eyJzaWQiOiJzLTEifQ.",
    "",
  ];
  for (const token of tokens) expect(await sessionIdIn(`${name}=${token}`, { secret, secure: false })).toBeNull();
  expect(await sessionIdIn(null, { secret, secure: false })).toBeNull();
});

it("binds the cookie to this host over TLS", () => {
  expect(cookieName(true)).toMatch(/^__Host-/);
});

it("counts trusted proxies from the right, so that an address made up on the left is not believed", () => {
  expect(clientAddress("203.0.113.1", 0)).toBe("203.0.113.1");
  expect(clientAddress("9.9.9.9, 203.0.113.1", 0)).toBe("203.0.113.1");
  expect(clientAddress("9.9.9.9, 203.0.113.1, 10.0.0.1", 1)).toBe("203.0.113.1");
  expect(clientAddress("9.9.9.9, 203.0.113.1, 10.0.0.2, 10.0.0.1", 2)).toBe("203.0.113.1");
  expect(clientAddress("203.0.113.1", 3)).toBe("203.0.113.1");
  expect(clientAddress(null, 1)).toBe("");
});

it("allows a page its own scripts by nonce, nothing inline, nothing from elsewhere, no frame", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", secure: true, development: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("upgrade-insecure-requests");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  expect(contentSecurityPolicy({ nonce: "abc", secure: false, development: false })).not.toContain("upgrade");
});
