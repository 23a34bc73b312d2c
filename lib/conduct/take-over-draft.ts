import { ok, type Result } from "#lib/result";
import { asAdministrator } from "./administrator";
import { dutiesOf } from "./make-plan";
import { object, type Objection } from "./objection";
import { planMail } from "./plan-mails";
import type { NewMail, PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";

/**
 * An administrator takes over what was drafted by itself: from then on it is their plan, and everything in it can be changed. What
 * people held is confirmed to them, and the script's lists become duties. Objects LOOK-ONLY, ADMINISTRATOR-ONLY, NOT-FOUND,
 * SCRIPT-UNKNOWN, and PLAN-OVERTAKEN for what is no draft any more, or another one than was seen.
 */
export async function takeOverDraft(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  { seen }: { readonly seen: number },
): Promise<Result<{ readonly sequence: number }, Objection>> {
  const administrator = await asAdministrator(ports.people, actor);
  if (!administrator.ok) return administrator;
  const { by } = administrator.value;
  const draft = await ports.plans.find(plan);
  if (!draft) return object("NOT-FOUND");
  if (!draft.draft) return object("PLAN-OVERTAKEN");
  const script = await ports.script(draft.scriptHash);
  if (!script) return object("SCRIPT-UNKNOWN", { hash: draft.scriptHash });

  const told = { ...draft, draft: false, sequence: seen + 1 };
  const mails: NewMail[] = [];
  for (const invitation of draft.invitations) {
    const known = await ports.people.find(invitation.person);
    const mail = known && planMail(ports, "invitation", told, known, invitation);
    if (mail) mails.push(mail);
  }
  const taken = { plan, seen, by, at: ports.world.now().toISOString(), duties: dutiesOf(ports.world, script, draft, by) };
  const kept = await ports.plans.takeOver(taken, mails, { kind: "rotation-taken-over", by, facts: { plan } });
  return kept === "kept" ? ok({ sequence: told.sequence }) : object("PLAN-OVERTAKEN");
}
