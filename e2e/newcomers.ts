import type { People } from "./test";
import { endorse, expect, need, rosterInForce } from "./test";
import { NEWCOMERS, type Who } from "./person";

/** Invites whom the house does not know yet, and publishes the roster with them in it: the custodians in force endorse it. */
export async function enrolNewcomers(people: People): Promise<void> {
  const { administrator, custodianOne, custodianTwo } = await people.all("administrator", "custodianOne", "custodianTwo");
  const before = await rosterInForce(administrator);
  const all = Object.entries(NEWCOMERS) as [keyof typeof NEWCOMERS & Who, (typeof NEWCOMERS)[keyof typeof NEWCOMERS]][];
  const arriving = all.filter(([, { name }]) => !before.people.some((known) => known.name === name));
  if (arriving.length === 0) return;
  const forms = arriving.map(([, { name, title, role }]) => ({ name, title, roles: [role] }));
  const { people: invited } = need(await administrator.http("POST", "/api/people", { people: forms })) as {
    people: { enrolmentUrl: string }[];
  };
  await Promise.all(
    arriving.map(async ([who], i) => {
      const person = await people.enter(who);
      await person.enrol(invited[i]?.enrolmentUrl ?? "");
      await person.signIn();
    }),
  );
  const { hash } = need(await administrator.http("POST", "/api/roster", { organisation: "Halcyon Trust Services" })) as {
    hash: string;
  };
  await endorse(custodianOne, "roster", hash);
  await endorse(custodianTwo, "roster", hash);
  expect((await rosterInForce(administrator)).hash).not.toBe(before.hash);
}
