import { expect, test } from "vitest";
import { placeholder } from "../ceremony/small-roster.under-test";
import { worldIn, type SmallWorld } from "../ceremony/small-world.under-test";
import { statementHash } from "../ceremony/statement";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

/** Every time the ceremony could not go on, as its record tells it. */
async function seamsOf(played: SmallWorld) {
  const there = played.fork();
  await there.must("ceremony-aborted", "olga", { reason: placeholder("enough") });
  await there.close();
  const entries = there.entries;
  return recordDocument({ entries, openings: [] }, there.now, book).seams;
}

test("the record says of a stop who agreed to going on, as which sheet says, by which signature, and who resumed", async () => {
  const there = await worldIn("make");
  await there.deviate();
  await there.must("ceremony-stopped", "axel", { reason: placeholder("smoke") });
  expect((await seamsOf(there))[0]?.what).not.toContain("Agreed");
  const deviation = await there.deviate();
  await there.agreeToGoOn("carl", deviation);
  const [signed] = there.now.stopped?.approvals ?? [];
  await there.goOn(deviation, ["cora"]);
  const [stop] = await seamsOf(there);
  expect(stop?.to).toBe(there.now.head.at);
  expect(stop?.what).toContain("Agreed to going on as exception sheet 2 says: ");
  expect(stop?.what.match(/passkey (carl|cora)-1, statement [0-9a-f]{16}…/g)).toHaveLength(2);
  expect(stop?.what).toContain(signed ? statementHash(signed.statement).slice(0, 16) : "nothing was signed");
});

test("the record says the same of a break that ended otherwise than it began", async () => {
  const there = await worldIn("make");
  const everybody = there.now.participants.map(({ person }) => person);
  await there.must("break-begun", "olga", { step: null, present: everybody, seals: [], unsealed: placeholder("nothing stays") });
  await there.must("break-ended", "will", { step: null, present: everybody.slice(0, -1), seals: [] });
  await there.goOn(await there.deviate());
  expect((await seamsOf(there))[0]?.what).toMatch(/What was found was not what had been left\. Agreed to going on as exception sheet 1 says: /);
});
