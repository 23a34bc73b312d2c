import { assertWith, type SoftwarePasskey } from "#cli/demo/software-passkey";
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

export type Guest = { readonly passkey: SoftwarePasskey; readonly cookie: string };

/** A cast that is enrolled and signed in, a ceremony opened through the interface, and the worker joined. */
export class SmallCeremony {
  private constructor(
    readonly grounds: ApiGrounds,
    readonly id: string,
    readonly guests: ReadonlyMap<string, Guest>,
  ) {}

  static async open(grounds: ApiGrounds): Promise<SmallCeremony> {
    const guests = new Map<string, Guest>();
    for (const [person, role] of [...CAST, ["stranger", "witness"] as const]) {
      const passkey = await grounds.enrol(person, [role]);
      guests.set(person, { passkey, cookie: (await grounds.signIn(passkey)).cookie });
    }
    const administrator = guests.get("adam")?.cookie ?? "";
    const post = async <T>(handler: Parameters<ApiGrounds["ask"]>[0], body: unknown) => {
      const answer = await grounds.ask<T>(handler, { method: "POST", body, cookie: administrator });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    };
    const { hash: rosterHash } = await post<{ hash: string }>((await import("./roster/route")).POST, { organisation: "Example" });
    const { hash: scriptHash } = await post<{ hash: string }>((await import("./scripts/route")).POST, { yaml: SCRIPT });
    const participants = CAST.map(([person, role]) => ({ person, role }));
    const { id } = await post<{ id: string }>((await import("./ceremonies/route")).POST, {
      title: "Small",
      place: "Room 1",
      scriptHash,
      rosterHash,
      participants,
    });
    await grounds.attach(id);
    return new SmallCeremony(grounds, id, guests);
  }

  cookie(person: string): string {
    return this.guests.get(person)?.cookie ?? "";
  }

  /** One act through the interface. */
  async act(person: string, body: object): Promise<Answer<{ seq: number; hash: string }>> {
    const { POST } = await import("./ceremonies/[id]/acts/route");
    return this.grounds.ask(POST, { method: "POST", params: { id: this.id }, body, cookie: this.cookie(person) });
  }

  /** What the person can sign, signed with their own passkey, ready to be sent by anybody. */
  async signed(
    person: string,
    query: string,
    change: { readonly with?: string; readonly flags?: number; readonly origin?: string } = {},
  ): Promise<object> {
    const { GET } = await import("./ceremonies/[id]/statement/route");
    const asked = await this.grounds.ask<{ statement: string; openings: unknown }>(GET, {
      path: `/?${query}`,
      params: { id: this.id },
      cookie: this.cookie(person),
    });
    if (asked.status !== 200) throw new Error(JSON.stringify(asked.body));
    const { statement, openings } = asked.body;
    const passkey = this.guests.get(change.with ?? person)?.passkey;
    if (!passkey) throw new Error("nobody");
    const assertion = assertWith(passkey, sha256(utf8(statement)), {
      ...USE,
      ...(change.origin ? { origin: change.origin } : {}),
      ...(change.flags === undefined ? {} : { flags: change.flags }),
    });
    return { act: "sign", statement, openings, assertion };
  }
}
