import { useWords } from "#components/words";
import type { Carried } from "#lib/carried/carried";
import type { RoomView } from "#lib/conduct/room";
import { commit, type Opening } from "#lib/log/commitment";
import { CodeFold } from "#components/code-fold";
import type { ReadStatement } from "./read-statement";

type CodeProps = { read: ReadStatement; view: RoomView; openings: readonly Opening[] };

/** The very statement of this sheet, to be carried to another device that works its words out for itself. */
export function SecondScreenCode({ read, view, openings }: CodeProps) {
  const words = useWords("wall");
  const { person, role, ...statement } = read.statement;
  const opening = openings.find((one) => commit(one).committed === statement.remark?.committed);
  const carried: Carried = {
    v: "claviger/carried/v1",
    kind: "statement",
    statement,
    signers: [{ person, role, name: view.me?.name ?? person }],
    remark: opening ? { path: opening.path, salt: opening.salt, value: opening.value } : null,
  };
  return <CodeFold carried={carried} label={words("code")} />;
}
