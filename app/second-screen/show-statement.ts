import type { Doubt, Reading, SignerReading } from "#lib/carried/read-carried";
import type { Statement, StatementAct } from "#lib/ceremony/statement";
import type { Language } from "#lib/words/language";
import { element } from "../plain-pages/element";
import { hashElement, hexElement } from "../plain-pages/hash-element";
import { measured, pair } from "../plain-pages/pair";
import { operationIn } from "./operation-in";
import type { Say, TextKey } from "./texts";

type StatementReading = Extract<Reading, { kind: "statement" }>;

const ACTS: Readonly<Record<StatementAct, TextKey>> = {
  approve: "approve",
  refuse: "refuse",
  "enter-part": "enterPart",
  "sign-off": "signOff",
  attest: "attest",
  paper: "paper",
  "release-notebook": "releaseNotebook",
  "approve-resume": "approveResume",
};
const VERDICTS: Readonly<Record<NonNullable<Statement["verdict"]>, TextKey>> = {
  agree: "agree",
  "agree-except-noted": "agreeExceptNoted",
  "do-not-agree": "doNotAgree",
};
const DOUBTS: Readonly<Record<Doubt, TextKey>> = {
  "what-hash": "doubtWhatHash",
  "operation-unknown": "doubtOperationUnknown",
  "remark-differs": "doubtRemarkDiffers",
  expired: "doubtExpired",
  reserved: "doubtReserved",
  "duties-hash": "doubtDutiesHash",
  "not-now": "doubtNotNow",
};

/** A statement in words: what it decides, what will be done, for whom it hashes to which words, and what speaks against it. */
export function showStatement(reading: StatementReading, language: Language, say: Say): Node[] {
  const { statement, operations, remark, signers, doubts } = reading;
  return [
    element("p", { class: `mode ${statement.mode}` }, say(statement.mode)),
    element("h2", { tabindex: "-1" }, say(ACTS[statement.act])),
    ...(doubts.length === 0 ? [] : [doubted(doubts, say)]),
    statement.verdict ? element("p", { class: "spoken" }, say(VERDICTS[statement.verdict])) : "",
    operations.length === 0 && statement.act === "approve" ? element("p", {}, say("none")) : "",
    element("ol", { class: "operations" }, ...statement.what.map((_, i) => operationItem(reading, i, language, say))),
    ...(remark === null ? [] : [element("p", {}, say("remark")), element("blockquote", { class: "spoken" }, remark)]),
    element("h3", {}, say("compareTitle")),
    element("p", {}, say("compare")),
    ...signers.map((signer) => signerSection(signer, say)),
    element("p", { class: "quiet" }, say("names")),
    belonging(statement, say),
  ].map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
}

/** What speaks against it, in red. */
export const doubted = (doubts: readonly Doubt[], say: Say) =>
  element(
    "div",
    { class: "halt", role: "alert" },
    element("p", { class: "strong" }, say("doubtsTitle")),
    ...doubts.map((doubt) => element("p", {}, say(DOUBTS[doubt]))),
  );

/** In the words that are approved, which are English, and under them in the reader's own. */
function operationItem(reading: StatementReading, i: number, language: Language, say: Say): Node {
  const operation = reading.operations[i];
  const request = reading.statement.what[i];
  if (!operation || !request) return document.createTextNode("");
  const { name, sentence } = operation;
  const { translation, facts } = operationIn(language, request, reading.statement.token, operation.facts);
  return element(
    "li",
    {},
    sentence === null
      ? element("p", { class: "spoken" }, say("unknownOperation", { name }))
      : element("p", { class: "spoken", lang: "en" }, sentence),
    translation === null ? null : element("p", {}, translation),
    factList(facts),
  );
}

const factList = (facts: readonly { readonly name: string; readonly value: string; readonly measured?: boolean | undefined }[]) =>
  element("dl", {}, ...facts.map(({ name, value, measured: exact }) => pair(name, exact ? measured(value) : value)));

/** Whose it is, and which words their device must show; the exact text folded away. */
export const signerSection = ({ name, role, hash, text }: Omit<SignerReading, "person">, say: Say) =>
  element(
    "section",
    { class: "framed", "aria-label": name },
    element("h4", {}, name, element("span", { class: "quiet" }, ` · ${say(`role.${role}`)}`)),
    hashElement(hash),
    element(
      "details",
      {},
      element("summary", {}, say("hex")),
      hexElement(hash),
      element("pre", { tabindex: "0", "aria-label": `${say("hex")}: ${name}` }, text),
    ),
  );

function belonging(statement: StatementReading["statement"], say: Say): HTMLElement {
  const { token, expires, step, ceremony, scriptHash } = statement;
  const others = Object.entries(token.others ?? {}).map(([name, serial]) => `${name} ${serial}`);
  // With the day: a statement that is good tomorrow night is not one to sign now.
  const local = new Date(expires).toLocaleString([], { dateStyle: "medium", timeStyle: "long" });
  const facts = [
    { name: say("token"), value: [token.serial, ...others].join(", "), measured: true },
    { name: say("expires"), value: `${local} (${expires.slice(0, 10)} ${expires.slice(11, 19)} UTC)` },
    { name: say("step"), value: step, measured: true },
    { name: say("ceremony"), value: ceremony, measured: true },
  ];
  return element(
    "section",
    {},
    element("h3", {}, say("about")),
    factList(facts),
    element("p", { class: "quiet" }, say("script")),
    hashElement(scriptHash, 4),
  );
}
