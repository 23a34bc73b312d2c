import { told, type Told } from "#lib/ceremony/told";
import { base64url, fromHex, sameBytes, sha256Hex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { MadeSecret } from "./made-key";
import { EXAMPLE_HMAC } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, mention, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { testMessage } from "./test-message";
import { worded } from "./worded-fact";

const MAC_BYTES = 32;
const mayVerify = (key: MadeSecret): boolean => key.usage.includes("verify");

const PARAMETERS: ParameterSchemas = { label: KEY_LABEL };

/**
 * Makes the MAC of a message that names the ceremony: `{label}`. Nobody outside can recompute it, for the key never leaves. Shown
 * is what can be: the same message gives the same MAC and another one another; the token accepts it and refuses a changed one,
 * where the key may verify; and the module's mechanism, given a key known outside, agrees with what is computed there, where the
 * module takes such a key. The MAC is kept: whoever has this key again can show by it that it is the same.
 */
export const testMac: Operation = {
  name: "test-mac",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_HMAC, { operation: "test-mac", label: EXAMPLE_HMAC.label }],
  work: {
    en: { doing: "making the MAC of a test sentence with {label}", done: "{label} tested" },
    de: { doing: "bildet den MAC eines Probesatzes mit {label}", done: "{label} erprobt" },
  },
  rowsIn: {
    de: {
      "the key may not verify": "der Schlüssel darf nicht prüfen",
      "the same MAC": "derselbe MAC",
      "another MAC": "ein anderer MAC",
      "the MAC is good": "der MAC ist gültig",
      "the MAC is not good": "der MAC ist nicht gültig",
      "Another message": "Eine andere Nachricht",
      "Changed MAC": "Veränderter MAC",
      "Checked by the token": "Vom Token geprüft",
      MAC: "MAC der Nachricht",
      "Mechanism with a known key": "Mechanismus mit einem bekannten Schlüssel",
      "Same message again": "Dieselbe Nachricht noch einmal",
    },
  },
  problems: (request) => [...unknownParameters(request, PARAMETERS), ...labelProblems(request)],
  makes: () => [],
  needs: (request) => mention(request, "secret-key"),
  world: (request) => [{ event: "key-tested", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Make the MAC of one test message that names this ceremony with ${textOf(request, "label")} on token ${token.serial}, ` +
    "and show that the token accepts it and refuses a changed one.",
  sentenceIn: {
    de: (request, token) =>
      `Den MAC einer Probenachricht, die diese Zeremonie nennt, mit ${textOf(request, "label")} auf Token ${token.serial} bilden ` +
      "und zeigen, dass das Token ihn annimmt und einen veränderten abweist.",
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: "secret-key",
      read: (reader) => ({
        mechanism: reader.text("mechanism"),
        nonce: reader.hash("nonce"),
        messageSha256: reader.hash("messageSha256"),
        mac: reader.bytes("mac"),
        repeated: reader.flag("repeated"),
        otherDiffers: reader.flag("otherDiffers"),
        accepted: reader.any("accepted"),
        changedRefused: reader.any("changedRefused"),
        mechanismChecked: reader.any("mechanismChecked"),
      }),
      judge(said, key) {
        const problems: string[] = [];
        const message = testMessage(request.operation, key.label, context, said.nonce);
        const verified = mayVerify(key) ? true : "not allowed";
        if (key.algorithm !== "HMAC-SHA256" || said.mechanism !== "HMAC-SHA256") {
          problems.push(`${key.algorithm} was tested with ${said.mechanism}`);
        }
        if (said.messageSha256 !== sha256Hex(message)) problems.push("the message does not name this ceremony");
        if (said.mac.length !== MAC_BYTES) problems.push("the MAC has another length than its mechanism gives");
        if (!said.repeated) problems.push("the same message gave another MAC");
        if (!said.otherDiffers) problems.push("another message gave the same MAC");
        if (said.accepted !== verified) problems.push("the token did not accept its own MAC");
        if (said.changedRefused !== verified) problems.push("a changed MAC was not refused");
        if (said.mechanismChecked !== true && said.mechanismChecked !== "not offered") {
          problems.push("the mechanism is not HMAC-SHA256");
        }
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const shown = (name: string, yes: Told, no: Told) => {
      const value = reader.any(name);
      if (value === "not allowed") return told`the key may not verify`;
      if (value === "not offered") return told`the module takes no known key`;
      return value === true ? yes : no;
    };
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Mechanism", value: reader.text("mechanism"), measured: true },
        worded("Same message again", reader.flag("repeated") ? told`the same MAC` : told`another MAC`),
        worded("Another message", reader.flag("otherDiffers") ? told`another MAC` : told`the same MAC`),
        worded("Checked by the token", shown("accepted", told`the MAC is good`, told`the MAC is not good`)),
        worded("Changed MAC", shown("changedRefused", told`refused`, told`not refused`)),
        worded(
          "Mechanism with a known key",
          shown("mechanismChecked", told`agrees with the outside`, told`disagrees with the outside`),
        ),
        { name: "SHA-256 of the message", value: reader.text("messageSha256"), measured: true },
        { name: "MAC", value: reader.text("mac"), measured: true },
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, request, context) {
    const made = keyOf(request, context, "secret-key");
    if (!made.ok) return made;
    const no = (name: string) => refuse({ call: request.operation, name });
    const key = made.value;
    if (key.algorithm !== "HMAC-SHA256") return no("KEY-CANNOT-MAC");
    const id = fromHex(key.ckaId);
    const message = testMessage(request.operation, key.label, context, context.nonce);
    const mac = await token.mac(id, message);
    if (mac.length !== MAC_BYTES || !sameBytes(await token.mac(id, message), mac)) return no("MAC-DIFFERS");
    if (sameBytes(await token.mac(id, message.subarray(1)), mac)) return no("MAC-NOT-OF-THE-MESSAGE");
    const changed = Uint8Array.from(mac, (byte, i) => (i === 0 ? byte ^ 1 : byte));
    if (mayVerify(key) && !(await token.verifyMac(id, message, mac))) return no("MAC-NOT-ACCEPTED");
    if (mayVerify(key) && (await token.verifyMac(id, message, changed))) return no("CHANGED-NOT-REFUSED");
    // Modules refuse a MAC with errors of many names: that the right one is accepted again shows that it was the MAC.
    if (mayVerify(key) && !(await token.verifyMac(id, message, mac))) return no("MAC-NOT-ACCEPTED");
    const mechanismChecked = await token.checkMacMechanism();
    if (mechanismChecked === false) return no("MECHANISM-NOT-HMAC");
    const verified = mayVerify(key) ? true : "not allowed";
    return workedWith(key, token, {
      mechanism: "HMAC-SHA256",
      nonce: context.nonce,
      messageSha256: sha256Hex(message),
      mac: base64url(mac),
      repeated: true,
      otherDiffers: true,
      accepted: verified,
      changedRefused: verified,
      mechanismChecked,
    });
  },
};
