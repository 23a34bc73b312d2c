import { sha256Hex, utf8 } from "#lib/log/digest";
import type { RecordAct, RecordApproval, RecordDocument, RecordKey, RecordPerson, RecordStep } from "./record-document";

/** A made-up record for tests and benchmarks: nine people with names in several scripts, and as many steps as asked for. */
export function sampleRecord({ mode = "rehearsal", acts = 3 }: { mode?: RecordDocument["mode"]; acts?: number } = {}): RecordDocument {
  return {
    organisation: "Nordhafen Clearing AG",
    title: "Production key generation",
    mode,
    ceremony: "01JD9Z5Q7M3V8K2T4W6X9Y0ABC",
    place: "Hamburg, room 2.14",
    script: { id: "production-key-generation", title: "Production key generation ceremony", hash: hash("script") },
    opened: at(0),
    closed: at(4000),
    ending: { kind: "completed" },
    endorsement: {
      sentence: "Endorsed by 3 with their passkeys before the ceremony was opened; roster version 4 asks for 3 of its custodians.",
      by: PEOPLE.slice(0, 3).map((person, i) => ({
        ...person,
        role: "custodian of the roster",
        at: at(-86_400 - i * 700),
        passkey: `k${i}PvX3q9`,
        statementHash: hash(`endorsement ${i}`),
      })),
    },
    quorum: "3 of 5 custodians",
    token: [
      { name: "Label", value: "claviger-demo", measured: true },
      { name: "Model", value: "SoftHSM v2 by SoftHSM project" },
      { name: "Serial", value: "7c6f7ab1d2f03e91", measured: true },
      { name: "Firmware", value: "2.6", measured: true },
      { name: "Mechanisms", value: "RSA PKCS #1 key pair generation, SHA-256 with RSA, AES key generation, AES-GCM and 71 more" },
    ],
    recorder: { fingerprint: hash("recorder"), subject: "CN=Claviger recorder 7c6f7ab1d2f03e91, O=Nordhafen Clearing AG" },
    participants: PEOPLE.map((person, i) => ({
      ...person,
      passkeys: [
        { id: `k${i}PvX3q9`, authenticator: i % 2 === 0 ? "YubiKey 5 Series" : "software passkey (demo)" },
        ...(i === 0 ? [{ id: "k0Zz71La", authenticator: "Windows Hello" }] : []),
      ],
      identity: i === 8 ? null : { how: "passport seen and compared", by: PEOPLE[5]?.name ?? "", at: at(200 + i) },
    })),
    acts: Array.from({ length: acts }, (_, i) => act(i + 1)),
    keys: [
      rsaKey("jwt-signing-2026-11", "RSA-4096", "3.1", false),
      rsaKey("master-2026", "RSA-4096", "3.2", true),
      { label: "api-encryption-2026-11", algorithm: "AES-256", id: hash("api").slice(0, 32), made: { step: "3.3", at: at(2800) },
        attributes: [{ text: "cannot be taken out" }, { text: "can encrypt" }] },
    ],
    inventory: { sentence: "All keys in inventory: 3. The token holds what this ceremony made, and nothing that has no record.", unexpected: [] },
    deviations: [
      { number: 1, class: "C", at: at(1900), step: "2.2", by: "Юлия Ковалёва (witness)", expected: "Camera 2 shows the rack.",
        happened: "Camera 2 lost power for forty seconds.", decided: "Go on with camera 1; the gap is noted in the file name.",
        decidedBy: [PEOPLE[8]?.name ?? ""], initials: [initials(0, 1950), initials(6, 1960)], missing: [PEOPLE[4]?.name ?? ""],
        withheld: [{ name: PEOPLE[3]?.name ?? "", by: PEOPLE[5]?.name ?? "", at: at(1970), reason: "I did not see it." }] },
      { number: 2, class: "D", at: at(2600), step: "3.1", by: "Άννα Παππά (witness)", expected: "The seal of bag A-20417 is whole.",
        happened: "The seal had a tear of two centimetres.", decided: "The bag was opened in view of all and its content compared with the list; nothing was missing.",
        decidedBy: [PEOPLE[8]?.name ?? "", PEOPLE[5]?.name ?? ""], initials: [], missing: [], withheld: [] },
    ],
    clocks: [
      { ...person(8), device: "Laptop of the room", at: at(12), milliseconds: 120 },
      { ...person(6), device: "Firefox, Linux", at: at(30), milliseconds: -4210 },
    ],
    secondScreen: hash("second screen"),
    readOut: { at: at(3850), by: PEOPLE[8]?.name ?? "" },
    printed: { closed: [3, 4, 5], named: [1], left: [2] },
    notebooks: [{
      ...person(6), released: at(3860), passkey: "k6PvX3q9", statementHash: hash("notebook"),
      pages: [{ number: 1, at: at(1910), text: "Camera 2 was out for less than a minute; nobody left the table." }, { number: 2, at: at(2605), text: "The tear in the bag is older than today, I think." }],
    }],
    stamps: [],
    seams: [{ from: at(2400), to: at(2431), what: "The worker was restarted while key generation was under way. It found the key on the token and finished the outcome.", step: "3.1" }],
    signatures: PEOPLE.map((person, i) => ({
      ...person,
      signed: i === 4 ? null : {
        ...(i === 6
          ? { agrees: false as const, sentence: "I do not agree with the record.", reason: "The tear in the bag should have ended the ceremony." }
          : { agrees: true as const, sentence: "I was present, the script was followed except as noted, and the transcript says what happened." }),
        at: at(3900 + i), passkey: `k${i}PvX3q9`, statementHash: hash(`signature ${i}`),
      },
    })),
    afterwards: ["The security lead takes the film to the archive within two days."],
    report: {
      items: [
        { name: "Roles", says: ["operator: שרה כהן", `custodian: ${PEOPLE.slice(0, 5).map(({ name }) => name).join(", ")}`], entries: [0] },
        { name: "Evidence collected", says: [], entries: [] },
        { name: "Keys", says: [`jwt-signing-2026-11; RSA-4096; SHA-256 of the public key ${hash("jwt public")}`], entries: [41, 42, 43, 60] },
      ],
    },
    clauses: [
      {
        source: "A standard of made-up clauses", about: "Nobody wrote it.",
        clauses: [
          { id: "1.2.3", asks: "There is a procedure by which keys are made, and whoever makes one follows it to its end.", entries: [0, 41, 42, 43, 60] },
          { id: "1.2.4", asks: "Somebody independent has signed.", entries: [] },
        ],
      },
    ],
    pointed: [0, 41, 42, 43, 60].map((entry) => ({ entry, kind: "operation-done", step: entry === 0 ? null : "3.1", hash: hash(`entry ${String(entry)}`) })),
    assumptions: [
      { id: "A1", sentence: "Whoever holds the token’s own PIN can use it without the worker. The comparison of the inventory is what would show it." },
      { id: "A2", sentence: "The recorder’s certificate that you compare with was handed to you by somebody you trust." },
      { id: "A10", sentence: "The custodians’ authenticators do what their makers say." },
    ],
    verification: {
      command: "npx claviger verify record.pdf --trust trust-anchor.pem",
      qr: `claviger:record:01JD9Z5Q7M3V8K2T4W6X9Y0ABC:${hash("transcript")}`,
    },
    transcriptHash: hash("transcript"),
    entries: 214,
    attachments: [
      { name: "transcript.json", mime: "application/json", description: "The transcript: every entry of the ceremony, with every signed statement and assertion",
        relationship: "Source", bytes: utf8(JSON.stringify({ entries: Array.from({ length: 214 }, (_, seq) => ({ seq, hash: hash(`${seq}`) })) })) },
    ],
  };
}

