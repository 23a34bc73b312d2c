import { readFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import type { AppAddress } from "./app-address";
import { CAST, ORGANISATION, PLACE } from "./cast";
import type { PasskeyFile } from "./passkey-file";
import { scriptEdition } from "./script-edition";
import { AppSaidNo, enrol, Visitor } from "./visitor";

export type People = { readonly visitors: ReadonlyMap<string, Visitor>; readonly passkeys: PasskeyFile };

const SCRIPT = path.join(checkout, "lib", "ceremony", "scripts", "production-key-generation.yaml");
export const ADMINISTRATOR = "administrator";

/**
 * Everybody of the cast with a passkey the app knows. Whoever cannot sign in yet gets a new passkey and enrols it with a
 * one-use link, the administrator first: theirs comes from `firstLink`, everybody else's from the administrator.
 */
export async function enrolCast(app: AppAddress, passkeys: PasskeyFile, firstLink: () => Promise<string>): Promise<People> {
  const visitors = new Map<string, Visitor>();
  const administrator =
    (await signedIn(app, passkeys, ADMINISTRATOR)) ?? (await enrolled(app, passkeys, ADMINISTRATOR, await firstLink()));
  const others = CAST.filter(({ seat }) => seat !== ADMINISTRATOR);
  const absent: string[] = [];
  const found = await Promise.all(others.map(async ({ seat }) => ({ seat, visitor: await signedIn(app, passkeys, seat) })));
  for (const { seat, visitor } of found) {
    if (visitor) visitors.set(seat, visitor);
    else absent.push(seat);
  }
  if (absent.length > 0) {
    const people = others
      .filter(({ seat }) => absent.includes(seat))
      .map(({ seat, name, title, role, groups }) => ({ person: seat, name, title, roles: [role], groups }));
    const invited = await administrator.post<{ people: { person: string; enrolmentUrl: string }[] }>("/api/people", { people });
    for (const { person, enrolmentUrl } of invited.people)
      visitors.set(person, await enrolled(app, passkeys, person, enrolmentUrl));
  }
  visitors.set(ADMINISTRATOR, administrator);
  return { visitors, passkeys };
}

async function enrolled(app: AppAddress, passkeys: PasskeyFile, person: string, link: string): Promise<Visitor> {
  const passkey = passkeys.make(person);
  await enrol(app, link, passkey);
  return new Visitor(app, passkey);
}

/** The visitor, if the app knows their passkey. A start that was killed half-way may have made one that it does not. */
async function signedIn(app: AppAddress, passkeys: PasskeyFile, person: string): Promise<Visitor | null> {
  const passkey = passkeys.find(person);
  if (!passkey) return null;
  const visitor = new Visitor(app, passkey);
  try {
    await visitor.signIn();
    return visitor;
  } catch (error) {
    if (error instanceof AppSaidNo) return null;
    throw error;
  }
}

/** Publishes the roster of everybody enrolled; answers the hash by which the worker is to trust it. */
export async function publishRoster({ visitors }: People): Promise<string> {
  const published = await administratorOf(visitors).post<{ hash: string }>("/api/roster", { organisation: ORGANISATION });
  return published.hash;
}

/** Publishes the next edition of the script and opens a rehearsal of it with the whole cast; answers its id. */
export async function openRehearsal({ visitors }: People, rosterHash: string): Promise<string> {
  const administrator = administratorOf(visitors);
  const yaml = readFileSync(SCRIPT, "utf8");
  const name = /^script: (\S+)$/m.exec(yaml)?.[1] ?? "";
  const { scripts } = await administrator.get<{ scripts: { script: string; edition: number }[] }>("/api/scripts");
  const edition = 1 + Math.max(0, ...scripts.filter(({ script }) => script === name).map((one) => one.edition));
  const { hash } = await administrator.post<{ hash: string }>("/api/scripts", { yaml: scriptEdition(yaml, edition) });
  const { id } = await administrator.post<{ id: string }>("/api/ceremonies", {
    title: edition === 1 ? "Key generation rehearsal" : `Key generation rehearsal ${String(edition)}`,
    place: PLACE,
    scriptHash: hash,
    rosterHash,
    participants: CAST.map(({ seat, role }) => ({ person: seat, role })),
  });
  return id;
}

/** The newest ceremony that is not over, or null. */
export async function underWay({ visitors }: People): Promise<string | null> {
  const { ceremonies } = await administratorOf(visitors).get<{ ceremonies: { id: string; phase: string; openedAt: string }[] }>(
    "/api/ceremonies",
  );
  const open = ceremonies.filter(({ phase }) => phase !== "closed").sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  return open[0]?.id ?? null;
}

function administratorOf(visitors: People["visitors"]): Visitor {
  const administrator = visitors.get(ADMINISTRATOR);
  if (!administrator) throw new Error("The demo has no administrator.");
  return administrator;
}

