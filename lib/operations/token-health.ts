import type { Json } from "#lib/log/canonical";
import { ok } from "#lib/result";
import { objectJson, readObject } from "./object-json";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { unknownParameters } from "./parameters";
import { keysAmong } from "./inventory";
import { readToken, tokenJson } from "./token-json";

/** Who the token is, what it can do, and what is on it: shown before anything is made, and the baseline of `list-keys`. */
export const tokenHealth: Operation = {
  name: "token-health",
  effect: "reads",
  problems: (request) => unknownParameters(request, []),
  makes: () => [],
  needs: () => [],
  world: () => [{ event: "health-read", token: null }],
  sentence: (_request, token) => `Ask token ${token.serial} who it is, what it can do and which objects it holds. Nothing is changed.`,
  facts: () => [],
  recheck(_request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context);
    const memory = [reader.any("freePublicMemory"), reader.any("freePrivateMemory")];
    if (memory.some((bytes) => bytes !== null && typeof bytes !== "number")) reader.problems.push("free memory is not a number");
    const mechanisms = reader.list("mechanisms", readMechanism);
    const objects = reader.list("objects", readObject);
    const keys = reader.count("keys");
    reader.end();
    if (reader.problems.length === 0 && mechanisms.length === 0) reader.problems.push("the token names no mechanism");
    if (keys !== keysAmong(objects).length) reader.problems.push(`${String(keysAmong(objects).length)} keys are listed, ${String(keys)} were counted`);
    return reader.problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const token = readToken(reader.member("token"), { ceremony: "", ckaId: "", startedAt: "", earlier: [] });
    return {
      facts: [
        { name: "Token label", value: token.label, measured: true },
        { name: "Serial number", value: token.serial, measured: true },
        { name: "Maker and model", value: `${token.manufacturer} ${token.model}`.trim() },
        { name: "Firmware", value: token.firmware, measured: true },
        { name: "Mechanisms", value: reader.list("mechanisms", readMechanism).map(({ name }) => name).join(", "), measured: true },
        { name: "Keys on the token", value: String(reader.count("keys")), measured: true },
        ...(token.profile?.warnings ?? []).map((value) => ({ name: "To be known", value })),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token) {
    const identity = await token.info();
    const mechanisms = await token.mechanisms();
    const objects = await token.listObjects();
    return ok({
      outcome: {
        token: await tokenJson(token),
        freePublicMemory: identity.freePublicMemory,
        freePrivateMemory: identity.freePrivateMemory,
        mechanisms: mechanisms.map(({ name, minKeySize, maxKeySize, flags }): Json => ({ name, minKeySize, maxKeySize, flags })),
        objects: objects.map(objectJson),
        keys: keysAmong(objects).length,
      },
      recovered: false,
      destroyed: [],
    });
  },
};

function readMechanism(reader: OutcomeReader): { name: string } {
  const name = reader.text("name");
  reader.count("minKeySize");
  reader.count("maxKeySize");
  reader.texts("flags");
  reader.end();
  return { name };
}
