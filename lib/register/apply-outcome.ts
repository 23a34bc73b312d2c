import type { Outcome } from "#lib/ceremony/operation";
import { textOf } from "#lib/operations/parameters";
import { KEY_USES } from "#lib/operations/key-order";
import { NO_FINGERPRINT } from "#lib/operations/condemned-key";
import { readObject } from "#lib/operations/object-json";
import { OutcomeReader } from "#lib/operations/outcome-reader";
import type { Json } from "#lib/log/canonical";
import type { AttributeName, ObjectReading } from "#lib/token/attributes";
import { PROFILE_IDS, type ProfileId } from "#lib/token/profile";
import type { CeremonyEvidence, OutcomeRef, RegisteredOutcome } from "./ceremony-evidence";
import { nextHead, pairId, secretId, type KeyEvent, type KeyPlace, type RegisteredKey } from "./registered-key";

type Keys = readonly RegisteredKey[];

/**
 * The keys that an outcome makes or changes, as they are afterwards. An outcome is known by its members, whatever operation it is
 * of (lib/operations/operation.ts says which): a key that was made or found, a copy, a condemnation, a backup, a destruction.
 */
export function applyOutcome(keys: Keys, done: RegisteredOutcome, of: CeremonyEvidence): Keys {
  const { outcome, request } = done;
  if ("privateKey" in outcome || "secretKey" in outcome) return born(keys, done, of, outcome, "made");
  const found = outcome["found"];
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return born(keys, done, of, found as Outcome, "found");
  if ("clone" in outcome) return copied(keys, done);
  if ("lost" in outcome) return emptied(keys, done, textIn(outcome, "was"));
  if ("left" in outcome && "ckaId" in outcome) return destroyed(keys, done);
  if ("left" in outcome) return emptied(keys, done, tokenIn(outcome));
  if ("format" in outcome) return backedUp(keys, done);
  if ("restored" in outcome) return restored(keys, done);
  return request.operation === "condemn-key" ? condemned(keys, done) : [];
}

const textIn = (outcome: Outcome, member: string): string => (typeof outcome[member] === "string" ? outcome[member] : "");
const tokenIn = (outcome: Outcome, member = "token"): string => new OutcomeReader(outcome).member(member).text("serial");
const objectIn = (said: Json | undefined): ObjectReading | null => (said === undefined ? null : readObject(new OutcomeReader(said)));

const profileIn = (outcome: Outcome): ProfileId | null => {
  const said = new OutcomeReader(outcome).member("token").text("profile");
  return PROFILE_IDS.find((one) => one === said) ?? null;
};

/** Whether the key stands on that token under that id now. */
const standsAt = ({ places }: RegisteredKey, token: string, ckaId: string): boolean =>
  places.some((place) => place.gone === null && place.token === token && place.ckaId === ckaId);

const event = (what: Exclude<KeyEvent["what"], "changed">, { ref, approvedBy }: RegisteredOutcome, where: string): KeyEvent => ({
  what,
  at: ref.at,
  by: ref,
  people: approvedBy,
  where,
});

const touched = (key: RegisteredKey, done: RegisteredOutcome, happened: KeyEvent): RegisteredKey => ({
  ...key,
  history: [...key.history, happened],
  ceremonies: [...new Set([...key.ceremonies, done.ref.ceremony])],
});

/** A key that this outcome made, or found where it was before. One that is known already is the same key, seen again. */
function born(keys: Keys, done: RegisteredOutcome, of: CeremonyEvidence, said: Outcome, how: "made" | "found"): Keys {
  const { outcome, request, ref } = done;
  const token = tokenIn(outcome);
  const ckaId = textIn(outcome, "ckaId");
  const secret = objectIn(said["secretKey"]);
  const halves = secret ? [secret] : [objectIn(said["privateKey"]), objectIn(said["publicKey"])].filter((one) => one !== null);
  const use = halves[0];
  const spkiSha256 = secret ? null : textIn(outcome, "spkiSha256");
  if (!use || token === "" || ckaId === "" || spkiSha256 === "") return [];
  const place: KeyPlace = { token, ckaId, objects: halves, since: ref, gone: null };
  const known = spkiSha256 === null ? knownSecret(keys, token, ckaId, how) : keys.find((one) => one.spkiSha256 === spkiSha256);
  if (known) {
    const seen = touched(known, done, event("found", done, token));
    return [standsAt(known, token, ckaId) ? seen : { ...seen, places: [...known.places, place] }];
  }
  const key = spkiSha256 === null ? secretId(token, ckaId) : pairId(spkiSha256);
  const { script, title, recorder, files } = of;
  return [
    {
      key,
      label: textIn(outcome, "label"),
      kind: secret ? "secret-key" : "key-pair",
      algorithm: textIn(outcome, "algorithm") || (use.algorithm ?? textOf(request, "algorithm")),
      spki: secret ? null : textIn(said, "spki"),
      spkiSha256,
      checkValue: null,
      uses: how === "made" ? ordered(request["usage"]) : allowed(use),
      state: "pre-activation",
      stateSince: ref.at,
      compromised: false,
      born: { ...ref, how, title, script, recorder: recorder ?? "", approvedBy: done.approvedBy, profile: profileIn(outcome), files },
      owner: null,
      purpose: null,
      environment: script.environment,
      cryptoperiodDays: null,
      processingDays: null,
      activeSince: null,
      endsAt: null,
      processedUntil: null,
      destroyed: null,
      places: [place],
      backups: [],
      history: [event(how, done, token)],
      ceremonies: [ref.ceremony],
      head: nextHead(key, null, ref.entry),
    },
  ];
}

