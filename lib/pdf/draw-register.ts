import type { Register, RegisteredKey } from "#lib/register/registered-key";
import { STYLE } from "./design";
import { openDocument } from "./document";
import { canDraw } from "./typefaces";

/** A key with the texts that its commitments stand for. */
type Told = {
  readonly key: RegisteredKey;
  readonly owner: string | null;
  readonly purpose: string | null;
  readonly tokens: readonly string[];
};
export type RegisterPrint = {
  readonly register: Register;
  readonly keys: readonly Told[];
  readonly findings: number;
  readonly nameOf: (person: string) => string;
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
      { name: "Open findings", value: String(findings) },
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
  for (const [title, list] of [["Keys that are held", held], ["Keys that are gone", gone]] as const) {
    if (list.length === 0) continue;
    doc.part(title, () => {
      for (const one of list) drawKey(doc, one, print);
    });
  }
  return doc.finish();
}

function drawKey(doc: ReturnType<typeof openDocument>, { key, owner, purpose, tokens }: Told, { nameOf }: RegisterPrint): void {
  const text = (said: string | null) => (said === null ? "nobody has set one" : said === "" ? "taken out of this edition" : shown(said));
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
    { name: "Cryptoperiod", value: key.cryptoperiodDays === null ? "nobody has set one" : `${String(key.cryptoperiodDays)} days` },
    { name: "Protects until", value: key.endsAt === null ? "not set" : inUtc(key.endsAt) },
    { name: "Processed until", value: key.processedUntil === null ? "not set" : inUtc(key.processedUntil) },
    {
      name: born.how === "made" ? "Made in ceremony" : "Found in ceremony",
      value: `${shown(born.title)} (${born.ceremony}), ${inUtc(born.at)}`,
    },
    { name: "Script", value: `${born.script.script}, edition ${String(born.script.edition)}` },
    { name: "Approved by", value: shown(born.approvedBy.map(nameOf).join(", ")) || "nobody: it was read only" },
    { name: "On tokens", value: shown(tokens.join(", ")) || "none any more" },
    { name: "Backups", value: shown(backups.join(", ")) || "none" },
  ]);
  doc.hash("SHA-256 of the script", born.script.hash);
  doc.hash(key.spkiSha256 === null ? "Id of the secret key in the register" : "SHA-256 of the public key", key.key);
  doc.list(
    key.history.map((one) => ({
      text:
        one.what === "changed"
          ? `${inUtc(one.at)}: ${one.from} to ${one.to}, signed by ${shown(one.people.map(nameOf).join(", "))}`
          : `${inUtc(one.at)}: ${one.what}, ${shown(one.where)}, ceremony ${one.by.ceremony}, entry ${String(one.by.seq)}`,
    })),
  );
}

const inUtc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** A label that others wrote may hold what no typeface has: it is spelled out, never left out. */
const shown = (text: string): string =>
  canDraw(text).length === 0 ? text : [...text].map((sign) => (canDraw(sign).length === 0 ? sign : (canDraw(sign)[0] ?? ""))).join("");
