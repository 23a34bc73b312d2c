import { readFileSync } from "node:fs";
import path from "node:path";
import { test as base, expect, type Browser, type BrowserContextOptions } from "@playwright/test";
import { scriptEdition } from "#cli/demo/script-edition";
import { House } from "./house";
import { EVERYBODY, Person, type CAST, type Who } from "./person";

export { expect };

/** The people a test calls in, each at a device of their own. */
export class People {
  readonly #in = new Map<string, Person>();

  constructor(
    readonly browser: Browser,
    readonly house: House,
  ) {}

  /** Somebody of the cast, with the passkey and the session they have. */
  async enter(who: Who, options: BrowserContextOptions = {}): Promise<Person> {
    return this.#in.get(who) ?? (await this.stranger(who, EVERYBODY[who].name, options));
  }

  /** Somebody else, by any name. */
  async stranger(who: string, name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const person = await Person.enter(this.browser, this.house, who, name, options);
    this.#in.set(who, person);
    return person;
  }

  async all<W extends Who>(...who: readonly W[]): Promise<Record<W, Person>> {
    const people = {} as Record<W, Person>;
    for (const one of who) people[one] = await this.enter(one);
    return people;
  }

  unprovoked(): string[] {
    return [...this.#in.values()].flatMap((person) => person.unprovoked());
  }

  async leave(): Promise<void> {
    for (const person of this.#in.values()) {
      await person.remember();
      await person.context.close();
    }
  }
}

/** Every test has the house, and people to call in; what goes wrong on their pages unprovoked fails it. */
export const test = base.extend<{ people: People }, { house: House }>({
  house: [async ({}, use) => use(House.found()), { scope: "worker" }],
  people: async ({ browser, house }, use) => {
    const people = new People(browser, house);
    await use(people);
    const unprovoked = people.unprovoked();
    await people.leave();
    expect(unprovoked, "nothing went wrong on any page that the test did not provoke").toEqual([]);
  },
});

type ScriptName = "every-kind" | "one-key" | "two-halves" | "sheets" | "ready" | "keyboard";

/** A script of this folder; from the second edition on its key labels carry the number, because the token keeps the first ones. */
export const scriptText = (name: ScriptName, edition: number): string =>
  scriptEdition(readFileSync(path.join(import.meta.dirname, "scripts", `${name}.yaml`), "utf8"), edition);

/** An edition of its own for each look at a test: the token keeps the labels of the first. Below a thousand, where numbers get commas. */
export const editionNow = (edition: number): number => edition + 500 * test.info().retry;

/** What there may be but one of, by a name of its own for each look at a test: the house keeps what the first look made. */
export const nameNow = (name: string): string => (test.info().retry === 0 ? name : `${name}-${String(test.info().retry + 1)}`);

const ROOM: readonly (keyof typeof CAST)[] = ["operator", "custodianOne", "custodianTwo", "custodianThree", "witnessOne", "witnessTwo", "auditor"];

/** Publishes an edition and opens its ceremony over bare HTTP, with the whole cast; answers its id once the worker has joined. */
export async function openCeremony(
  people: People, script: ScriptName, edition: number, title: string, more: readonly Who[] = [],
): Promise<string> {
  const { administrator, operator } = await people.all("administrator", "operator");
  const published = need(await administrator.http("POST", "/api/scripts", { yaml: scriptText(script, editionNow(edition)) }));
  const roster = await rosterInForce(administrator);
  for (const who of ["custodianOne", "custodianTwo"] as const) await endorse(await people.enter(who), "script", published["hash"] as string);
  const participants = [...ROOM, ...more].map((who) => {
    const { name, role } = EVERYBODY[who];
    return { person: roster.people.find((known) => known.name === name)?.person, role };
  });
  const opened = need(
    await operator.http("POST", "/api/ceremonies", { title, place: "Vault room", scriptHash: published["hash"], rosterHash: roster.hash, participants }),
  );
  const id = opened["id"] as string;
  await expect.poll(async () => (await operator.http("GET", `/api/ceremonies/${id}`)).body["recorder"], { timeout: 60_000 }).not.toBeNull();
  return id;
}

type KnownRoster = { readonly hash: string; readonly standing: string; readonly people: readonly { readonly person: string; readonly name: string }[] };

export async function rosterInForce(person: Person): Promise<KnownRoster> {
  const { rosters } = need(await person.http("GET", "/api/roster")) as { rosters: KnownRoster[] };
  return rosters.find(({ standing }) => standing === "in force") ?? { hash: "", standing: "", people: [] };
}

/** Endorses with the person's own passkey, in their own browser but by none of its pages; what is endorsed already stays so. */
export async function endorse(person: Person, what: "roster" | "script" | "duties" | "passkey", hash: string): Promise<void> {
  const { statement, roster } = need(await person.http("GET", `/api/endorsements/${what}/${hash}`)) as { statement: string; roster: string };
  const { rp } = JSON.parse(roster) as { rp: { id: string } };
  await person.page.goto("/hsm");
  const assertion = await person.page.evaluate(
    async ([text, rpId]) => {
      const spell = (bytes: ArrayBuffer) =>
        btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
      const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      const found = await navigator.credentials.get({ publicKey: { challenge, rpId, userVerification: "required" } });
      const { rawId, response } = found as PublicKeyCredential;
      const { authenticatorData, clientDataJSON, signature } = response as AuthenticatorAssertionResponse;
      return {
        credentialId: spell(rawId),
        authenticatorData: spell(authenticatorData),
        clientDataJSON: spell(clientDataJSON),
        signature: spell(signature),
      };
    },
    [statement, rp.id] as const,
  );
  const { status, body } = await person.http("POST", "/api/endorsements", { statement, assertion });
  if (body.error?.code !== "ENDORSEMENT-DISTINCT") expect(status, JSON.stringify(body)).toBe(200);
}

export function need({ status, body }: Awaited<ReturnType<Person["http"]>>): Record<string, unknown> {
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
