import { NO_SERIAL } from "#lib/ceremony/operation";
import { told } from "#lib/ceremony/told";
import { sameBytes } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import type { ObjectReading } from "#lib/token/attributes";
import { inability } from "#lib/token/token-keeper";
import { condemnedObjects } from "./condemn-token";
import { identityOf } from "./inventory";
import { objectJson, objectsInWords, readObject } from "./object-json";
import type { ExecuteContext, Operation, OperationRefusal } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { KEY_LABEL, labelProblems, textOf, unknownParameters, type ParameterSchemas } from "./parameters";
import { calling, callingInGerman, identityJson, readToken } from "./token-json";
import { OTHER_TOKEN, otherTokenProblems } from "./token-parameter";
import { worded } from "./worded-fact";

const LONGEST_LABEL = 32;

const PARAMETERS: ParameterSchemas = {
  token: OTHER_TOKEN,
  label: { ...KEY_LABEL, maxLength: LONGEST_LABEL, description: "The label that the token has from then on." },
};

/**
 * Makes a token, or makes an existing one anew, with a PIN for its security officer and one for its user: `{token, label}`. Two
 * custodians enter each PIN, half each, and nobody a half of both. One that exists is asked for the security officer's PIN it has,
 * and keeps it. What is on it is destroyed: unless it is empty, an earlier step must have condemned it, and it may hold nothing
 * that was not there when people agreed. To see that, it is opened with the user PIN that it has.
 */
