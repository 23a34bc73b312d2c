import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decideUse } from "#lib/accounts/decide-use";
import { grantsAt, readGrant, reachGrant, grantToEndorse, thumbprint, type Grant } from "#lib/accounts/grant";
import { inForce } from "#lib/accounts/grant.under-test";
import { rosterHash } from "#lib/ceremony/roster";
import { endorsementBy, hashSignatures, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import { valuesOf } from "#lib/log/commitment";
import { changeOf, dayAt, endorsed, RecordedCeremonies, smallChain } from "#lib/register/evidence.under-test";
import { accountSights, askedOfMe } from "./account-view";
import type { Administrator } from "./administrator";
import { isAwaitedGrant, type KeptGrants } from "./kept-grant";
import { paperToSign } from "./paper-to-sign";
import { proposeGrant, takeGrantBack, withdrawGrant, type GrantPorts, type ProposeGrant } from "./propose-grant";
import type { NewPaper } from "./propose-key-change";
import type { ReadRoster } from "./roster-standing";

const pair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const PEM = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
const adam = { by: "adam" } as Administrator;
const roster = {
  roster: smallRoster,
  row: { hash: rosterHash(smallRoster), bytes: canonical(smallRoster as unknown as Json), openings: [] },
} as unknown as ReadRoster;

/** A house with one key, where administrators write and custodians sign. */
class House {
  readonly recorded = new RecordedCeremonies();
  readonly papers: NewPaper[] = [];
  readonly signed = new Map<string, string>();
  readonly withdrawn = new Map<string, { by: string; at: string }>();
  day = 2;

  static async open(): Promise<House> {
    const house = new House();
    await house.recorded.hold("c-1", 0, { operation: "generate-key-pair", algorithm: "EC-P256", usage: ["sign"], extractable: false, label: "jwt-1" });
    return house;
  }

  get key() {
    return this.recorded.key("jwt-1");
  }

  grants(): KeptGrants {
    const all = this.papers.map(({ hash, bytes, openings }) => {
      const grant = readGrant(bytes) as Grant;
      const at = this.signed.get(hash);
      return { hash, grant, openings, reached: at === undefined ? null : inForce(grant, at), withdrawn: this.withdrawn.get(hash) ?? null };
    });
    return { at: dayAt(this.day), mode: "production", all };
  }

  readonly ports: GrantPorts = {
    world: { now: () => new Date(dayAt(this.day)), random: (bytes) => new Uint8Array(bytes).fill(7), undrawable: () => [] },
    mode: "production",
    register: () => Promise.resolve(this.recorded.register()),
    grants: () => Promise.resolve(this.grants()),
    keep: (paper) => Promise.resolve(void this.papers.push(paper)),
    withdraw: ({ hash, by }) => Promise.resolve(void this.withdrawn.set(hash, { by, at: dayAt(this.day) })),
  };

  async propose(change: Partial<ProposeGrant> = {}): Promise<string> {
    const keys = [{ alias: "jwt", keys: [this.key.key], operations: ["sign" as const], algorithms: ["ES256" as const], tokens: null }];
    const form = { account: "billing", edition: 1, clients: [PEM], keys, random: false, perMinute: 600, until: dayAt(90), reason: "It signs invoices." };
    const answer = await proposeGrant(this.ports, adam, { ...form, ...change });
    return answer.ok ? answer.value.hash : answer.refusal.code;
  }

  async takeBack(edition: number): Promise<string> {
    const answer = await takeGrantBack(this.ports, adam, { account: "billing", edition, reason: "It was taken over." });
    return answer.ok ? answer.value.hash : answer.refusal.code;
  }

  async withdraw(hash: string): Promise<string> {
    const answer = await withdrawGrant(this.ports, adam, { hash });
    return answer.ok ? "done" : answer.refusal.code;
  }

  sign(hash: string): void {
    this.signed.set(hash, dayAt(this.day));
  }

  async account() {
    const sources = { verifier: hashSignatures, endorsements: () => Promise.resolve([]), now: dayAt(this.day), me: "carl" };
    const [sight] = await accountSights(this.grants(), roster, sources);
    if (!sight) throw new Error("no account");
    return sight;
  }
}

describe("proposing", () => {
  test("an administrator writes a grant down; what a quorum then signs is what the key process decides by", async () => {
    const house = await House.open();
    const hash = await house.propose();
    const [paper] = house.papers;
    const grant = readGrant(paper?.bytes ?? new Uint8Array()) as Grant;
    expect(paper).toMatchObject({ hash, what: "grant", subject: "billing", by: "adam" });
    expect(grant).toMatchObject({ mode: "production", account: "billing", edition: 1, by: "adam", at: dayAt(2) });
    expect(grant.clients).toEqual([pair.publicKey.export({ format: "jwk" })]);
    expect(valuesOf(paper?.openings ?? [])(grant.reason)).toBe("It signs invoices.");
    expect(new TextDecoder().decode(paper?.bytes)).not.toContain("invoices");

    const signedBy = (...people: string[]) =>
      Promise.resolve(people.map((person) => endorsementBy(person, grantToEndorse(grant), undefined, { statement: { at: grant.at } })));
    const reached = await reachGrant(hashSignatures, grant, await smallChain(), await signedBy("carl", "cleo"), dayAt(3));
    expect((await reachGrant(hashSignatures, grant, await smallChain(), await signedBy("carl"), dayAt(3))).ok).toBe(false);
    if (!reached.ok) throw new Error(reached.refusal.invariant);
    const billing = grantsAt([reached.value], "production", dayAt(3)).get("billing");
    const active = house.recorded.key("jwt-1", [await endorsed(changeOf(house.key, "active", 1))]);
    const token = active.places[0]?.token ?? "";
    const use = decideUse(billing ?? reached.value, new Map([[active.key, active]]), token, { operation: "sign", name: "jwt", algorithm: "ES256" }, dayAt(3));
    expect(use.ok).toBe(true);
  });

  test.each<[string, Partial<ProposeGrant>, string]>([
    ["without a key by which the application proves itself", { clients: [] }, "CLIENT-NONE"],
    ["with a private key", { clients: [pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString()] }, "CLIENT-PRIVATE"],
    ["with what is no key", { clients: [PEM, "key"] }, "CLIENT-UNREADABLE"],
    ["of another number than the next", { edition: 2 }, "GRANT-OVERTAKEN"],
    ["that has ended", { until: dayAt(2) }, "GRANT-TIME"],
    ["without a reason", { reason: " " }, "TEXT-MISSING"],
    ["of a key that no ceremony made", { keys: [{ alias: "a", keys: ["00".repeat(32)], operations: ["sign"], algorithms: ["ES256"], tokens: null }] }, "KEY-RECORDED"],
  ])("no grant is written down %s", async (_, change, code) => {
    const house = await House.open();
    expect(await house.propose(change)).toBe(code);
    expect(house.papers).toEqual([]);
  });

  test("of a private key nothing is answered but that it was one", async () => {
    const house = await House.open();
    const secret = pair.privateKey.export({ format: "jwk" });
    const form = { account: "billing", edition: 1, clients: [PEM, JSON.stringify(secret)], keys: [], random: true, perMinute: 1, until: dayAt(9), reason: "a" };
    const answer = await proposeGrant(house.ports, adam, form);
    expect(answer).toEqual({ ok: false, refusal: { code: "CLIENT-PRIVATE", facts: { number: 2 } } });
  });

  test("an edition that says what is in force is none; one that ends later is", async () => {
    const house = await House.open();
    house.sign(await house.propose());
    expect(await house.propose({ edition: 2 })).toBe("GRANT-SAME");
    expect(await house.propose({ edition: 2, until: dayAt(180) })).toHaveLength(64);
    expect((await house.account()).awaited[0]?.changes?.differences).toEqual([{ what: "until", alias: null, was: [dayAt(90)], is: [dayAt(180)] }]);
  });
});

describe("taking back", () => {
  test("leaves the keys to be verified by, and nobody who is the application", async () => {
    const house = await House.open();
    house.sign(await house.propose({ random: true }));
    house.day = 3;
    house.sign(await house.takeBack(2));
    const { state, current, next } = await house.account();
    expect([state, next]).toEqual(["taken-back", 3]);
    expect(current?.grant).toMatchObject({ clients: [], random: false, keys: [{ alias: "jwt" }] });
    expect(current?.changes?.differences.map(({ what }) => what)).toEqual(["clients", "random"]);
    expect(await house.takeBack(3)).toBe("GRANT-NONE");
  });

  test("is for what is in force, and goes past a proposal that waits", async () => {
    const house = await House.open();
    expect(await house.takeBack(1)).toBe("GRANT-NONE");
    house.sign(await house.propose());
    const waiting = await house.propose({ edition: 2, random: true });
    expect(await house.takeBack(2)).toBe("GRANT-OVERTAKEN");
    house.sign(await house.takeBack(3));
    expect(isAwaitedGrant(house.grants(), waiting)).toBe(false);
    expect((await house.account()).editions.map(({ standing }) => standing)).toEqual(["in-force", "overtaken", "superseded"]);
  });
});

describe("withdrawing", () => {
  test("nobody is asked to sign it any more, and its number is not given again", async () => {
    const house = await House.open();
    const hash = await house.propose();
    const asked = async () => {
      const [paper] = house.papers;
      const ports = {
        find: () => Promise.resolve(paper ?? null),
        register: () => Promise.resolve(house.recorded.register()),
        isOpen: () => Promise.resolve(false),
        isAwaited: (grant: string) => Promise.resolve(isAwaitedGrant(house.grants(), grant)),
      };
      const answer = await paperToSign(ports, "grant", hash, "carl");
      return answer.ok ? answer.value.document.what : answer.refusal.code;
    };
    expect(await asked()).toBe("grant");
    expect([await house.withdraw(hash), await house.withdraw(hash)]).toEqual(["done", "done"]);
    expect(await asked()).toBe("NOTHING-TO-ENDORSE");
    expect(await house.account()).toMatchObject({ state: "nothing", next: 2, awaited: [], editions: [{ standing: "withdrawn", withdrawn: { by: "adam" } }] });
  });

  test("a paper with a number far off, which nobody signed, does not take the numbers of the next ones", async () => {
    const house = await House.open();
    house.sign(await house.propose());
    const far = canonical({ ...readGrant(house.papers[0]?.bytes ?? new Uint8Array()), edition: Number.MAX_SAFE_INTEGER });
    house.papers.push({ hash: "ff".repeat(32), what: "grant", subject: "billing", by: "nobody", bytes: far, openings: [] });
    expect((await house.account()).next).toBe(2);
    expect(await house.takeBack(2)).toHaveLength(64);
  });

  test("not what a quorum has signed, and what a quorum signs all the same counts", async () => {
    const house = await House.open();
    const hash = await house.propose();
    await house.withdraw(hash);
    house.sign(hash);
    expect(await house.withdraw(hash)).toBe("GRANT-COUNTS");
    expect(await house.withdraw("00".repeat(32))).toBe("NOT-FOUND");
    expect((await house.account()).state).toBe("in-force");
  });
});

describe("what a page says of an application", () => {
  test("a week before its end it is said to be due, and then to be over", async () => {
    const house = await House.open();
    const hash = await house.propose();
    expect(await house.account()).toMatchObject({ state: "nothing", current: null, awaited: [{ hash, signatures: { needed: 2 } }] });
    expect(askedOfMe([await house.account()]).map((one) => one.hash)).toEqual([hash]);
    house.sign(hash);
    const on = async (day: number) => {
      house.day = day;
      const { state, endsIn } = await house.account();
      return [state, endsIn];
    };
    expect(askedOfMe([await house.account()])).toEqual([]);
    expect(await on(82)).toEqual(["in-force", null]);
    expect(await on(84)).toEqual(["in-force", 6]);
    expect(await on(90)).toEqual(["lapsed", null]);
    expect(thumbprint((await house.account()).current?.grant.clients[0] as never)).toHaveLength(43);
  });

  test("a proposal whose time is over is asked for no more", async () => {
    const house = await House.open();
    const hash = await house.propose();
    house.day = 90;
    expect(isAwaitedGrant(house.grants(), hash)).toBe(false);
    expect((await house.account()).editions[0]?.standing).toBe("ended");
  });
});
