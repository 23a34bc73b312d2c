import { told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { bitFlipped, isRefused } from "./is-refused";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import { EXAMPLE_AES } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { testMessage } from "./test-message";
import { worded } from "./worded-fact";

const IV_BYTES = 12;
const TAG_BYTES = 16;

const PARAMETERS: ParameterSchemas = { label: KEY_LABEL };

/**
 * Encrypts a message that names the ceremony, decrypts it again, and shows that one changed bit is refused: `{label}`. Nobody outside
 * can open it, for the key never leaves. What can be checked outside is the mechanism: given a key known there, the module must
 * seal to the same bytes and open what was sealed there, where it takes such a key. A pair is `test-decryption`'s.
 */
export const testEncryption: Operation = {
  name: "test-encryption",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_AES, { operation: "test-encryption", label: EXAMPLE_AES.label }],
  work: {
    en: { doing: "encrypting and decrypting a test sentence with {label}", done: "{label} tested" },
    de: { doing: "ver- und entschlüsselt einen Probesatz mit {label}", done: "{label} erprobt" },
  },
  rowsIn: {
    de: {
      "Changed ciphertext": "Veränderter Geheimtext",
      "Encrypted and decrypted": "Ver- und entschlüsselt",
      "Mechanism with a known key": "Mechanismus mit einem bekannten Schlüssel",
    },
  },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "secret-key"),
  world: (request) => [{ event: "key-tested", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Encrypt and decrypt one test message that names this ceremony with ${textOf(request, "label")} on token ${token.serial}, ` +
    "and show that a changed ciphertext is refused.",
  sentenceIn: {
    de: (request, token) =>
      `Eine Probenachricht, die diese Zeremonie nennt, mit ${textOf(request, "label")} auf Token ${token.serial} ver- und entschlüsseln ` +
      "und zeigen, dass ein veränderter Geheimtext abgewiesen wird.",
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "secret-key",
      read: (reader) => ({
        mechanism: reader.text("mechanism"),
        nonce: reader.hash("nonce"),
        messageSha256: reader.hash("messageSha256"),
        iv: reader.bytes("iv"),
        ciphertext: reader.bytes("ciphertext"),
        decrypted: reader.flag("decrypted"),
        changedRefused: reader.flag("changedRefused"),
        mechanismChecked: reader.any("mechanismChecked"),
      }),
      judge({ mechanism, nonce, messageSha256, iv, ciphertext, decrypted, changedRefused, mechanismChecked }, key) {
        const problems: string[] = [];
        const message = testMessage(request.operation, key.label, context, nonce);
        if (!key.algorithm.startsWith("AES") || mechanism !== "AES-GCM") {
          problems.push(`${key.algorithm} was tested with ${mechanism}`);
        }
        if (messageSha256 !== sha256Hex(message)) problems.push("the message does not name this ceremony");
        if (iv.length !== IV_BYTES || ciphertext.length !== message.length + TAG_BYTES) {
          problems.push("the ciphertext has another length than its message gives");
        }
        if (!decrypted) problems.push("what was decrypted is not what was encrypted");
        if (!changedRefused) problems.push("a changed ciphertext was not refused");
        if (mechanismChecked !== true && mechanismChecked !== "not offered") problems.push("the mechanism is not AES-GCM");
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Mechanism", value: reader.text("mechanism"), measured: true },
        worded(
          "Encrypted and decrypted",
          reader.flag("decrypted") ? told`the message came back whole` : told`the message did not come back`,
        ),
        worded("Changed ciphertext", reader.flag("changedRefused") ? told`refused` : told`not refused`),
        worded("Mechanism with a known key", shownCheck(reader.any("mechanismChecked"))),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, request, context) {
    const made = keyOf(request, context, "secret-key");
    if (!made.ok) return made;
    const key = made.value;
    if (!key.algorithm.startsWith("AES")) return refuse({ call: request.operation, name: "KEY-CANNOT-ENCRYPT" });
    const id = fromHex(key.ckaId);
    const message = testMessage(request.operation, key.label, context, context.nonce);
    const aad = fromHex(context.ckaId);
    const sealed = await token.encrypt(id, message, aad);
    if (!sameBytes(await token.decrypt(id, sealed, aad), message)) {
      return refuse({ call: request.operation, name: "DECRYPTED-DIFFERS" });
    }
    const changed = { ...sealed, ciphertext: bitFlipped(sealed.ciphertext, 0) };
    if (!(await isRefused(token.decrypt(id, changed, aad)))) return refuse({ call: request.operation, name: "CHANGED-NOT-REFUSED" });
    const mechanismChecked = await token.checkCipherMechanism();
    if (mechanismChecked === false) return refuse({ call: request.operation, name: "MECHANISM-NOT-GCM" });
    return workedWith(key, token, {
      mechanism: "AES-GCM",
      nonce: context.nonce,
      messageSha256: sha256Hex(message),
      iv: base64url(sealed.iv),
      ciphertext: base64url(sealed.ciphertext),
      decrypted: true,
      changedRefused: true,
      mechanismChecked,
    });
  },
};

function shownCheck(checked: Json): Told {
  if (checked === "not offered") return told`the module takes no known key: nothing of it was checked outside`;
  return checked === true ? told`agrees with the outside, byte for byte` : told`disagrees with the outside`;
}
