import { told } from "#lib/ceremony/told";
import { sameBytes } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import type { PinHolder } from "#lib/token/profile";
import { inability } from "#lib/token/token-keeper";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { calling, callingInGerman, identityJson, readToken } from "./token-json";
import { TOKEN_ALONE, tokenProblems } from "./token-parameter";
import { worded } from "./worded-fact";

const CALLED = { "security-officer": "security officer's PIN", user: "user PIN" } as const;
const CHANGED = {
  "security-officer": told`the security officer's PIN, set by two people and tried once`,
  user: told`the user PIN, set by two people and tried once`,
} as const;
const CALLED_IN_GERMAN = { "security-officer": "Die PIN des Sicherheitsbeauftragten", user: "Die Benutzer-PIN" } as const;
const SECRET_IN_GERMAN = { "security-officer": "PIN des Sicherheitsbeauftragten", user: "Benutzer-PIN" } as const;
const SECRET = { "security-officer": "so-pin", user: "user-pin" } as const;

/**
 * The change of one of a token's two PINs: `{token}`. Two custodians enter the PIN it has, half each, and two the one it is to
 * have. The old one is offered once: a wrong one fails the operation, and nobody tries again without a deviation and a new
 * quorum.
 */
export function pinChange(name: string, holder: PinHolder, own: Pick<Operation, "example" | "work">): Operation {
  const secret = SECRET[holder];
  return {
    name,
    effect: "uses",
    parameters: TOKEN_ALONE,
    ...own,
    rowsIn: {
      de: {
        Changed: "Geändert",
        "Whose PIN": "Wessen PIN",
        "the user PIN, set by two people and tried once": "die Benutzer-PIN, von zwei Personen gesetzt und einmal erprobt",
        "the security officer's PIN, set by two people and tried once":
          "die PIN des Sicherheitsbeauftragten, von zwei Personen gesetzt und einmal erprobt",
        "the user's": "die des Benutzers",
        "the security officer's": "die des Sicherheitsbeauftragten",
      },
    },
    problems: (request) => tokenProblems(request),
    makes: () => [],
    needs: () => [],
    tokens: (request) => [textOf(request, "token")],
    secrets(request) {
      const token = textOf(request, "token");
      return [
        {
          name: secret,
          title: `the ${CALLED[holder]} that token ${token} has`,
          titleIn: { de: `die ${SECRET_IN_GERMAN[holder]}, die das Token ${token} bisher hat` },
          chosen: false,
          pinOf: token,
          holder,
        },
        {
          name: `new-${secret}`,
          title: `the new ${CALLED[holder]} of token ${token}`,
          titleIn: { de: `die neue ${SECRET_IN_GERMAN[holder]} für das Token ${token}` },
          chosen: true,
          pinOf: token,
          holder,
        },
      ];
    },
    world: (request) => [{ event: "pin-changed", token: textOf(request, "token"), pin: holder === "user" ? "user" : "so" }],
    sentence: (request, token) =>
      `Change the ${CALLED[holder]} of ${calling(textOf(request, "token"), token)}. Custodians enter the one it has and the ` +
      "new one, each in two parts by two people who enter nothing of its other PIN.",
    sentenceIn: {
      de: (request, token) =>
        `${CALLED_IN_GERMAN[holder]} von ${callingInGerman(textOf(request, "token"), token)} ändern. Schlüsselverwahrer ` +
        "geben die bisherige und die neue PIN ein, jede in zwei Teilen durch zwei Personen, die von seiner anderen PIN " +
        "nichts eingeben.",
    },
    facts: (request) => [
      { name: "Token", value: textOf(request, "token"), measured: true },
      worded("Whose PIN", holder === "user" ? told`the user's` : told`the security officer's`),
    ],
    recheck(request, outcome, context) {
      const reader = new OutcomeReader(outcome);
      const token = readToken(reader.member("token"), context, textOf(request, "token"));
      const changed = reader.text("changed");
      reader.end();
      if (reader.problems.length > 0) return reader.problems;
      const locked = holder === "user" ? "USER_PIN_LOCKED" : "SO_PIN_LOCKED";
      return [
        ...(changed === holder ? [] : [`changed was the PIN of the ${changed}`]),
        ...(token.flags.includes(locked) ? [`the token says of itself: ${locked}`] : []),
      ];
    },
    tell(_request, outcome) {
      const reader = new OutcomeReader(outcome);
      const token = reader.member("token");
      return {
        facts: [
          { name: "Token label", value: token.text("label"), measured: true },
          { name: "Serial number", value: token.text("serial"), measured: true },
          worded("Changed", CHANGED[holder]),
        ],
        attributes: [],
        fingerprint: null,
      };
    },
    unable: (_request, { profile }) => inability(profile, "change-pin", holder),
    async execute(_token, request, context) {
      const keeper = context.keeper(textOf(request, "token"));
      const [oldPin, newPin] = [await context.secret(secret), await context.secret(`new-${secret}`)];
      if (sameBytes(oldPin, newPin)) return refuse({ call: request.operation, name: "PIN-UNCHANGED" });
      const identity = await keeper.perform({ task: "change-pin", holder, oldPin, newPin });
      return ok({ outcome: { token: identityJson(identity, keeper.profile.id), changed: holder }, recovered: false, destroyed: [] });
    },
  };
}
