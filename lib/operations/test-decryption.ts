import { told } from "#lib/ceremony/told";
import { base64url, fromHex, sameBytes, sha256, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { EXAMPLE_PAIR } from "./example-keys";
import { bitFlipped, isRefused } from "./is-refused";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { MadePair } from "./made-key";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { testMessage } from "./test-message";
import { worded } from "./worded-fact";

const MECHANISM = "RSA-OAEP";
const RSA = /^RSA-([0-9]{4})$/;

const PARAMETERS: ParameterSchemas = { label: KEY_LABEL };
const EXAMPLE = { ...EXAMPLE_PAIR, label: "letters", algorithm: "RSA-2048", usage: ["decrypt"] };

/** Bytes of a ciphertext for this key (RFC 8017 section 7.1.1: as many as its modulus has); 0 for a key of another kind. */
export const oaepBytes = ({ algorithm }: MadePair): number => Number(RSA.exec(algorithm)?.[1] ?? 0) / 8;

/**
 * Encrypts outside the HSM, to the public key as it was exported, what only the HSM can open, and has it opened there: `{label}`.
 * What is encrypted is the SHA-256 of a message that names the ceremony, because a message of that length does not fit. A changed
 * ciphertext must be refused.
 */
export const testDecryption: Operation = {
  name: "test-decryption",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE, { operation: "test-decryption", label: EXAMPLE.label }],
  work: {
    en: { doing: "decrypting with {label} what was encrypted outside", done: "{label} tested" },
    de: { doing: "entschlüsselt mit {label}, was außerhalb verschlüsselt wurde", done: "{label} erprobt" },
  },
  rowsIn: {
    de: {
      "Changed ciphertext": "Veränderter Geheimtext",
      "Encrypted outside, decrypted inside": "Außerhalb verschlüsselt, im HSM entschlüsselt",
    },
  },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "key-pair"),
  world: (request) => [{ event: "key-tested", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Encrypt one test message that names this ceremony outside the HSM, with the public key of ${textOf(request, "label")}, decrypt it ` +
    `on token ${token.serial}, and show that a changed ciphertext is refused.`,
  sentenceIn: {
    de: (request, token) =>
      `Eine Probenachricht, die diese Zeremonie nennt, außerhalb des HSM mit dem öffentlichen Schlüssel von ${textOf(request, "label")} ` +
      `verschlüsseln, sie auf Token ${token.serial} entschlüsseln und zeigen, dass ein veränderter Geheimtext abgewiesen wird.`,
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "key-pair",
      read: (reader) => ({
        mechanism: reader.text("mechanism"),
        nonce: reader.hash("nonce"),
        messageSha256: reader.hash("messageSha256"),
        spki: reader.bytes("spki"),
        ciphertext: reader.bytes("ciphertext"),
        decrypted: reader.flag("decrypted"),
        changedRefused: reader.flag("changedRefused"),
      }),
      judge(said, key) {
        const problems: string[] = [];
        const message = testMessage(request.operation, key.label, context, said.nonce);
        if (oaepBytes(key) === 0 || said.mechanism !== MECHANISM) problems.push(`${key.algorithm} was tested with ${said.mechanism}`);
        if (said.messageSha256 !== sha256Hex(message)) problems.push("the message does not name this ceremony");
        if (!sameBytes(said.spki, key.spki)) problems.push("encrypted with a public key that is not the one made");
        if (said.ciphertext.length !== oaepBytes(key)) problems.push("the ciphertext has another length than the key gives");
        if (!said.decrypted) problems.push("what was decrypted is not what was encrypted outside the HSM");
        if (!said.changedRefused) problems.push("a changed ciphertext was not refused");
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
          "Encrypted outside, decrypted inside",
          reader.flag("decrypted") ? told`the message came back whole` : told`the message did not come back`,
        ),
        worded("Changed ciphertext", reader.flag("changedRefused") ? told`refused` : told`not refused`),
        { name: "SHA-256 of the message", value: reader.text("messageSha256"), measured: true },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, request, context) {
    const made = keyOf(request, context, "key-pair");
    if (!made.ok) return made;
    const no = (name: string) => refuse({ call: request.operation, name });
    const key = made.value;
    if (oaepBytes(key) === 0 || !key.usage.includes("decrypt")) return no("KEY-CANNOT-DECRYPT");
    const id = fromHex(key.ckaId);
    const message = testMessage(request.operation, key.label, context, context.nonce);
    const ciphertext = await context.encryptOaep(key.spki, sha256(message));
    if (!sameBytes(await token.decryptOaep(id, ciphertext), sha256(message))) return no("DECRYPTED-DIFFERS");
    if (!(await isRefused(token.decryptOaep(id, bitFlipped(ciphertext, ciphertext.length - 1))))) return no("CHANGED-NOT-REFUSED");
    return workedWith(key, token, {
      mechanism: MECHANISM,
      nonce: context.nonce,
      messageSha256: sha256Hex(message),
      spki: base64url(key.spki),
      ciphertext: base64url(ciphertext),
      decrypted: true,
      changedRefused: true,
    });
  },
};
