import type { Commitment } from "#lib/log/commitment";
import { attributesInWords } from "#lib/operations/key-outcome";
import type { Finding } from "#lib/register/findings";
import type { KeyEvent, KeyPlace, Register, RegisteredKey } from "#lib/register/registered-key";
import { STYLE } from "./design";
import { openDocument } from "./document";
import { canDraw } from "./typefaces";

/** A key with the texts that its commitments stand for. */
type Told = {
  readonly key: RegisteredKey;
  readonly owner: string | null;
  readonly purpose: string | null;
  readonly tokens: readonly string[];
  /** SHA-256 of the sealed record of the ceremony it comes from; null while there is none. */
  readonly record: string | null;
  /** What can be said of a statement by the module. */
  readonly attestation: string;
};
export type RegisterPrint = {
  readonly register: Register;
  readonly keys: readonly Told[];
  /** Every finding with what was said of how it came about; null while it is open, or where that was taken out. */
  readonly findings: readonly { readonly finding: Finding; readonly says: string | null }[];
  readonly nameOf: (person: string) => string;
  /** Null: it was taken out. */
  readonly textOf: (commitment: Commitment) => string | null;
  /** Hash of everything that the register says: at the foot of every page. */
  readonly hash: string;
  readonly organisation: string | null;
  readonly printed: Date;
};

/**
 * The register of keys on paper: those that are held and those that are gone, each with the ceremony, the script and the people that
 * it comes from, and its history. The same register gives the same bytes.
 */
export async function drawRegister(print: RegisterPrint): Promise<Uint8Array> {
  const { register, keys, findings, hash, organisation, printed } = print;
  const doc = openDocument({
    title: `Register of keys at ${register.at}`,
    subject: `Keys and their states, SHA-256 ${hash}`,
    author: "Claviger",
    keywords: "keys, register, HSM",
    language: "en",
    created: printed,
    ...(register.mode === "rehearsal" && { watermark: "REHEARSAL" }),
    running: { head: ["Register of keys", inUtc(register.at)], hash: { name: "SHA-256 of the register", value: hash } },
  });
  const held = keys.filter(({ key }) => key.state !== "destroyed");
  const gone = keys.filter(({ key }) => key.state === "destroyed");
  doc.sheet.newPage();
  doc.part("Register of keys", () => {
    doc.paragraph(
      "Every key here is in an outcome that a recorder signed, in the state that a quorum of custodians signed. The register was made " +
        "anew from both when this was drawn, and anybody who has the transcripts and the signatures can do the same.",
    );
    doc.facts([
      { name: "Of", value: shown(organisation ?? "not known") },
      { name: "At", value: inUtc(register.at) },
      { name: "Mode", value: register.mode },
      { name: "Keys held, keys gone", value: `${String(held.length)}, ${String(gone.length)}` },
      { name: "Findings, still open", value: `${String(findings.length)}, ${String(findings.filter(isOpen).length)}` },
    ]);
    doc.table(
      [
        { head: "Key label", share: 30, style: STYLE.measured },
        { head: "Algorithm", share: 14 },
        { head: "State", share: 16 },
        { head: "Protects until", share: 20 },
        { head: "Token", share: 20, style: STYLE.measured },
      ],
      keys.map(({ key, tokens }) => [
        shown(key.label),
        key.algorithm,
        key.state,
        key.endsAt === null ? "no period set" : inUtc(key.endsAt),
        shown(tokens.join(" ")) || "none",
      ]),
    );
  });
  if (findings.length > 0) {
    doc.part("What recorders found on tokens", () => {
      doc.list(findings.map((one) => ({ text: findingText(one, print) })));
    });
  }
  for (const [title, list] of [["Keys that are held", held], ["Keys that are gone", gone]] as const) {
    if (list.length === 0) continue;
    doc.part(title, () => {
      for (const one of list) drawKey(doc, one, print);
    });
  }
  return doc.finish();
}

const isOpen = ({ finding }: RegisterPrint["findings"][number]): boolean => finding.explained === null;

function findingText({ finding, says }: RegisterPrint["findings"][number], { nameOf }: RegisterPrint): string {
  const { token, at, difference, gone, explained } = finding;
  const changes = difference.changes.map(({ name, was, is }) => `; ${name}: ${was}, now ${is}`).join("");
  const left = gone === null ? "" : `; not there any more ${inUtc(gone)}`;
  const closed = explained === null ? "open" : `explained by ${nameOf(explained.person)}, ${inUtc(explained.at)}: ${says ?? WITHHELD}`;
  return shown(`${inUtc(at)}, token ${token}: ${difference.kind}: ${difference.object}${changes}${left}; ${closed}`);
}