const START = Date.parse("2026-11-22T14:02:11.000Z");
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const hash = (text: string) => sha256Hex(utf8(text));

const PEOPLE: RecordPerson[] = [
  { person: "p-7f21", name: "Maja Lindqvist", role: "custodian (CISO)" },
  { person: "p-03ac", name: "محمد بن عبد الله", role: "custodian (VP Engineering)" },
  { person: "p-91d0", name: "佐藤 美咲", role: "custodian (Security Lead)" },
  { person: "p-5be8", name: "Þórður Ægisson", role: "custodian (Platform Lead)" },
  { person: "p-c470", name: "Nguyễn Thị Hồng", role: "custodian (Compliance Officer)" },
  { person: "p-2a9e", name: "Άννα Παππά", role: "witness (Legal Counsel)" },
  { person: "p-e6f3", name: "Юлия Ковалёва", role: "witness (External Auditor)" },
  { person: "p-18bd", name: "Seán Ó Briain", role: "witness (CTO)" },
  { person: "p-d95c", name: "שרה כהן", role: "operator" },
];
const person = (index: number): RecordPerson => PEOPLE[index] ?? { person: "", name: "", role: "" };

function act(number: number): RecordAct {
  const kinds = [
    { title: "Opening", steps: [reading(number), attendance(number)] },
    { title: "The room and the token", steps: [check(number)] },
    { title: "Keys", steps: [operation(number)] },
  ];
  const { title, steps } = kinds[(number - 1) % kinds.length] ?? { title: "", steps: [] };
  return { number: String(number), title, translations: [], steps: number % kinds.length === 0 ? [...steps, { ...operation(number), number: `${number}.2` }] : steps };
}

