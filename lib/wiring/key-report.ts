import type { Actor } from "#lib/conduct/ports";
import { attestationText } from "#lib/conduct/key-report-texts";
import { takeRegister } from "#lib/conduct/read-register";
import { registerCsv } from "#lib/conduct/register-csv";
import { hashOf } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { drawRegister } from "#lib/pdf/draw-register";
import { cbomOf, type RecordOf } from "#lib/register/cbom";
import { writeAudit } from "#lib/store/audit-events";
import { recordHashes } from "#lib/store/records";
import type { Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { now } from "../clock";
import { standing } from "../wiring";
import { database } from "./database";
import { deskPorts } from "./desk";
import { registerSight, type RegisterSight } from "./register";

export const REPORTS = ["csv", "pdf", "cbom"] as const;
export type ReportForm = (typeof REPORTS)[number];
export type Report = { readonly name: string; readonly type: string; readonly bytes: Uint8Array | string };

/** The register to be taken along by whoever reads it with their own passkey; that it was is noted, with the file's hash. */
export const takenReport = (form: ReportForm, actor: Actor, language: Language) =>
  takeRegister(
    {
      people: deskPorts().people,
      made: () => keyReport(form, actor.person, language),
      note: async (by, { bytes }) => {
        const sha256 = sha256Hex(typeof bytes === "string" ? utf8(bytes) : bytes);
        await writeAudit(database(), { kind: "register-downloaded", by, facts: { form, sha256 } });
      },
    },
    actor,
  );

/** The register to be taken along, current and historical: every key that there is and was. */
async function keyReport(form: ReportForm, person: string, language: Language): Promise<Report> {
  const sight = await registerSight(person);
  const records = await recordHashes(database(), [...new Set(sight.register.keys.map(({ born }) => born.ceremony))]);
  const recordOf: RecordOf = (ceremony) => records.get(ceremony) ?? null;
  const sources = { nameOf: sight.nameOf, textOf: sight.textOf, recordOf };
  const name = `keys-${sight.register.at.slice(0, 10)}`;
  switch (form) {
    case "csv":
      return { name: `${name}.csv`, type: "text/csv; charset=utf-8", bytes: registerCsv(sight.keys, sources, wordsIn(language)) };
    case "cbom":
      return { name: `${name}.cdx.json`, type: "application/vnd.cyclonedx+json; version=1.6", bytes: cbom(sight, recordOf) };
    case "pdf":
      return { name: `${name}.pdf`, type: "application/pdf", bytes: await drawn(sight, recordOf) };
  }
}

const cbom = ({ register }: RegisterSight, recordOf: RecordOf): string => `${JSON.stringify(cbomOf(register, recordOf), null, 2)}\n`;

async function drawn({ register, keys, findings, nameOf, textOf }: RegisterSight, recordOf: RecordOf): Promise<Uint8Array> {
  const { organisation } = await standing();
  return drawRegister({
    register,
    keys: keys.map((one) => ({
      ...one,
      record: recordOf(one.key.born.ceremony),
      attestation: attestationText(one.key, wordsIn("en")),
    })),
    findings,
    nameOf,
    textOf,
    hash: hashOf({ at: register.at, mode: register.mode, keys: register.keys.map(({ key, head, state }) => ({ key, head, state })) }),
    organisation,
    printed: new Date(Math.floor(now().getTime() / 1000) * 1000),
  });
}
