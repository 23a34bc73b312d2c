import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import { isDay } from "./desk-filter";
import type { DeskPorts } from "./desk-ports";
import { lastIn, newestOf, nextPlace, type Matter, type NamedDeskFile } from "./matter";
import { newMatter } from "./new-matter";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

/** How a request stands: nobody has answered, an answer waits to be received, or its asker has it. */
export type RequestState = "open" | "answered" | "received";

export function requestState(matter: Matter): RequestState {
  const { kind } = newestOf(matter);
  return kind === "documents-requested" ? "open" : kind === "documents-answered" ? "answered" : "received";
}

/** Whether a request that nobody has answered is past its day (UTC). */
export const isOverdue = (matter: Matter, now: string): boolean =>
  requestState(matter) === "open" && (lastIn(matter, "documents-requested")?.facts.due ?? "") < now.slice(0, 10);

/** An auditor asks for something, by a day. Objects DUE-PAST, and what `readableText` objects. */
export async function requestDocuments(
  ports: DeskPorts,
  actor: Actor,
  form: { readonly text: string; readonly due: string },
): Promise<Result<{ readonly matter: string }, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const text = readableText(ports.world, "text", form.text, "passage");
  if (!text.ok) return text;
  if (!isDay(form.due) || form.due < ports.world.now().toISOString().slice(0, 10)) return object("DUE-PAST", { field: "due" });
  const matter = newMatter(ports.world, "request");
  const noted = await ports.matters.note({
    ...{ kind: "documents-requested", by: auditor.value.by, matter, n: 1 },
    facts: { text: text.value, due: form.due },
  });
  return noted === "noted" ? ok({ matter }) : object("MATTER-OVERTAKEN");
}

/** What one answer may bring along. */
export const MOST_FILES = 20;

/** An administrator answers, with files or without. Once: what is missing is asked for anew. */
export async function answerRequest(
  ports: DeskPorts,
  actor: Actor,
  matter: string,
  form: { readonly seen: number; readonly text: string; readonly files: readonly Pick<NamedDeskFile, "name" | "sha256">[] },
): Promise<Result<{ readonly matter: string }, Objection>> {
  const administrator = await asAtDesk(ports.people, actor, "administrator");
  if (!administrator.ok) return administrator;
  const known = await ports.matters.find(matter);
  if (!known || !lastIn(known, "documents-requested")) return object("NOT-FOUND");
  const text = readableText(ports.world, "text", form.text, "passage");
  if (!text.ok) return text;
  const files: NamedDeskFile[] = [];
  for (const { name, sha256 } of form.files) {
    const readable = readableText(ports.world, "name", name, "line");
    if (!readable.ok) return readable;
    const held = await ports.matters.file(sha256);
    if (!held) return object("NOT-FOUND");
    files.push({ name: readable.value, sha256, size: held.size, mediaType: held.mediaType });
  }
  if (requestState(known) !== "open" || form.seen !== newestOf(known).n) return object("MATTER-OVERTAKEN");
  const noted = await ports.matters.note({
    ...{ kind: "documents-answered", by: administrator.value.by, matter, n: nextPlace(known) },
    facts: { text: text.value, files },
  });
  return noted === "noted" ? ok({ matter }) : object("MATTER-OVERTAKEN");
}

/** Whoever asked says that they have what was handed over, and may say what of it is missing. */
export async function receiveDocuments(
  ports: DeskPorts,
  actor: Actor,
  matter: string,
  form: { readonly seen: number; readonly remark: string },
): Promise<Result<{ readonly matter: string }, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const known = await ports.matters.find(matter);
  const asked = known && lastIn(known, "documents-requested");
  if (!known || asked?.by !== auditor.value.by) return object("NOT-FOUND");
  const remark = form.remark.trim() === "" ? null : readableText(ports.world, "remark", form.remark, "line");
  if (remark && !remark.ok) return remark;
  if (requestState(known) !== "answered" || form.seen !== newestOf(known).n) return object("MATTER-OVERTAKEN");
  const noted = await ports.matters.note({
    ...{ kind: "documents-received", by: auditor.value.by, matter, n: nextPlace(known) },
    facts: { remark: remark?.value ?? "" },
  });
  return noted === "noted" ? ok({ matter }) : object("MATTER-OVERTAKEN");
}
