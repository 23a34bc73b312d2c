import { randomBytes } from "node:crypto";
import { generateKeyPairSync, sign } from "node:crypto";
import { assertWith, createSoftwarePasskey, type SoftwarePasskey } from "#cli/demo/software-passkey";
import { quorumOf, currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import { recorderBytes, RECORDER, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import type { OperationBook, OperationRules } from "#lib/ceremony/operation";
import { ckaIdOf } from "#lib/ceremony/quorum";
import { take } from "#lib/ceremony/replay";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { operationsOf, scriptHash, type Script } from "#lib/ceremony/script";
import { statementHash } from "#lib/ceremony/statement";
import { statementFor } from "#lib/ceremony/statement-for";
import { canonical, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { base64url, fromHex, hex } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";

const RP = { id: "bench.example", origin: "https://bench.example" };
const said = (value: string) => commit({ path: "bench", salt: hex(randomBytes(16)), value });

const rules: OperationRules = {
  name: "make",
  effect: "creates",
  problems: () => [],
  makes: (request) => (typeof request["label"] === "string" ? [{ label: request["label"], kind: "key-pair" }] : []),
  needs: () => [],
  sentence: () => "Make a key.",
  facts: () => [],
  recheck: () => [],
};
/** A book of one operation that needs a quorum and no token: what is measured is rules and signatures. */
export const benchBook: OperationBook = { find: (name) => (name === rules.name ? rules : null) };

/**
 * A transcript of about `entries` entries with real passkey signatures: steps that `custodians` people approve, each made
 * and signed by a recorder. Answers its bytes; every entry went through the rule book on the way.
 */
export async function longTranscript(entries: number, custodians = 20): Promise<Uint8Array[]> {
  const steps = Math.round((entries - 2) / (custodians + 3));
  const people = ["olga", "will", ...Array.from({ length: custodians }, (_, i) => `c-${String(i)}`)];
  const passkeys = new Map(people.map((person) => [person, createSoftwarePasskey()]));
  const recorder = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = base64url(recorder.publicKey.export({ type: "spki", format: "der" }));
  const roster = rosterOf(passkeys);
  const script = scriptOf(steps, custodians);

  const kept: Uint8Array[] = [];
  let ceremony: Ceremony | null = null;
  let seconds = 0;
  const now = () => {
    if (!ceremony) throw new Error("not opened");
    return ceremony;
  };
  const enter = async <K extends EntryKind>(kind: K, by: string, body: Body<K>) => {
    const at = new Date(Date.parse("2026-11-22T10:00:00.000Z") + ++seconds * 10).toISOString();
    const base = {
      v: "claviger/entry/v1",
      ceremony: "bench",
      seq: kept.length,
      at,
      by,
      kind,
      body,
      prev: ceremony?.head.hash ?? null,
      signature: null,
    };
    const entry = base as unknown as Entry;
    const signature = by === RECORDER ? base64url(sign("sha256", recorderBytes(entry), recorder.privateKey)) : null;
    const bytes = canonical({ ...entry, signature } as unknown as Json);
    const next = await take(webCryptoVerifier, benchBook, ceremony, bytes);
    if (!next.ok) throw new Error(`${kind}: ${JSON.stringify(next.refusal)}`);
    ceremony = next.value;
    kept.push(bytes);
  };

  const participants = people.map((person) => ({ person, role: roleOf(person) }));
  const hashes = { scriptHash: scriptHash(script), rosterHash: rosterHash(roster) };
  await enter("ceremony-opened", "olga", {
    title: "Bench",
    mode: "rehearsal",
    place: said("here"),
    script,
    endorsements: [],
    roster,
    participants,
    ...hashes,
  });
  const token = { label: "bench", manufacturer: "none", model: "none", serial: "1", hardware: "0", firmware: "0" };
  await enter("recorder-attached", RECORDER, { ...hashes, token, recorder: { spki, certificate: "AA" }, software: "bench" });

  for (let state = currentStep(now()); state; state = currentStep(now())) {
    const { step } = state;
    const expires = new Date(Date.parse(now().head.at) + 60_000).toISOString();
    await enter("step-opened", "olga", { step: step.step, nonce: hex(randomBytes(32)), expires, deviation: null });
    const act = step.kind === "sign-off" ? ("sign-off" as const) : ("approve" as const);
    for (const person of act === "sign-off" ? ["olga"] : people.slice(2)) {
      const statement = statementFor(now(), person, {
        act,
        step: step.step,
        verdict: act === "sign-off" ? "agree" : null,
        remark: null,
      });
      const passkey = passkeys.get(person);
      if (!statement || !passkey) throw new Error("nothing to sign");
      const assertion = assertWith(passkey, fromHex(statementHash(statement)), { rpId: RP.id, origin: RP.origin });
      await enter(act === "sign-off" ? "signed-off" : "step-approved", person, { statement, assertion });
    }
    const approved = currentStep(now());
    if (act === "sign-off" || !approved) continue;
    const quorum = quorumOf(now(), approved);
    const request = operationsOf(step)[0];
    if (!quorum.ok || !request) throw new Error("no quorum");
    const place = { step: step.step, index: 0 };
    await enter("operation-started", RECORDER, {
      ...place,
      request,
      ckaId: ckaIdOf(quorum.value.hash, 0),
      approvals: [...quorum.value.approvals],
      quorumHash: quorum.value.hash,
    });
    await enter("operation-done", RECORDER, { ...place, outcome: {}, milliseconds: 1, recovered: false });
  }
  return kept;
}

const roleOf = (person: string) =>
  person === "olga" ? ("operator" as const) : person === "will" ? ("witness" as const) : ("custodian" as const);

function rosterOf(passkeys: ReadonlyMap<string, SoftwarePasskey>): Roster {
  return {
    v: "claviger/roster/v1",
    version: 1,
    prev: null,
    mode: "rehearsal",
    organisation: said("Bench"),
    rp: { id: RP.id, origins: [RP.origin] },
    quorum: { approve: 2 },
    people: [...passkeys].map(([person, { credentialId, spki }]) => ({
      person,
      name: said(person),
      title: said(person),
      roles: [roleOf(person)],
      groups: [],
      passkeys: [{ id: credentialId, algorithm: "ES256", spki, aaguid: "00000000-0000-0000-0000-000000000000", synced: false }],
    })),
  };
}

function scriptOf(steps: number, custodians: number): Script {
  const make = Array.from({ length: steps }, (_, i) => ({
    step: `make-${String(i)}`,
    kind: "operation" as const,
    title: "Make",
    say: "Make a key.",
    operations: [{ operation: "make", label: `key-${String(i)}` }],
  }));
  return {
    script: "bench",
    edition: 1,
    title: "Bench",
    purpose: "To measure.",
    environment: "test",
    minutes: 1,
    expires: { minutes: 60 },
    quorum: { approve: custodians, of: custodians },
    witnesses: { least: 1 },
    prerequisites: [],
    equipment: [],
    acts: [
      {
        act: "all",
        title: "All",
        steps: [...make, { step: "sign", kind: "sign-off", title: "Sign", say: "True.", by: ["operator"] }],
      },
    ],
  };
}
