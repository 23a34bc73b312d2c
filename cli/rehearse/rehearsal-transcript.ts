import type { RecordFact, RecordOutcome, RecordStep } from "#lib/record/record-document";
import { recordDocument } from "#lib/record/record";
import { book } from "#lib/operations/book";
import type { Rehearsed } from "./play-script";

/** Facts that say which machine it was, and nothing about the script. */
const OF_THE_MACHINE = new Set(["Firmware", "Hardware", "Maker and model", "Mechanisms"]);

/**
 * A rehearsal as people review it: every act and step, what was read aloud, who did what and when, what was asked of the token
 * and what came of it. Whatever chance or the machine decides is blanked, so that the same script reads the same every time.
 */
export function rehearsalTranscript(rehearsed: Rehearsed): string {
  const { transcript, ceremony } = rehearsed;
  const document = recordDocument(transcript, ceremony, book);
  const blank = blanker(rehearsed);
  const { script } = ceremony;
  const lines = [
    `# Rehearsal of ${script.title}, edition ${String(script.edition)}`,
    "",
    `Script \`${script.script}\`, SHA-256 \`${ceremony.scriptHash}\`.`,
    "",
    "Played by `npx claviger rehearse` on tokens that were thrown away, by a clock that moves with each act. Signatures, keys, serial",
    "numbers and everything else that chance or the machine decides is blanked. Not evidence of anything but this script.",
    "",
    `It asks for ${document.quorum}, and was played by ${document.participants.map(({ name }) => name).join(", ")}.`,
    ...document.acts.flatMap(({ number, title, translations, steps }) => [
      "",
      `## Act ${number}. ${title}`,
      ...translations.flatMap((one) => ["", `*${one.language}: ${one.title}*`]),
      ...steps.flatMap((step) => stepLines(step, blank)),
    ]),
    "",
    "## End",
    "",
    `Closed at ${clock(document.closed)}, ${document.ending.kind}. Deviations: ${String(document.deviations.length)}. ` +
      `The sealed record passed every check of its verifier.`,
    ...document.deviations.flatMap(({ number, expected, happened, decided }) => [
      "",
      `Deviation ${String(number)}: expected: ${expected}; happened: ${happened}; decided: ${decided}`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

type Blank = (text: string) => string;

function stepLines(step: RecordStep, blank: Blank): string[] {
  const planned = step.plannedMinutes === undefined ? "" : `, planned ${String(step.plannedMinutes)} min`;
  const times =
    step.opened === undefined
      ? ""
      : ` (${clock(step.opened)}${step.finished === undefined ? "" : ` to ${clock(step.finished)}`}${planned})`;
  return [
    "",
    `### ${step.number} ${step.title}${times}`,
    ...step.translations.flatMap(({ language, title }) => ["", `*${language}: ${title}*`]),
    "",
    ...(step.state === "done" ? [] : [`**${step.state}**`, ""]),
    ...(step.spoken === undefined ? [] : [`> ${step.spoken}`, ""]),
    ...step.translations.flatMap(({ language, say }) => [`> *${language}:* ${say}`, ""]),
    ...grouped(step).map((line) => `- ${blank(line)}`),
    ...step.results.map((line) => `- → ${blank(line)}`),
    ...step.outcomes.flatMap((outcome) => outcomeLines(outcome, blank)),
  ];
}

/** What several people did one after the other is one line: "09:00:20 Operator, Custodian 1 heard and acknowledged". */
function grouped({ doings, approvals }: RecordStep): string[] {
  const all = [
    ...doings.map(({ at, name, did }) => ({ at, name, did })),
    ...approvals.map(({ at, name, decision }) => ({ at, name, did: `${decision}d` })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  const lines: { at: string; names: string[]; did: string }[] = [];
  for (const { at, name, did } of all) {
    const last = lines.at(-1);
    if (last?.did === did) last.names.push(name);
    else lines.push({ at, names: [name], did });
  }
  return lines.map(({ at, names, did }) => `${clock(at)} ${names.join(", ")} ${did}`);
}

function outcomeLines(
  { operation, sentence, result, recovered, facts, attributes, fingerprint }: RecordOutcome,
  blank: Blank,
): string[] {
  const failed = result === "failed" ? " **failed**" : "";
  return [
    `- \`${operation}\`${failed}${recovered ? " (recovered)" : ""}: ${blank(sentence)}`,
    ...facts.map((fact) => `  - ${fact.name}: ${factValue(fact, blank)}`),
    ...(attributes.length === 0
      ? []
      : [`  - Read back: ${attributes.map(({ text, needless }) => (needless ? `**${text}**` : text)).join(", ")}`]),
    ...(fingerprint ? [`  - ${fingerprint.of}: ‹blanked›`] : []),
  ];
}

const factValue = ({ name, value }: RecordFact, blank: Blank): string =>
  OF_THE_MACHINE.has(name) ? "‹of this machine›" : blank(value);

const clock = (at: string): string => at.slice(11, 19);

/** Serial numbers by their token's name, the ceremony's id, and everything long enough to be a key, a hash or a signature. */
function blanker({ ceremony }: Rehearsed): Blank {
  const { recorder } = ceremony;
  const names: [string, string][] = [
    [ceremony.id, "‹this ceremony›"],
    ...(recorder ? [[recorder.token.serial, "‹serial of the token›"] as [string, string]] : []),
    ...(recorder?.others ?? []).map(({ name, serial }): [string, string] => [serial, `‹serial of ${name}›`]),
  ];
  return (text) => {
    const named = names.reduce((said, [value, name]) => (value.length < 6 ? said : said.replaceAll(value, name)), text);
    return (
      named
        .replaceAll(/-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g, "‹$1›")
        .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, (value) => `‹${String(value.length)} hex digits›`)
        .replaceAll(/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{32,}(?![\w-])/g, "‹blanked›")
        // An ECDSA signature is a byte longer or shorter as chance has it, and so is what holds one.
        .replaceAll(/\(ciphertext [0-9a-f]{8}…\)/g, "(ciphertext ‹blanked›)")
        .replaceAll(/\([0-9a-f]{6}\)/g, "(‹check value›)")
        .replaceAll(/\b\d+ bytes\b/g, "‹so many› bytes")
        .trim()
    );
  };
}
