import { tokenContract } from "#lib/token/token-contract.under-test";
import { ChildToken } from "./child-token";
import { testToken } from "./test-token.under-test";

async function open(which: "softhsm" | "nss"): Promise<{ token: ChildToken; close: () => Promise<void> }> {
  const { options, drop } = await testToken(which);
  const token = await ChildToken.open(options);
  const close = async (): Promise<void> => {
    await token.close();
    drop();
  };
  return { token, close };
}

tokenContract("SoftHSM 2 in a child", () => open("softhsm"));
// The reason why a proof is made of attempts and not of attributes: this module says "not extractable" and wraps the key.
tokenContract("NSS softokn in a child", () => open("nss"), {
  notOffered: ["Ed25519"],
  // It unwraps no key on a curve by PKCS#11's own attributes: CKR_TEMPLATE_INCOMPLETE.
  wrapped: ["RSA-2048", "AES-256", "HMAC-SHA256"],
  unexportable: { verdict: "exportable", findings: ["LET-COPY-BE-LOOSENED", "WRAPPED-UNEXTRACTABLE-KEY"] },
});
