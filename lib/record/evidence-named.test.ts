import { expect, test } from "vitest";
import { SmallWorld } from "../ceremony/small-world.under-test";
import { commit } from "../log/commitment";
import { sha256Hex, utf8 } from "../log/digest";
import { evidenceNamed } from "./evidence-named";

const salt = "00".repeat(16);
const opening = (path: string, value: string) => ({ path, salt, value });

test("every file is named with its step, size and hash; a name that was taken out is not made up", async () => {
  const [film, bag] = [opening("film", "camera-1.mkv"), opening("bag", "bag.jpg")];
  const file = (one: typeof film, size: number) => ({
    ...{ name: commit(one), sha256: sha256Hex(utf8(one.value)), size },
    ...{ mediaType: "image/jpeg", held: false },
  });
  const there = await new SmallWorld().playTo("film");
  await there.openStep();
  const what = { name: commit(film), kept: commit(bag), sha256: null, files: [file(film, 3_221_225_472)] };
  await there.act("evidence-noted", "olga", { step: "film", ...what });
  await there.openStep();
  await there.act("value-entered", "olga", { step: "serial", value: commit(bag), photo: file(bag, 7) });
  expect(evidenceNamed(there.now, [film])).toEqual([
    { step: "film", name: "camera-1.mkv", size: 3_221_225_472, sha256: sha256Hex(utf8("camera-1.mkv")) },
    { step: "serial", name: null, size: 7, sha256: sha256Hex(utf8("bag.jpg")) },
  ]);
});

test("an older entry that has only a hash is named by what it was called", async () => {
  const film = opening("film", "camera-1.mkv");
  const there = await new SmallWorld().playTo("film");
  await there.openStep();
  const sha256 = sha256Hex(utf8("the film"));
  await there.act("evidence-noted", "olga", { step: "film", name: commit(film), kept: commit(film), sha256 });
  expect(evidenceNamed(there.now, [film])).toEqual([{ step: "film", name: "camera-1.mkv", size: null, sha256 }]);
});