/** A secret key that is found where one was destroyed is that one, come back; one that is made there is another. */
const knownSecret = (keys: Keys, token: string, ckaId: string, how: "made" | "found"): RegisteredKey | undefined =>
  keys.find((one) => standsAt(one, token, ckaId)) ?? (how === "found" ? keys.find(({ key }) => key === secretId(token, ckaId)) : undefined);

const ordered = (usage: unknown): RegisteredKey["uses"] => KEY_USES.filter((use) => Array.isArray(usage) && usage.includes(use));
const allowed = ({ attributes }: ObjectReading): RegisteredKey["uses"] =>
  KEY_USES.filter((use) => attributes[use.toUpperCase() as AttributeName] === true);

function copied(keys: Keys, done: RegisteredOutcome): Keys {
  const { outcome, ref } = done;
  const to = tokenIn(outcome, "other");
  const objects = Array.isArray(outcome["clone"]) ? outcome["clone"].map((one: Json) => readObject(new OutcomeReader(one))) : [];
  const place: KeyPlace = { token: to, ckaId: textIn(outcome, "cloneId"), objects, since: ref, gone: null };
  return keys
    .filter((key) => standsAt(key, tokenIn(outcome), textIn(outcome, "ckaId")))
    .map((key) => ({
      ...touched(key, done, event("copied", done, to)),
      places: [...key.places, place],
      checkValue: checkValueIn(key, outcome),
    }));
}

/** What a token gives of a secret key, where it gives anything. */
function checkValueIn({ kind, checkValue }: RegisteredKey, outcome: Outcome): string | null {
  const said = textIn(outcome, "fingerprint");
  return kind === "secret-key" && said !== "" && said !== NO_FINGERPRINT ? said : checkValue;
}

const condemned = (keys: Keys, done: RegisteredOutcome): Keys =>
  keys
    .filter((key) => standsAt(key, tokenIn(done.outcome), textIn(done.outcome, "ckaId")))
    .map((key) => ({
      ...touched(key, done, event("condemned", done, tokenIn(done.outcome))),
      checkValue: checkValueIn(key, done.outcome),
    }));

function destroyed(keys: Keys, done: RegisteredOutcome): Keys {
  const [token, ckaId] = [tokenIn(done.outcome), textIn(done.outcome, "ckaId")];
  return keys.filter((key) => standsAt(key, token, ckaId)).map((key) => without(key, done, token, (place) => place.ckaId === ckaId));
}

/** Everything that stood on that token is gone with it. */
const emptied = (keys: Keys, done: RegisteredOutcome, token: string): Keys =>
  keys
    .filter((key) => key.places.some((place) => place.token === token && place.gone === null))
    .map((key) => without(key, done, token, () => true));

/** The key without its place on that token; destroyed when it was the last one (SP 800-57 part 1 rev. 5, section 7.6). */
function without(key: RegisteredKey, done: RegisteredOutcome, token: string, which: (place: KeyPlace) => boolean): RegisteredKey {
  const { ref } = done;
  const goes = (place: KeyPlace) => place.token === token && place.gone === null && which(place);
  const places = key.places.map((place) => (goes(place) ? { ...place, gone: ref } : place));
  const left = touched(key, done, event("destroyed", done, token));
  if (key.destroyed || places.some(({ gone }) => gone === null)) return { ...left, places };
  return { ...left, places, state: "destroyed", stateSince: ref.at, destroyed: ref, head: nextHead(key.key, key.head, ref.entry) };
}

function backedUp(keys: Keys, done: RegisteredOutcome): Keys {
  const token = tokenIn(done.outcome);
  const backup = textIn(done.outcome, "backup");
  const listed = Array.isArray(done.outcome["keys"]) ? done.outcome["keys"] : [];
  return keys.flatMap((key) => {
    const said = listed.map((one) => one as Outcome).find((one) => standsAt(key, token, textIn(one, "id")));
    if (!said) return [];
    const by: OutcomeRef = done.ref;
    return [
      {
        ...touched(key, done, event("backed-up", done, backup)),
        backups: [...key.backups, { backup, by, restored: null }],
        checkValue: checkValueIn(key, said),
      },
    ];
  });
}

/** A test of a backup that was made in the same ceremony: the keys in it were there, and the restored token is gone again. */
function restored(keys: Keys, done: RegisteredOutcome): Keys {
  const backup = textIn(done.outcome, "backup");
  const isIt = (one: RegisteredKey["backups"][number]) => one.backup === backup && one.by.ceremony === done.ref.ceremony;
  return keys
    .filter(({ backups }) => backups.some(isIt))
    .map((key) => ({
      ...touched(key, done, event("restored", done, backup)),
      backups: key.backups.map((one) => (isIt(one) ? { ...one, restored: done.ref } : one)),
    }));
}
