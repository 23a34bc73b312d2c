import type { OperationBook } from "#lib/ceremony/operation";
import type { Role } from "#lib/ceremony/roles";
import { operationsOf, stepsOf, type QuorumRule, type Script, type Step } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report } from "./world";

type Post = NonNullable<Script["posts"]>[number];

/** Who decides, who fills which post, who is looked at first and who signs in the end. */
export function lintPeople(script: Script, book: OperationBook, report: Report): void {
  lintQuorums(script, report);
  lintPins(script, book, report);
  lintPosts(script, report);
  lintAttendance(script, book, report);
  lintSignOff(script, report);
}

function lintQuorums(script: Script, report: Report): void {
  const lint = (rule: QuorumRule, path: Path) => {
    if (rule.approve >= 2 && rule.approve === rule.of) {
      report("QUORUM-ALL", path, told`All ${String(rule.of)} custodians have to agree; none of them may be away.`);
    }
  };
  lint(script.quorum, ["quorum"]);
  for (const { step, path } of placed(script)) {
    if (step.kind === "operation" && step.quorum) lint(step.quorum, [...path, "quorum"]);
  }
}

/** Two people for each PIN, and other people for the other: the rule SECRET-ROLES-APART, a week early. */
function lintPins(script: Script, book: OperationBook, report: Report): void {
  if (script.quorum.of >= 2 * PARTS) return;
  const asked = new Map<string, Set<string>>();
  for (const { step, path } of placed(script)) {
    for (const [i, request] of operationsOf(step).entries()) {
      const rules = book.find(request.operation);
      const secrets = rules && rules.problems(request).length === 0 ? (rules.secrets?.(request) ?? []) : [];
      for (const { pinOf, holder } of secrets) {
        if (pinOf === undefined || holder === undefined) continue;
        const holders = asked.get(pinOf) ?? new Set();
        if (holders.size === 1 && !holders.has(holder)) {
          const custodians = String(script.quorum.of);
          report(
            "CUSTODIANS-TOO-FEW", [...path, "operations", i],
            told`Both PINs of the token ${pinOf} are entered, and only ${custodians} custodians take part.`,
          );
        }
        asked.set(pinOf, holders.add(holder));
      }
    }
  }
}

const PARTS = 2;

function lintPosts({ posts = [], requester, acts }: Script, report: Report): void {
  const found = (id: string) => posts.find(({ post }) => post === id);
  for (const [i, post] of posts.entries()) {
    const path = ["posts", i];
    for (const id of [...(post.also ?? []), ...(post.apart ?? [])]) {
      if (!found(id)) report("POST-UNKNOWN", path, told`The script has no post called ${id}.`);
    }
    for (const other of filledBy(post, found)) {
      if (other.role !== post.role) {
        report("POST-CONFLICT", path, told`One person would be ${post.title} (${post.role}) and ${other.title} (${other.role}).`);
      } else if (post.apart?.includes(other.post) || other.apart?.includes(post.post)) {
        report("POST-CONFLICT", path, told`One person would be ${post.title} and ${other.title}, which are kept apart.`);
      }
    }
  }
  lintRequester(requester, found, report);
  if (posts.length === 0) return;
  const acting = new Set<Role>(acts.flatMap(({ steps }) => steps).flatMap((step) => ("by" in step ? step.by : [])));
  for (const role of acting) {
    if (!posts.some((post) => post.role === role)) report("ROLE-UNEXPLAINED", ["posts"], told`No post says what a ${role} does.`);
  }
}

function lintRequester(requester: string | undefined, found: (id: string) => Post | undefined, report: Report): void {
  if (requester === undefined) return;
  const post = found(requester);
  if (!post) report("POST-UNKNOWN", ["requester"], told`The script has no post called ${requester}.`);
  else if ([post, ...filledBy(post, found)].some(({ role }) => role === "custodian")) {
    report("REQUESTER-APPROVES", ["requester"], told`${post.title} asked for the ceremony and is one of those who approve.`);
  }
}

/** The other posts that the person of this post fills, however far around. */
function filledBy(post: Post, found: (id: string) => Post | undefined): readonly Post[] {
  const filled = new Set<Post>();
  const visit = (one: Post) => {
    for (const id of one.also ?? []) {
      const other = found(id);
      if (!other || other === post || filled.has(other)) continue;
      filled.add(other);
      visit(other);
    }
  };
  visit(post);
  return [...filled];
}

function lintAttendance(script: Script, book: OperationBook, report: Report): void {
  const steps = placed(script);
  const attended = steps.findIndex(({ step }) => step.kind === "attendance");
  const effectOf = (operation: string) => book.find(operation)?.effect ?? "reads";
  const asks = ({ step }: Placed) => operationsOf(step).some(({ operation }) => effectOf(operation) !== "reads");
  const early = steps.slice(0, Math.max(attended, 0)).find(asks);
  if (attended < 0) report("ATTENDANCE-MISSING", ["acts", 0], told`Nobody's identity is checked.`);
  else if (early) report("ATTENDANCE-LATE", early.path, told`This is approved before anybody's identity was checked.`);
}

function lintSignOff(script: Script, report: Report): void {
  const acting = stepsOf(script).flatMap((step) => ("by" in step ? step.by : []));
  const needed = new Set<Role>(["operator", "custodian", "witness", ...acting]);
  for (const { step, path } of placed(script)) {
    if (step.kind !== "sign-off") continue;
    const missing = [...needed].filter((role) => !step.by.includes(role));
    if (missing.length > 0) report("SIGN-OFF-INCOMPLETE", [...path, "by"], told`The sign-off leaves out: ${missing.join(", ")}.`);
  }
}

type Placed = { readonly step: Step; readonly path: Path };

const placed = (script: Script): Placed[] =>
  script.acts.flatMap((act, a) => act.steps.map((step, s) => ({ step, path: ["acts", a, "steps", s] })));