export const initialiseToken: Operation = {
  name: "initialise-token",
  effect: "destroys",
  parameters: PARAMETERS,
  example: [{ operation: "initialise-token", token: "vault", label: "vault-2026" }],
  work: {
    en: { doing: "making the token {token} anew" },
    de: { doing: "legt das Token {token} neu an" },
  },
  rowsIn: {
    de: {
      "is destroyed": "wird vernichtet",
      "no token": "kein Token",
      "token {0}, empty": "Token {0}, leer",
      "token {0}, condemned before": "Token {0}, vorher zur Vernichtung bestimmt",
      "set by two people each, and tried once": "von je zwei Personen gesetzt und einmal erprobt",
      "Destroyed with it": "Damit vernichtet",
      "Label from then on": "Bezeichnung von da an",
      PINs: "Die PINs",
      "What is on it now": "Was jetzt darauf ist",
      "What was there before": "Was vorher da war",
    },
  },
  problems(request) {
    const problems = [...unknownParameters(request, PARAMETERS), ...otherTokenProblems(request, "token")];
    if (labelProblems(request).length > 0 || textOf(request, "label").length > LONGEST_LABEL) {
      problems.push(told`A token's label has letters from A to z, digits, dots, colons, hyphens and underscores, 32 at most.`);
    }
    return problems;
  },
  makes: () => [],
  needs: () => [],
  tokens: (request) => [textOf(request, "token")],
  secrets(request) {
    const token = textOf(request, "token");
    return [
      {
        name: "so-pin",
        title: `the security officer's PIN of token ${token}`,
        titleIn: { de: `die PIN des Sicherheitsbeauftragten für das Token ${token}` },
        chosen: true,
        pinOf: token,
        holder: "security-officer",
      },
      {
        name: "user-pin",
        title: `the user PIN of token ${token}`,
        titleIn: { de: `die Benutzer-PIN für das Token ${token}` },
        chosen: true,
        pinOf: token,
        holder: "user",
      },
    ];
  },
  renews: true,
  opens: true,
  world: (request) => [{ event: "token-initialised", token: textOf(request, "token") }],
  sentence(request, token) {
    const [name, label] = [textOf(request, "token"), textOf(request, "label")];
    const pins =
      "Custodians set the PIN of its security officer and that of its user, each in two parts by two people; " +
      "nobody enters parts of both.";
    return token.others?.[name] === NO_SERIAL
      ? `Make token ${name}, which does not exist yet (beside token ${token.serial}), under the label ${label}. ${pins}`
      : `Initialise ${calling(name, token)} anew, under the label ${label}: whatever is on it must have been condemned, ` +
          `and is destroyed for good. ${pins}`;
  },
  sentenceIn: {
    de(request, token) {
      const [name, label] = [textOf(request, "token"), textOf(request, "label")];
      const pins =
        "Schlüsselverwahrer setzen die PIN seines Sicherheitsbeauftragten und die seines Benutzers, jede in zwei Teilen durch " +
        "zwei Personen; niemand gibt Teile von beiden ein.";
      return token.others?.[name] === NO_SERIAL
        ? `Token ${name}, das es noch nicht gibt (neben Token ${token.serial}), unter dem Namen ${label} anlegen. ${pins}`
        : `${callingInGerman(name, token)} unter dem Namen ${label} neu initialisieren: Was darauf ist, muss zur ` +
            `Vernichtung bestimmt sein und wird endgültig vernichtet. ${pins}`;
    },
  },
  facts: (request) => [
    { name: "Token", value: textOf(request, "token"), measured: true },
    { name: "Label from then on", value: textOf(request, "label"), measured: true },
    worded("What is on it now", told`is destroyed`),
  ],
  recheck(request, outcome, context) {
    const name = textOf(request, "token");
    const reader = new OutcomeReader(outcome);
    // Whose serial number it has is the device's to say; what stands on it before is not what people meant by the name.
    const token = readToken(reader.member("token"), { ...context, earlier: [] });
    const was = reader.text("was");
    const lost = reader.list("lost", readObject);
    reader.end();
    if (reader.problems.length > 0) return reader.problems;
    const problems: string[] = [];
    const refused = uncondemned(lost, condemnedObjects(context.earlier, name));
    if (refused) problems.push(`what was on it had not been condemned: ${refused}`);
    if (was !== (context.others?.[name] ?? NO_SERIAL)) {
      problems.push(`made anew was token ${was}, announced as ${name} was ${context.others?.[name] ?? "none"}`);
    }
    if (token.label !== textOf(request, "label")) problems.push(`its label is ${token.label}`);
    for (const flag of ["TOKEN_INITIALIZED", "USER_PIN_INITIALIZED"]) {
      if (!token.flags.includes(flag)) problems.push(`the token does not say of itself: ${flag}`);
    }
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const token = reader.member("token");
    const was = reader.text("was");
    const lost = reader.list("lost", readObject);
    return {
      facts: [
        { name: "Token label", value: token.text("label"), measured: true },
        { name: "Serial number", value: token.text("serial"), measured: true },
        worded(
          "What was there before",
          was === NO_SERIAL
            ? told`no token`
            : lost.length === 0 ? told`token ${was}, empty` : told`token ${was}, condemned before`,
        ),
        worded("Destroyed with it", objectsInWords(lost, told`nothing`)),
        worded("PINs", told`set by two people each, and tried once`),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  /** The worker looks for the token by its label afterwards: another one than it was told would not be found again. */
  unable: (request, { profile, label }) =>
    inability(profile, "initialise") ?? (textOf(request, "label") === label ? null : "LABEL-NOT-LISTED"),
  async execute(_token, request, context) {
    const name = textOf(request, "token");
    const standing = await standingOn(request.operation, name, context);
    if (!standing.ok) return standing;
    const keeper = context.keeper(name);
    const [securityOfficerPin, userPin] = [await context.secret("so-pin"), await context.secret("user-pin")];
    // One PIN for both would put the two roles into the same hands.
    if (sameBytes(securityOfficerPin, userPin)) return refuse({ call: request.operation, name: "PINS-ALIKE" });
    const identity = await keeper.perform({ task: "initialise", label: textOf(request, "label"), securityOfficerPin, userPin });
    const lost = standing.value.map(objectJson);
    const outcome = { token: identityJson(identity, keeper.profile.id), was: context.others?.[name] ?? NO_SERIAL, lost };
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};

/** What is on the token that is to be made anew; none where there is no token yet. Refused when it may not be lost. */
async function standingOn(
  operation: string, name: string, context: ExecuteContext,
): Promise<Result<readonly ObjectReading[], OperationRefusal>> {
  if ((context.others?.[name] ?? NO_SERIAL) === NO_SERIAL) return ok([]);
  const there = await (await context.other(name)).listObjects();
  const refused = uncondemned(there, condemnedObjects(context.earlier, name));
  return refused ? refuse({ call: operation, name: refused }) : ok(there);
}

/** Why these objects may not be destroyed, by a stable name; null when there are none, or people agreed to the loss of each. */
function uncondemned(objects: readonly ObjectReading[], condemned: readonly ObjectReading[] | null): string | null {
  if (objects.length === 0) return null;
  if (!condemned) return "TOKEN-NOT-CONDEMNED";
  const agreed = new Set(condemned.map(identityOf));
  return objects.every((object) => agreed.has(identityOf(object))) ? null : "TOKEN-HOLDS-MORE";
}
