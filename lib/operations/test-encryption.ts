import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import { TokenFault } from "#lib/token/fault";
import type { Sealed, Token } from "#lib/token/token";
import { madeKey } from "./made-key";
import type { Execute, Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { labelProblems, mention, textOf, unknownParameters } from "./parameters";
import { testMessage } from "./test-message";
import { readToken, tokenJson } from "./token-json";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a message that names the ceremony, decrypts it again, and shows that one changed bit is refused: `{label}`. */
export const rules: Operation = {
  name: "test-encryption",
  effect: "uses",
  problems: (request) => [...unknownParameters(request, ["label"]), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "secret-key"),
  sentence: (request, token) =>
    `Encrypt and decrypt one test message that names this ceremony with ${textOf(request, "label")} on token ${token.serial}, and show that a changed ciphertext is refused.`,
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const label = reader.text("label");
    const ckaId = reader.hash("ckaId");
    const mechanism = reader.text("mechanism");
    const nonce = reader.hash("nonce");
    const messageSha256 = reader.hash("messageSha256");
    const iv = reader.bytes("iv");
    const ciphertext = reader.bytes("ciphertext");
    const decrypted = reader.flag("decrypted");
    const changedRefused = reader.flag("changedRefused");
    readToken(reader.member("token"), context);
    reader.end();
    const { problems } = reader;
    if (problems.length > 0) return problems;
    const key = madeKey(context.earlier, textOf(request, "label"));
    if (!key || key.spki) return [`no secret key called ${textOf(request, "label")} was made before`];
    const message = testMessage(request.operation, key.label, context, nonce);
    if (label !== key.label || ckaId !== key.ckaId) problems.push("another key was used");
    if (!key.algorithm.startsWith("AES") || mechanism !== "AES-GCM") problems.push(`${key.algorithm} was tested with ${mechanism}`);
    if (messageSha256 !== sha256Hex(message)) problems.push("the message does not name this ceremony");
    if (iv.length !== IV_BYTES || ciphertext.length !== message.length + TAG_BYTES) problems.push("the ciphertext has another length than its message gives");
    if (!decrypted) problems.push("what was decrypted is not what was encrypted");
    if (!changedRefused) problems.push("a changed ciphertext was not refused");
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Mechanism", value: reader.text("mechanism"), measured: true },
        { name: "Encrypted and decrypted", value: reader.flag("decrypted") ? "the message came back whole" : "the message did not come back" },
        { name: "Changed ciphertext", value: reader.flag("changedRefused") ? "refused" : "not refused" },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
};

export const execute: Execute = async (token, request, context) => {
  const key = madeKey(context.earlier, textOf(request, "label"));
  if (!key || key.spki) return refuse({ call: request.operation, name: "KEY-NOT-MADE-HERE" });
  if (!key.algorithm.startsWith("AES")) return refuse({ call: request.operation, name: "KEY-CANNOT-ENCRYPT" });
  const id = fromHex(key.ckaId);
  const message = testMessage(request.operation, key.label, context, context.nonce);
  const aad = fromHex(context.ckaId);
  const sealed = await token.encrypt(id, message, aad);
  if (!sameBytes(await token.decrypt(id, sealed, aad), message)) return refuse({ call: request.operation, name: "DECRYPTED-DIFFERS" });
  if (!(await refusesChanged(token, id, sealed, aad))) return refuse({ call: request.operation, name: "CHANGED-NOT-REFUSED" });
  const outcome = {
    label: key.label,
    ckaId: key.ckaId,
    mechanism: "AES-GCM",
    nonce: context.nonce,
    messageSha256: sha256Hex(message),
    iv: base64url(sealed.iv),
    ciphertext: base64url(sealed.ciphertext),
    decrypted: true,
    changedRefused: true,
    token: await tokenJson(token),
  };
  return ok({ outcome, recovered: false, destroyed: [] });
};

/** True when the module answers a ciphertext with one flipped bit with an error of its own; a token that is gone is no answer. */
async function refusesChanged(token: Token, id: Uint8Array, { iv, ciphertext }: Sealed, aad: Uint8Array): Promise<boolean> {
  const changed = Uint8Array.from(ciphertext, (byte, i) => (i === 0 ? byte ^ 1 : byte));
  try {
    await token.decrypt(id, { iv, ciphertext: changed }, aad);
    return false;
  } catch (fault) {
    if (fault instanceof TokenFault && !fault.gone && fault.ckr !== null) return true;
    throw fault;
  }
}