function drawKey(doc: ReturnType<typeof openDocument>, told: Told, print: RegisterPrint): void {
  const { key, owner, purpose, tokens, record, attestation } = told;
  const { nameOf } = print;
  const text = (said: string | null) => (said === null ? "nobody has set one" : said === "" ? WITHHELD : shown(said));
  const days = (n: number | null) => (n === null ? "nobody has set one" : `${String(n)} days`);
  const { born } = key;
  const before = key.compromised && key.state !== "compromised" ? ", compromised before" : "";
  const backups = key.backups.map(({ backup, restored }) => `${backup}${restored ? " (restored in a test)" : ""}`);
  doc.heading(2, shown(key.label));
  doc.facts([
    { name: "State", value: `${key.state} since ${inUtc(key.stateSince)}${before}` },
    { name: "Algorithm", value: key.algorithm },
    { name: "Made for", value: key.uses.join(", ") },
    { name: "Owner", value: text(owner) },
    { name: "Purpose", value: text(purpose) },
    { name: "Environment", value: key.environment },
    { name: "Cryptoperiod", value: days(key.cryptoperiodDays) },
    { name: "Processed afterwards for", value: days(key.processingDays) },
    { name: "Active since", value: key.activeSince === null ? "never was" : inUtc(key.activeSince) },
    { name: "Protects until", value: key.endsAt === null ? "not set" : inUtc(key.endsAt) },
    { name: "Processed until", value: key.processedUntil === null ? "not set" : inUtc(key.processedUntil) },
    {
      name: born.how === "made" ? "Made in ceremony" : "Found in ceremony",
      value: `${shown(born.title)} (${born.ceremony}), ${inUtc(born.at)}`,
    },
    { name: "Script", value: `${born.script.script}, edition ${String(born.script.edition)}` },
    { name: "Approved by", value: shown(born.approvedBy.map(nameOf).join(", ")) || "nobody: it was read only" },
    { name: "On tokens", value: shown(tokens.join(", ")) || "none any more" },
    { name: "Key attestation", value: shown(attestation) },
    { name: "Backups", value: shown(backups.join(", ")) || "none" },
    ...(key.kind === "secret-key" ? [{ name: "Check value", value: key.checkValue ?? "none that any outcome gives" }] : []),
    ...(record === null ? [{ name: "Record", value: "not sealed yet" }] : []),
  ]);
  doc.hash("SHA-256 of the script", born.script.hash);
  doc.hash(key.spkiSha256 === null ? "Id of the secret key in the register" : "SHA-256 of the public key", key.key);
  if (record !== null) doc.hash("SHA-256 of the record", record);
  doc.hash("SHA-256 of the recorder's public key", born.recorder);
  for (const sha256 of born.files) doc.hash("SHA-256 of a file named as evidence in its ceremony", sha256);
  doc.list(key.places.map((place) => ({ text: placeText(place) })));
  doc.list(key.history.map((one) => ({ text: eventText(one, print) })));
}

/** Where it stands or stood, with the attributes as they were read there. */
function placeText({ token, ckaId, objects, since, gone }: KeyPlace): string {
  const use = objects.find(({ objectClass }) => objectClass === "private-key" || objectClass === "secret-key");
  const read = use ? attributesInWords(use).map(({ text }) => text).join(", ") : "nothing was read";
  return shown(`Token ${token} since ${inUtc(since.at)}${gone ? ` until ${inUtc(gone.at)}` : ""}, CKA_ID ${ckaId}: ${read}`);
}

function eventText(one: KeyEvent, { nameOf, textOf }: RegisterPrint): string {
  const people = shown(one.people.map(nameOf).join(", "));
  if (one.what === "changed") {
    const overtook = one.overtook ? " (beside another change, as the stricter one)" : "";
    return `${inUtc(one.at)}: ${one.from} to ${one.to}, signed by ${people}${overtook}. Reason: ${shown(textOf(one.reason) ?? WITHHELD)}`;
  }
  const agreed = people === "" ? "" : `, approved by ${people}`;
  return `${inUtc(one.at)}: ${one.what}, ${shown(one.where)}, ceremony ${one.by.ceremony}, entry ${String(one.by.seq)}${agreed}`;
}

const WITHHELD = "taken out of this edition";

const inUtc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** A label that others wrote may hold what no typeface has: it is spelled out, never left out. */
const shown = (text: string): string =>
  canDraw(text).length === 0 ? text : [...text].map((sign) => (canDraw(sign).length === 0 ? sign : (canDraw(sign)[0] ?? ""))).join("");
