import { TurningCode } from "#components/turning-code";
import { useWords } from "#components/words";
import type { Carried } from "#lib/carried/carried";
import type { RoomView } from "#lib/conduct/room";
import { commit, type Opening } from "#lib/log/commitment";
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
  return (
    <details>
      <summary className="font-semibold underline decoration-edge underline-offset-4">{words("compare")}</summary>
      <p className="mt-2 text-sm text-quiet">{words("compareWhy")}</p>
      <TurningCode
        carried={carried}
        label={words("code")}
        counted={(part, parts) => words("codePart", { part: String(part), parts: String(parts) })}
        className="mt-3 max-w-md"
      />
    </details>
  );
}
