import { expect, test } from "vitest";
import { PROFILES } from "#lib/token/profile";
import type { Cryptoki } from "./cryptoki";
import { acceptsMac } from "./mac-test";
import { OpenToken } from "./open-token";

const handle = Buffer.alloc(8);

test.each([0, 1, 31, 33, 64])("a MAC of %i bytes is none, whatever the module would say of it", async (length) => {
  let asked = 0;
  const verify = () => {
    asked += 1;
    return Promise.resolve();
  };
  const cryptoki = { verify } as Partial<Cryptoki> as Cryptoki;
  const names = { mechanism: String, keyType: String };
  const parts = { cryptoki, profile: PROFILES["nss-softokn"], names, slot: handle, serial: "s", session: handle };
  const token = new OpenToken({ ...parts, mayPersist: () => undefined });
  expect(await acceptsMac(token, handle, Buffer.from("a"), Buffer.alloc(length))).toBe(false);
  expect(asked).toBe(0);
  expect(await acceptsMac(token, handle, Buffer.from("a"), Buffer.alloc(32))).toBe(true);
  expect(asked).toBe(1);
});
