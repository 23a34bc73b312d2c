import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import { wordsIn } from "#lib/words/words";
import { attestationText, type ReportSources } from "./key-report-texts";
import { registerCsv } from "./register-csv";
import { keySight } from "./register-view";

const SOURCES: ReportSources = {
  nameOf: (person) => person.toUpperCase(),
  textOf: () => "the old one ends",
  recordOf: (ceremony) => (ceremony === "c-1" ? "ab".repeat(32) : null),
};

test("every key is a line, and no text becomes another field or a formula", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  const sight = { ...keySight(recorded.key(EXAMPLE_PAIR.label), () => null, recorded.register().at), owner: '=cmd|"x",y', purpose: "a,b" };
  const csv = registerCsv([sight], SOURCES, wordsIn("de"));
  const [head, line, end] = csv.split("\r\n");
  expect(head).toContain('"Schlüssel","Bezeichnung"');
  expect(line).toContain(`"'=cmd|""x"",y","a,b"`);
  expect(line).toContain('"CARL; CLEO"');
  expect(end).toBe("");
  expect(registerCsv([], SOURCES, wordsIn("en"))).toBe("\r\n");
});

/** Everything that the register holds of a key, by the head of its column: taking one out is a decision and not an accident. */
const COLUMNS = [
  ...["key", "label", "kind", "algorithm", "state", "state since", "recorded at", "ceremony", "record SHA-256", "outcome SHA-256"],
  ...["script and edition", "script SHA-256", "recorder SPKI SHA-256", "SPKI SHA-256 or check value", "tokens"],
  ...["tokens with attributes, now and before", "key attestation", "evidence of the ceremony, SHA-256", "uses", "may now", "environment"],
  ...["owner", "purpose", "cryptoperiod in days", "processing in days", "active since", "protects until", "processed until"],
  ...["ever compromised", "approved by", "backups", "destroyed at", "history"],
];

test("every column is there, and says what the register does", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const before = recorded.key(EXAMPLE_PAIR.label);
  const active = await endorsed(changeOf(before, "active", 1, { facts: { cryptoperiodDays: 90, processingDays: 30 } }));
  const burnt = await endorsed(changeOf(recorded.key(EXAMPLE_PAIR.label, [active]), "compromised", 2));
  const key = recorded.key(EXAMPLE_PAIR.label, [active, burnt]);
  const csv = registerCsv([keySight(key, () => null, dayAt(3))], SOURCES, wordsIn("en"));
  const [heads = [], fields = []] = [...csv.split("\r\n")].map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, field = ""]) => field));
  expect(heads).toEqual(COLUMNS);
  const said = new Map(heads.map((head, i) => [head, fields[i] ?? ""]));
  expect(said.get("record SHA-256")).toBe("ab".repeat(32));
  expect(said.get("recorder SPKI SHA-256")).toBe("4e".repeat(32));
  expect(said.get("outcome SHA-256")).toBe(before.born.entry);
  expect(said.get("tokens with attributes, now and before")).toMatch(/^token \S+ since \S+, CKA_ID [0-9a-f]+.*: .*cannot be taken out.*can sign/);
  expect(said.get("key attestation")).toBe("none: this kind of module (SoftHSM 2) makes none");
  expect(said.get("evidence of the ceremony, SHA-256")).toBe("f1".repeat(32));
  expect([said.get("cryptoperiod in days"), said.get("processing in days"), said.get("ever compromised")]).toEqual(["90", "30", "yes"]);
  const history = said.get("history")?.split("\n") ?? [];
  expect(history).toHaveLength(3);
  expect(history[0]).toMatch(/made on token .*; ceremony c-1, entry 20, SHA-256 [0-9a-f]{64}; agreed to by CARL, CLEO$/);
  expect(history[1]).toBe(
    `${dayAt(1)}: not yet active → active; Reason: the old one ends; change SHA-256 ${active.hash}; agreed to by CARL, CLEO`,
  );
});

test("of an attestation nothing is said that nobody asked for: by the kind of module alone", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  const key = recorded.key(EXAMPLE_PAIR.label);
  const text = (profile: typeof key.born.profile) => attestationText({ ...key, born: { ...key.born, profile } }, wordsIn("en"));
  expect(text("aws-cloudhsm")).toBe("none: this kind of module (AWS CloudHSM (Client SDK 5)) makes none");
  expect(text("generic")).toBe("by the maker's own tool, where it has one (PKCS#11 2.40 module): see the evidence of its ceremony");
  expect(text(null)).toBe("not known: its outcome names no kind of module");
});
