import { ROLES, type Role } from "#lib/ceremony/roles";
import { atConsole } from "#lib/conduct/administrator";
import { invitePerson } from "#lib/conduct/invite-person";
import { objectionSentence } from "#lib/conduct/objection-sentence";
import { readEnv } from "#lib/env";
import { peoplePortsOf } from "#lib/wiring/people-ports";
import { openDatabase } from "#lib/store/database";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";

const USAGE = `claviger admin invite --name NAME --title TITLE [--roles ROLE,…] [--person ID] [--json]

  Makes a person and prints the one-use link by which they enrol their first passkey; without --roles, an administrator.
  With --person ID of somebody known, prints a new link for them. Runs with the app's environment: whoever may use the
  app's database address may do this, and it is noted in the audit events as done at the console.`;

/** `claviger admin invite`: how the first administrator comes in, and how the last one comes back. */
export async function adminCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, flags, rest } = readArguments(args, { valued: ["name", "title", "roles", "person"], flags: ["json"], usage: USAGE });
  if (rest.length !== 1 || rest[0] !== "invite") throw new Unusable(USAGE);
  const { name, title, person } = values;
  const form = name !== undefined && title !== undefined ? { name, title, roles: rolesIn(values.roles ?? "administrator"), person } : person !== undefined ? { person } : null;
  if (!form) throw new Unusable(USAGE);

  const env = readEnv(process.env);
  const db = openDatabase(env.DATABASE_URL, { connections: 1, name: "claviger-admin" });
  try {
    const invited = await invitePerson(peoplePortsOf(db, env), atConsole(), form);
    if (!invited.ok) {
      const { sentence, remedy } = objectionSentence(invited.refusal);
      throw new NotDone(`${sentence} ${remedy}`);
    }
    const { enrolmentUrl, expiresAt } = invited.value;
    if (flags.has("json")) console.log(JSON.stringify(invited.value));
    else console.log(`This link works once, until ${expiresAt}. It is for this person alone:\n\n  ${enrolmentUrl}\n`);
    return 0;
  } finally {
    await db.$disconnect();
  }
}

function rolesIn(list: string): Role[] {
  return list.split(",").map((name) => {
    const role = ROLES.find((one) => one === name.trim());
    if (!role) throw new Unusable(`There is no role ${name}; roles are ${ROLES.join(", ")}.\n\n${USAGE}`);
    return role;
  });
}
