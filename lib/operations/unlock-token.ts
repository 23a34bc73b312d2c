import { told } from "#lib/ceremony/told";
import { ok } from "#lib/result";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { calling, callingInGerman, identityJson, readToken } from "./token-json";
import { TOKEN_ALONE, tokenProblems } from "./token-parameter";
import { worded } from "./worded-fact";

/**
 * Gives the worker the user PIN of another token, which two custodians enter half each: `{token}`. It is tried once, and kept in
 * the worker's memory until the ceremony ends: for tokens whose PIN no file on the worker's host holds.
 */
export const unlockToken: Operation = {
  name: "unlock-token",
  effect: "uses",
  parameters: TOKEN_ALONE,
  example: [{ operation: "unlock-token", token: "vault" }],
  work: {
    en: { doing: "logging in to {token}" },
    de: { doing: "meldet sich bei {token} an" },
  },
  rowsIn: {
    de: {
      "accepted at the first try; forgotten when the ceremony ends":
        "beim ersten Versuch angenommen; vergessen, sobald die Zeremonie endet",
      PIN: "Die PIN",
    },
  },
  problems: (request) => tokenProblems(request),
  makes: () => [],
  needs: () => [],
  tokens: (request) => [textOf(request, "token")],
  secrets: (request) => [
    {
      name: "user-pin",
      title: `the user PIN of token ${textOf(request, "token")}`,
      titleIn: { de: `die Benutzer-PIN für das Token ${textOf(request, "token")}` },
      chosen: false,
      pinOf: textOf(request, "token"),
      holder: "user",
    },
  ],
  sentence: (request, token) =>
    `Log in to ${calling(textOf(request, "token"), token)} with the user PIN that two custodians enter in two parts, and keep that PIN in the worker's memory until this ceremony ends. Nothing on the token is changed.`,
  sentenceIn: {
    de: (request, token) =>
      `An ${callingInGerman(textOf(request, "token"), token)} mit der Benutzer-PIN anmelden, die zwei ` +
      "Schlüsselverwahrer in zwei Teilen eingeben, und diese PIN im Speicher des Workers behalten, bis diese Zeremonie " +
      "endet. Am Token wird nichts geändert.",
  },
  facts: (request) => [{ name: "Token", value: textOf(request, "token"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    readToken(reader.member("token"), context, textOf(request, "token"));
    reader.end();
    return reader.problems;
  },
  tell(_request, outcome) {
    const token = new OutcomeReader(outcome).member("token");
    return {
      facts: [
        { name: "Token label", value: token.text("label"), measured: true },
        { name: "Serial number", value: token.text("serial"), measured: true },
        worded("PIN", told`accepted at the first try; forgotten when the ceremony ends`),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(_token, request, context) {
    const keeper = context.keeper(textOf(request, "token"));
    const identity = await keeper.perform({ task: "check-pin", userPin: await context.secret("user-pin") });
    return ok({ outcome: { token: identityJson(identity, keeper.profile.id) }, recovered: false, destroyed: [] });
  },
};
