import { expect, test } from "vitest";
import { TokenFault } from "#lib/token/fault";
import { bitFlipped, isRefused } from "./is-refused";

test("an error of the module's own is a refusal; success is none; a token that is gone, and any other fault, is no answer", async () => {
  expect(await isRefused(Promise.reject(new TokenFault("C_Decrypt", 0x40, "CKR_ENCRYPTED_DATA_INVALID")))).toBe(true);
  expect(await isRefused(Promise.resolve(new Uint8Array()))).toBe(false);
  await expect(isRefused(Promise.reject(new TokenFault("C_Decrypt", 0x32, "CKR_DEVICE_REMOVED", true)))).rejects.toThrow(TokenFault);
  await expect(isRefused(Promise.reject(new TokenFault("C_Decrypt", null, "NO-ANSWER")))).rejects.toThrow(TokenFault);
  await expect(isRefused(Promise.reject(new Error("else")))).rejects.toThrow("else");
});

test("one bit is flipped, and the bytes given stay as they are", () => {
  const bytes = Uint8Array.of(4, 5, 6);
  expect([...bitFlipped(bytes, 1)]).toEqual([4, 4, 6]);
  expect([...bytes]).toEqual([4, 5, 6]);
});
