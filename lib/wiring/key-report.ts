import type { Actor } from "#lib/conduct/ports";
import { takeRegister } from "#lib/conduct/read-register";
import { registerCsv } from "#lib/conduct/register-csv";
import { hashOf } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { drawRegister } from "#lib/pdf/draw-register";
import { cbomOf } from "#lib/register/cbom";
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
  const name = `keys-${sight.register.at.slice(0, 10)}`;
  switch (form) {
    case "csv":
      return { name: `${name}.csv`, type: "text/csv; charset=utf-8", bytes: registerCsv(sight.keys, sight.nameOf, wordsIn(language)) };
    case "cbom":
      return { name: `${name}.cdx.json`, type: "application/vnd.cyclonedx+json; version=1.6", bytes: await cbom(sight) };
    case "pdf":
      return { name: `${name}.pdf`, type: "application/pdf", bytes: await drawn(sight) };
  }
}

async function cbom({ register }: RegisterSight): Promise<string> {
  const records = await recordHashes(database(), [...new Set(register.keys.map(({ born }) => born.ceremony))]);
  return `${JSON.stringify(cbomOf(register, (ceremony) => records.get(ceremony) ?? null), null, 2)}\n`;
}

async function drawn({ register, keys, findings, nameOf }: RegisterSight): Promise<Uint8Array> {
  const { organisation } = await standing();
  return drawRegister({
    register,
    keys,
    findings: findings.filter(({ finding }) => finding.explained === null).length,
    nameOf,
    hash: hashOf({ at: register.at, mode: register.mode, keys: register.keys.map(({ key, head, state }) => ({ key, head, state })) }),
    organisation,
    printed: new Date(Math.floor(now().getTime() / 1000) * 1000),
  });
}
