import { assertWith, type SoftwarePasskey } from "#cli/demo/software-passkey";
import type { Assertion } from "#lib/ceremony/entry";
import type { Role } from "#lib/ceremony/roles";
import { sha256, utf8 } from "#lib/log/digest";
import { USE, type Answer, type ApiGrounds } from "./api-grounds.under-test";

/** A script short enough for a test, of the project's own operations. */
export const SCRIPT = `
script: small-api
edition: 1
title: Small
purpose: To try the interface.
environment: test
minutes: 5
expires: { minutes: 5 }
quorum: { approve: 2, of: 3 }
witnesses: { least: 1 }
prerequisites: []
equipment: []
acts:
  - act: only
    title: Only
    steps:
      - step: hear
        kind: statement
        title: Hear
        say: We begin.
        by: [operator]
      - step: make
        kind: operation
        title: Make
        say: We make a key.
        operations:
          - { operation: generate-key-pair, algorithm: RSA-4096, label: small, usage: [sign], extractable: false }
      - step: sign
        kind: sign-off
        title: Sign
        say: It is true.
        by: [operator, custodian, witness]
`;

export const CAST: readonly (readonly [string, Role])[] = [
  ["adam", "administrator"],
  ["olga", "operator"],
  ["carl", "custodian"],
  ["cleo", "custodian"],
  ["cora", "custodian"],
  ["will", "witness"],
  ["axel", "auditor"],
];

/** What is otherwise than it should be about a signature. */
type Change = { readonly with?: string; readonly flags?: number; readonly origin?: string };
export type Guest = { readonly passkey: SoftwarePasskey; readonly cookie: string };

/** A cast that is enrolled and signed in, a ceremony opened through the interface, and the worker joined. */
export class SmallCeremony {
  private constructor(
    readonly grounds: ApiGrounds,
    readonly id: string,
    readonly guests: ReadonlyMap<string, Guest>,
    private readonly rosterHash: string,
  ) {}

  static async open(grounds: ApiGrounds): Promise<SmallCeremony> {
    const guests = new Map<string, Guest>();
    for (const [person, role] of [...CAST, ["stranger", "witness"] as const]) {
      const passkey = await grounds.enrol(person, [role]);
      guests.set(person, { passkey, cookie: (await grounds.signIn(passkey)).cookie });
    }
    const roster = (await import("./roster/route")).POST;
    const { hash } = await post<{ hash: string }>(grounds, guests, roster, { organisation: "Example" });
    return SmallCeremony.begun(grounds, guests, hash, SCRIPT, CAST);
  }

  /** Another ceremony of the same people, beside this one. */
  another(yaml: string, cast: typeof CAST): Promise<SmallCeremony> {
    return SmallCeremony.begun(this.grounds, this.guests, this.rosterHash, yaml, cast);
  }

  private static async begun(
    grounds: ApiGrounds,
    guests: ReadonlyMap<string, Guest>,
    rosterHash: string,
    yaml: string,
    cast: typeof CAST,
  ): Promise<SmallCeremony> {
    const { hash: scriptHash } = await post<{ hash: string }>(grounds, guests, (await import("./scripts/route")).POST, { yaml });
    const participants = cast.map(([person, role]) => ({ person, role }));
    const { id } = await post<{ id: string }>(grounds, guests, (await import("./ceremonies/route")).POST, {
      title: "Small",
      place: "Room 1",
      scriptHash,
      rosterHash,
      participants,
    });
    await grounds.attach(id);
    return new SmallCeremony(grounds, id, guests, rosterHash);
  }

  cookie(person: string): string {
    return this.guests.get(person)?.cookie ?? "";
  }

  /** One act through the interface. */
  async act(person: string, body: object): Promise<Answer<{ seq: number; hash: string }>> {
    const { POST } = await import("./ceremonies/[id]/acts/route");
    return this.grounds.ask(POST, { method: "POST", params: { id: this.id }, body, cookie: this.cookie(person) });
  }

  /** What the person can sign, as they are offered it. */
  async offered(person: string, query: string): Promise<{ readonly statement: string; readonly openings: unknown }> {
    const { GET } = await import("./ceremonies/[id]/statement/route");
    const asked = await this.grounds.ask<{ statement: string; openings: unknown }>(GET, {
      path: `/?${query}`,
      params: { id: this.id },
      cookie: this.cookie(person),
    });
    if (asked.status !== 200) throw new Error(JSON.stringify(asked.body));
    return asked.body;
  }

  /** What the person can sign, signed with their own passkey, ready to be sent by anybody. */
  async signed(person: string, query: string, change: Change = {}): Promise<object> {
    const { statement, openings } = await this.offered(person, query);
    return { act: "sign", statement, openings, assertion: this.assertion(change.with ?? person, statement, change) };
  }

  /** That person's passkey over that text. */
  assertion(person: string, statement: string, { origin, flags }: Omit<Change, "with"> = {}): Assertion {
    const passkey = this.guests.get(person)?.passkey;
    if (!passkey) throw new Error("nobody");
    return assertWith(passkey, sha256(utf8(statement)), {
      ...USE,
      ...(origin ? { origin } : {}),
      ...(flags === undefined ? {} : { flags }),
    });
  }
}

/** What an administrator asks of the interface before a ceremony. */
async function post<T>(grounds: ApiGrounds, guests: ReadonlyMap<string, Guest>, handler: Parameters<ApiGrounds["ask"]>[0], body: unknown) {
  const answer = await grounds.ask<T>(handler, { method: "POST", body, cookie: guests.get("adam")?.cookie ?? "" });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
