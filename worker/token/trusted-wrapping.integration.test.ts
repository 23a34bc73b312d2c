import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneKey } from "#lib/token/clone-key";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate, verifiesOutside } from "#lib/token/token-contract.under-test";
import type { KeyTemplate } from "#lib/token/template";
import { ChildToken } from "./child-token";
import { initToken } from "./init-token";
import { testToken, type TestToken } from "./test-token.under-test";

const guarded = (): KeyTemplate => ({ ...freshTemplate("EC-P256", { sign: true }, true), wrapWithTrusted: true });
const MESSAGE = Uint8Array.of(1, 2, 3);

describe("a key that only trusted keys may wrap", () => {
  let [own, bare, vault]: (TestToken | null)[] = [null, null, null];
  const tokens: ChildToken[] = [];
  beforeAll(async () => {
    own = await testToken("softhsm", "own", undefined, true);
    [bare, vault] = [await testToken("softhsm", "bare"), await testToken("softhsm", "vault")];
    for (const { options } of [own, bare, vault]) tokens.push(await ChildToken.open(options));
  });
  afterAll(async () => {
    for (const token of tokens) await token.close();
    for (const ground of [own, bare, vault]) ground?.drop();
  });
  const at = (place: number): ChildToken => tokens[place] ?? raise();

  test("is read back as such, and leaves under the trusted key of the security officer", async () => {
    const order = guarded();
    const made = await obtainKey(at(0), order);
    if (!made.ok || made.value.reading.kind !== "pair") throw new Error("not made");
    const { privateKey, spki } = made.value.reading;
    expect(privateKey.attributes).toMatchObject({ EXTRACTABLE: true, WRAP_WITH_TRUSTED: true });
    const { wrapWithTrusted: _, ...plain } = order;
    const cloned = await cloneKey(at(0), at(2), { id: order.id, spki }, { ...plain, extractable: false });
    expect(cloned).toMatchObject({ ok: true });
    expect(verifiesOutside(spki, "ES256", MESSAGE, await at(2).sign(order.id, "ES256", MESSAGE), "der")).toBe(true);
  });

  test("is refused to every other wrapping key by the module itself", async () => {
    const order = guarded();
    await obtainKey(at(0), order);
    const { attempts } = await at(0).proveNotExportable(order.id);
    const wraps = attempts.filter(({ attempt, answer }) => attempt.startsWith("wrap by ") && answer !== "not offered");
    expect(wraps.length).toBeGreaterThan(0);
    for (const { answer, ckrName } of wraps) expect([answer, ckrName]).toEqual(["refused", "CKR_KEY_NOT_WRAPPABLE"]);
  });

  test("[WRAPS-WITH-TRUSTED-ONLY] stays where no trusted key is", async () => {
    const order = guarded();
    await obtainKey(at(1), order);
    const { spki } = await at(2).openTransport();
    expect(await at(1).wrapTo(order.id, spki)).toEqual({
      ok: false,
      refusal: { reason: "WRAPS-WITH-TRUSTED-ONLY", facts: { label: order.label } },
    });
  });
});

test("[TRUSTED-WRAPPING-NOT-OFFERED] a module that does not keep to it makes no such key, and no trusted one", async () => {
  const nss = await testToken("nss");
  const token = await ChildToken.open(nss.options);
  try {
    const order = guarded();
    const reason = "TRUSTED-WRAPPING-NOT-OFFERED";
    expect(await token.prepareKey(order)).toEqual({ ok: false, refusal: { reason, facts: { label: order.label } } });
    expect((await token.lookById(order.id)).found).toBe("nothing");
    const again = initToken({ ...nss.options, securityOfficerPin: { file: nss.pinFile }, trustedKey: true });
    await expect(again).rejects.toMatchObject({ ckrName: reason });
  } finally {
    await token.close();
    nss.drop();
  }
});

function raise(): never {
  throw new Error("no such token");
}