const step = (number: string, title: string, kind: RecordStep["kind"], from: number, rest: Partial<RecordStep>): RecordStep => ({
  number, title, kind, state: "done", opened: at(from), finished: at(from + 95), plannedMinutes: 5, codes: ["4f2a 91c0"],
  doings: [{ ...person(8), at: at(from), did: "opened the step" }], results: [], approvals: [], outcomes: [], deviations: [], translations: [], initials: [initials(6, from + 100)], ...rest,
});

const initials = (index: number, seconds: number) => {
  const { name } = person(index);
  return { name, initials: name.split(" ").map((word) => word.charAt(0)).join(""), at: at(seconds) };
};

const reading = (act: number) => step(`${act}.1`, "Opening and policy statement", "statement", 10, {
  spoken: "We are here to make the production keys of Nordhafen Clearing. Nobody acts alone. Whoever sees something that is not as written says so at once, and we stop. What is said and done here is kept, and each of us will sign it.",
  translations: [{
    language: "de", title: "Eröffnung und Grundsätze", asked: null,
    say: "Wir sind hier, um die Produktionsschlüssel von Nordhafen Clearing zu erzeugen. Niemand handelt allein.",
  }],
  doings: [{ ...person(8), at: at(10), did: "opened the step" }, { ...person(8), at: at(60), did: "read the statement aloud" }, { ...person(5), at: at(95), did: "attested that it was read as written" }],
});
const attendance = (act: number) => step(`${act}.2`, "Attendance", "attendance", 200, {
  doings: PEOPLE.map((who, i) => ({ ...who, at: at(200 + i * 9), did: "was seen with a passport by Άννα Παππά" })),
  results: ["Nine people are present; the quorum of 3 of 5 custodians can be reached."],
  paper: {
    began: at(200), ended: at(280), account: "All nine were compared with their passports by Άννα Παππά.", kept: "Safe 2, folder of the day", deviation: 1,
    by: [person(6), person(8)].map((who) => ({ ...who, at: at(290), passkey: "k6PvX3q9", statementHash: hash(`paper ${who.name}`) })),
  },
});
const check = (act: number) => step(`${act}.1`, "Health of the token", "check", 900, {
  spoken: "The operator asks the token what it is. Compare the serial with the plate on the device.",
  results: ["Serial expected 7c6f7ab1d2f03e91, found 7c6f7ab1d2f03e91: equal.", "75 mechanisms listed; all that the script needs are among them."],
  deviations: [1],
});
const operation = (act: number) => step(`${act}.1`, "Make the JWT signing key", "operation", 2300, {
  spoken: "We make one RSA key pair of 4096 bits, labelled jwt-signing-2026-11. It can sign and verify. It can do nothing else, and it cannot leave the token. Three of five custodians must agree.",
  approvals: [approval(0, "approve"), approval(1, "approve"), { ...approval(4, "refuse"), reason: "I want to see the serial again before I agree." }, approval(2, "approve")],
  outcomes: [{
    operation: "generate-key-pair", sentence: "One RSA-4096 key pair now exists in the token under the label jwt-signing-2026-11.", result: "done", at: at(2431), durationMs: 3820, recovered: true,
    facts: [{ name: "Label", value: "jwt-signing-2026-11", measured: true }, { name: "CKA_ID", value: hash("jwt").slice(0, 32), measured: true }, { name: "Mechanism", value: "CKM_RSA_PKCS_KEY_PAIR_GEN", measured: true }],
    attributes: [{ text: "cannot be taken out" }, { text: "never could be taken out" }, { text: "can sign" }, { text: "can unwrap other keys", needless: true }],
    fingerprint: { of: "SHA-256 of the public key", value: hash("jwt public") },
  }],
  results: ["The fingerprint was read aloud and compared by everyone."],
  deviations: [2],
});
const approval = (index: number, decision: RecordApproval["decision"]): RecordApproval => ({
  ...person(index), decision, at: at(2310 + index * 7), passkey: `k${index}PvX3q9`, aaguid: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
  statementHash: hash(`approval ${index}`), nonce: hash(`nonce ${index}`).slice(0, 12),
});
const rsaKey = (label: string, algorithm: string, stepNumber: string, needless: boolean): RecordKey => ({
  label, algorithm, id: hash(label).slice(0, 32), fingerprint: { of: "SHA-256 of the public key", value: hash(`${label} public`) },
  attributes: [{ text: "cannot be taken out" }, { text: "can sign" }, ...(needless ? [{ text: "can unwrap other keys", needless: true }] : [])],
  made: { step: stepNumber, at: at(2431) },
});
