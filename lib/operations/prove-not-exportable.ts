import type { Fact, Outcome } from "#lib/ceremony/operation";
import { told, type Told } from "#lib/ceremony/told";
import { fromHex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import { LEAVING_NAMES, type AttributeReading, type LeavingReadings } from "#lib/token/attributes";
import { judgeExport } from "#lib/token/export-proof";
import type { ExportAttempt } from "#lib/token/token";
import { EITHER_KIND, eitherKindProblems, kindOf } from "./key-kind";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import { EXAMPLE_PAIR } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf } from "./parameters";
import { worded } from "./worded-fact";

/** What a key that cannot leave reads. LOCAL is not among them: see `judgeExport`. */
const CLOSED: Partial<LeavingReadings> = { SENSITIVE: true, ALWAYS_SENSITIVE: true, EXTRACTABLE: false, NEVER_EXTRACTABLE: true };

/**
 * Tries every way PKCS#11 has of getting a key out and shows that each is refused: `{label}`, and `key: secret-key` for a key
 * without a public half. It is an attempt to misuse a key, so it counts as a use and needs a quorum. It shows what the module
 * answers, not what its hardware did.
 */
export const proveNotExportable: Operation = {
  name: "prove-not-exportable",
  effect: "uses",
  parameters: EITHER_KIND,
  example: [EXAMPLE_PAIR, { operation: "prove-not-exportable", label: EXAMPLE_PAIR.label }],
  work: {
    en: { doing: "trying every way to take out {label}", done: "{label} cannot leave" },
    de: { doing: "versucht auf jedem Weg, {label} herauszuholen", done: "{label} kann nicht heraus" },
  },
  rowsIn: {
    de: {
      "no way out was found": "kein Weg hinaus wurde gefunden",
      "read {0}": "{0} auszulesen",
      "set {0}": "{0} zu setzen",
      "copy with {0}": "mit {0} zu kopieren",
      "wrap by {0}": "mit {0} einzuwickeln",
      "Can be taken out (EXTRACTABLE)": "Kann das HSM verlassen (EXTRACTABLE)",
      "Made inside the HSM (LOCAL)": "Im HSM erzeugt (LOCAL)",
      "Never could be taken out (NEVER_EXTRACTABLE)": "Konnte das HSM nie verlassen (NEVER_EXTRACTABLE)",
      "Sensitive (SENSITIVE)": "Im Klartext nicht lesbar (SENSITIVE)",
      Verdict: "Urteil",
      "Was always sensitive (ALWAYS_SENSITIVE)": "War nie im Klartext lesbar (ALWAYS_SENSITIVE)",
    },
  },
  problems: (request) => eitherKindProblems(request),
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  world: (request) => [{ event: "key-proven-inside", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Try every way PKCS#11 has to get the ${kindOf(request) === "key-pair" ? "private" : "secret"} key ${textOf(request, "label")} ` +
    `out of token ${token.serial}, and show that each is refused.`,
  sentenceIn: {
    de: (request, token) =>
      `Jeden Weg versuchen, den PKCS#11 hat, um den ${kindOf(request) === "key-pair" ? "privaten" : "geheimen"} Schlüssel ${textOf(request, "label")} ` +
      `aus Token ${token.serial} zu holen, und zeigen, dass jeder verweigert wird.`,
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: kindOf(request),
      read: (reader) => ({
        verdict: reader.text("verdict"),
        findings: reader.texts("findings"),
        attributes: readAttributes(reader.member("attributes")),
        attempts: reader.list("attempts", readAttempt),
      }),
      judge({ verdict, findings, attributes, attempts }) {
        const judged = judgeExport({ attributes }, attempts);
        const problems: string[] = [];
        if (judged.verdict !== "not-exportable") {
          problems.push(`what was read and tried gives ${judged.verdict}: ${judged.findings.join(", ")}`);
        }
        if (verdict !== judged.verdict) problems.push(`the verdict is ${verdict}`);
        if (findings.join() !== judged.findings.join()) problems.push(`found: ${findings.join(", ") || "nothing"}`);
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        worded("Verdict", verdictInWords(reader.text("verdict"))),
        ...tellAttributes(readAttributes(reader.member("attributes"))),
        ...attemptsIn(outcome).map(({ attempt, answer, ckrName }) => ({
          ...worded(attempt, answer === "refused" ? told`refused, ${ckrName}` : ANSWERED[answer], { measured: true }),
          called: triedInWords(attempt),
        })),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, request, context) {
    const key = keyOf(request, context, kindOf(request));
    if (!key.ok) return key;
    const { verdict, findings, attributes, attempts } = await token.proveNotExportable(fromHex(key.value.ckaId));
    if (verdict !== "not-exportable") {
      const open = attempts.filter(({ answer }) => answer === "allowed" || answer === "unclear").map(({ attempt }) => attempt);
      const marks = LEAVING_NAMES.filter((name) => name in CLOSED && attributes[name] !== CLOSED[name]);
      const read = marks.map((name) => `${name}=${String(attributes[name])}`);
      return refuse({ call: [request.operation, ...open, ...read].join(" "), name: verdict.toUpperCase() });
    }
    return workedWith(key.value, token, {
      verdict,
      findings: [...findings],
      attributes: { ...attributes },
      attempts: attempts.map(({ attempt, answer, ckr, ckrName }) => ({ attempt, answer, ckr, ckrName })),
    });
  },
};

/** Three answers to each: true, false, and that this module has no such attribute, which is never taken for either. */
const inWords = (value: LeavingReadings[keyof LeavingReadings]): Told =>
  value === "not offered" ? told`not offered by this module` : value ? told`true` : told`false`;

const verdictInWords = (verdict: string): Told => (verdict === "not-exportable" ? told`no way out was found` : told`${verdict}`);

/** What was tried, by PKCS#11's names of attributes and mechanisms; as it stands where it is none of the four. */
function triedInWords(attempt: string): Told {
  const [, how = "", what = ""] = /^(read|set|copy with|wrap by) (.+)$/s.exec(attempt) ?? [];
  switch (how) {
    case "read":
      return told`read ${what}`;
    case "set":
      return told`set ${what}`;
    case "copy with":
      return told`copy with ${what}`;
    case "wrap by":
      return told`wrap by ${what}`;
    default:
      return told`${attempt}`;
  }
}

const ANSWERED: Readonly<Record<Exclude<ExportAttempt["answer"], "refused">, Told>> = {
  allowed: told`allowed`,
  "not offered": told`not offered`,
  unclear: told`unclear`,
};

function tellAttributes(read: LeavingReadings): Fact[] {
  return [
    worded("Made inside the HSM (LOCAL)", inWords(read.LOCAL), { measured: true }),
    worded("Sensitive (SENSITIVE)", inWords(read.SENSITIVE), { measured: true }),
    worded("Was always sensitive (ALWAYS_SENSITIVE)", inWords(read.ALWAYS_SENSITIVE), { measured: true }),
    worded("Can be taken out (EXTRACTABLE)", inWords(read.EXTRACTABLE), { measured: true }),
    worded("Never could be taken out (NEVER_EXTRACTABLE)", inWords(read.NEVER_EXTRACTABLE), { measured: true }),
  ];
}

function readAttributes(reader: OutcomeReader): LeavingReadings {
  const read = (name: keyof LeavingReadings): AttributeReading => {
    const value = reader.any(name);
    if (typeof value === "boolean" || value === "not offered") return value;
    reader.problems.push(`the attribute ${name} was not read`);
    return "not offered";
  };
  const [LOCAL, SENSITIVE, ALWAYS_SENSITIVE] = [read("LOCAL"), read("SENSITIVE"), read("ALWAYS_SENSITIVE")];
  const [EXTRACTABLE, NEVER_EXTRACTABLE] = [read("EXTRACTABLE"), read("NEVER_EXTRACTABLE")];
  reader.end();
  return { LOCAL, SENSITIVE, ALWAYS_SENSITIVE, EXTRACTABLE, NEVER_EXTRACTABLE };
}

const ANSWERS: readonly string[] = ["refused", "allowed", "not offered", "unclear"] satisfies ExportAttempt["answer"][];

function readAttempt(reader: OutcomeReader): ExportAttempt {
  const attempt = reader.text("attempt");
  const answer = reader.text("answer") as ExportAttempt["answer"];
  const ckr = reader.any("ckr");
  const ckrName = reader.text("ckrName");
  reader.end();
  if (!ANSWERS.includes(answer)) reader.problems.push(`${attempt}: there is no answer ${answer}`);
  if (ckr !== null && typeof ckr !== "number") reader.problems.push(`${attempt}: the return code is not a number`);
  return { attempt, answer, ckr: typeof ckr === "number" ? ckr : null, ckrName };
}

const attemptsIn = (outcome: Outcome): ExportAttempt[] => new OutcomeReader(outcome).list("attempts", readAttempt);
