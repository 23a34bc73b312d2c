import { describe, expect, test } from "vitest";
import { walkMutant, type Mutant } from "./walk-mutant.under-test";
import { walk } from "./walk.under-test";
import type { WalkedWorld } from "./walked-world.under-test";

// Three quarters of a minute of pure thought, and therefore not among the unit tests: walk.test.ts there walks the smallest world.
const look = { operation: "look", label: "all" };
const one = { operation: "make", label: "one" };
const two = { operation: "make", label: "two" };
const keep = { operation: "keep", label: "one" };

const pair: WalkedWorld = { custodians: 2, quorum: { approve: 2 }, operations: [one], openings: 1 };

describe("in every state that can be reached, by any order of anybody's moves", () => {
  // The counts keep the walk from shrinking unnoticed. Whoever finds fewer looks why, and only then writes them here.
  test.each<[string, WalkedWorld, { states: number; started: number }]>([
    ["2 of 3, two operations, opened twice", { custodians: 3, quorum: { approve: 2 }, operations: [one, two], openings: 2 }, { states: 1138, started: 32 }],
    ["3 of 4, opened twice", { custodians: 4, quorum: { approve: 3 }, operations: [one], openings: 2 }, { states: 1097, started: 20 }],
    ["2 of 4", { custodians: 4, quorum: { approve: 2 }, operations: [one], openings: 1 }, { states: 461, started: 11 }],
    [
      "2 of 3 with a security officer, a look before the work",
      { custodians: 3, quorum: { approve: 2, and: [{ group: "security-officer", approve: 1 }] }, operations: [look, one], openings: 2 },
      { states: 999, started: 24 },
    ],
    [
      "2 of 2, with a secret in two parts",
      { custodians: 2, quorum: { approve: 2 }, operations: [keep], openings: 1 },
      { states: 479, started: 4 },
    ],
    ["2 of 2, who take a break, attest and write on paper", { ...pair, seats: ["breaks", "witnesses"] }, { states: 1345, started: 4 }],
    ["2 of 2, who are stopped and agree one by one to going on", { ...pair, seats: ["stops"] }, { states: 532, started: 3 }],
    ["2 of 2, who go, come back and are replaced", { ...pair, seats: ["presence", "stand-ins"] }, { states: 1058, started: 6 }],
  ])("an operation starts only when enough distinct custodians agreed to this opening: %s", async (_world, walked, expected) => {
    const found = await walk(walked);
    expect(found.violation).toBeNull();
    expect(found.states).toBeGreaterThanOrEqual(expected.states);
    expect(found.started).toBeGreaterThanOrEqual(expected.started);
    expect(found.refused).toBeGreaterThan(found.admitted);
  });
});

describe("the walk can fail: it finds each of these rules missing", () => {
  const small: WalkedWorld = { custodians: 3, quorum: { approve: 2 }, operations: [one], openings: 2 };
  const distinct = "approvals.filter((one, i) => approvals.findIndex((other) => other.person === one.person) === i)";
  const mutants: [string, string, Mutant, WalkedWorld?][] = [
    ["the threshold", "1 of 2 have agreed", [["quorum.ts", "distinct.length < rule.approve)", "distinct.length + 1 < rule.approve)"]]],
    [
      "distinct people, in both places that count them",
      "1 of 2 have agreed",
      [
        ["quorum.ts", distinct, "[...approvals]"],
        ["admit-signed.ts", "if (state.approvals.some((approval) => approval.person === entry.by)) {", "if (false) {"],
      ],
    ],
    ["the quorum itself", "0 of 2 have agreed", [["admit-worker.ts", "if (!quorum.ok) return quorum;", "if (!quorum.ok) return ok(state.opening?.hash ?? '');"]]],
    [
      "that one operation of several is enough to need a quorum",
      "0 of 2 have agreed",
      [["admit-worker.ts", "operationsOf(state.step).some(", "operationsOf(state.step).every("]],
      { ...small, operations: [look, one] },
    ],
    [
      "that the group is among those who agree",
      "0 of 1 of security-officer have agreed",
      [["quorum.ts", "if (members < approve)", "if (members > approve)"]],
      { ...small, quorum: { approve: 2, and: [{ group: "security-officer", approve: 1 }] } },
    ],
    [
      "that the one who asked never approves, and is no custodian",
      "1 of 2 have agreed",
      [
        ["admit-signed.ts", "if (state.opening?.by === entry.by)", "if (false)"],
        ["admit-signed.ts", '(["custodian"] as const)', '(["custodian", "operator"] as const)'],
      ],
    ],
    ["that a witness is no custodian", "1 of 2 have agreed", [["admit-signed.ts", '(["custodian"] as const)', '(["custodian", "witness"] as const)']]],
    ["that a passkey speaks for its owner only", "1 of 2 have agreed", [["admit-signed.ts", "if (owner.person.person !== entry.by)", "if (false)"]]],
    [
      "that the statement is about these operations",
      "1 of 2 have agreed",
      [["statement-for.ts", '["STATEMENT-WHAT", ["what", "whatHash"]]', '["STATEMENT-WHAT", []]']],
    ],
    [
      "that a refusal never counts as an approval, in both places",
      "1 of 2 have agreed",
      [
        ["statement-for.ts", '["act", "verdict", "remark"]', "[]"],
        ["statement-for.ts", "if (!isWellDecided(act, verdict, remark))", "if (false)"],
      ],
    ],
    ["user verification", "1 of 2 have agreed", [["assertion.ts", " || (flags & USER_VERIFIED) === 0", ""]]],
    ["that one refusal blocks the step", "a custodian has refused", [["admit-signed.ts", 'status: "refused", refusals', "refusals"]]],
    [
      "that a new opening asks everybody anew",
      "of 2 have agreed",
      [["admit-step.ts", "approvals: [], refusals: [], signatures", "signatures"]],
    ],
    [
      "that a statement is about one opening, in all three members that say so",
      "of 2 have agreed",
      [
        ["statement-for.ts", '["STATEMENT-NONCE", ["nonce"]]', '["STATEMENT-NONCE", []]'],
        ["statement-for.ts", '["STATEMENT-HEAD", ["head", "expires"]]', '["STATEMENT-HEAD", []]'],
      ],
    ],
    ["that opening again needs a deviation since", "a custodian has refused", [["admit-step.ts", "if (!deviation || deviation.seq < lastOf(current) || deviation.body.step !== body.step)", "if (false)"]]],
    [
      "that a deviation answers what came before it",
      "a custodian has refused",
      [["admit-step.ts", "deviation.seq < lastOf(current)", "deviation.seq < current.opening.seq"]],
    ],
    [
      "that it takes a person's deviation, not the worker's note",
      "the ceremony is stopped",
      [["change-step.ts", " && deviation.by !== RECORDER", ""]],
    ],
    ["the expiry at the worker", "the statement has expired", [["admit-worker.ts", "if (entry.at > expires)", "if (false)"]]],
    ["the stop", "the ceremony is ", [["admit.ts", 'const truth = [', 'const truth = ["operation-started", ']]],
    [
      "that resuming needs a deviation since the stop",
      "the ceremony is stopped",
      [["change-step.ts", " && deviation.seq > ceremony.stopped.seq", ""]],
    ],
    [
      "that a stop ends what was agreed to before it",
      "the room was stopped since it was opened",
      [["admit-resume.ts", 'haltedFor(resumed, ["operation", "sign-off"])', "resumed"]],
    ],
    ["that only the operator resumes", "the ceremony is stopped", [["admit-resume.ts", '["administrator", "operator"], "resume', '["administrator", "operator", "custodian"], "resume']]],
    ["one operation at a time", "an operation is under way", [["admit-worker.ts", "if (state.started || body.index", "if (body.index"]]],
    ["that an id follows from what authorised it", "an id of its own", [["admit-worker.ts", "if (body.ckaId !== ckaIdOf(authority.value, body.index))", "if (false)"]], { ...small, operations: [one, two] }],
  ];

  const secret: WalkedWorld = { custodians: 2, quorum: { approve: 2 }, operations: [keep], openings: 1 };
  const whole = "state.parts.some(({ secret, person }) => secret === part.secret && person === entry.by)";
  const secrets: [string, string, Mutant][] = [
    ["that the secret is complete", "nobody was asked for the secret", [["admit-worker.ts", "if (awaited.length > 0)", "if (false)"]]],
    ["that both parts are needed", "half of the secret is missing", [["secret-parts.ts", "...(second ? [] :", "...(true ? [] :"]]],
    [
      "that they come from two people, in both places that look",
      "one person entered the whole secret",
      [
        ["admit-secrets.ts", whole, "false"],
        ["secret-parts.ts", " && entered.person !== first?.person", ""],
      ],
    ],
    ["that a part is for the newest call", "half of the secret is missing", [["admit-secrets.ts", "part.invitation !== invitation?.hash", "!invitation"]]],
    ["that a new call forgets the parts before it", "half of the secret is missing", [["admit-secrets.ts", "seq, at }, parts: [] }", "seq, at } }"]]],
  ];
  test.each(secrets)("of those about secrets: %s", async (_rule, lacking, mutant) => {
    const { violation } = await walkMutant(mutant, secret);
    expect(violation?.missing ?? "nothing is missing").toContain(lacking);
  });

  const stops: WalkedWorld = { ...pair, seats: ["stops"], openings: 2 };
  const afterStops: [string, Mutant][] = [
    ["that going on needs a quorum", [["admit-resume.ts", "if (!quorum.ok) return", "if (false as boolean && !quorum.ok) return"]]],
    [
      "that people are counted, in both places that do",
      [
        ["quorum.ts", distinct, "[...approvals]"],
        ["admit-resume.ts", "if (resumeApprovals(stopped, deviation).some(({ person }) => person === entry.by))", "if (false)"],
      ],
    ],
    ["that only custodians agree", [["admit-resume.ts", '"approve-resume", assertion, ["custodian"]', '"approve-resume", assertion, ["custodian", "operator"]']]],
    [
      "that agreeing to one deviation is not agreeing to another",
      [["admit-resume.ts", "approvals.filter(({ statement }) => statement.deviation === deviation)", "approvals"]],
    ],
    [
      "that a new stop asks everybody anew",
      [
        ["ceremony.ts", "step, approvals: [] } };", "step, approvals: ceremony.lastApprovals ?? [] } } as Ceremony;"],
        ["admit-resume.ts", "stopped: null };", "stopped: null, lastApprovals: stopped.approvals } as Ceremony;"],
        ["admit-resume.ts", "approvals.filter(({ statement }) => statement.deviation === deviation)", "approvals"],
      ],
    ],
  ];
  test.each(afterStops)("of those about going on after a stop: %s", async (_rule, mutant) => {
    const { violation } = await walkMutant(mutant, stops);
    expect(violation?.missing ?? "nothing is missing").toContain("the ceremony is stopped");
  });

  const breaks: WalkedWorld = { ...pair, seats: ["breaks"] };
  const people: WalkedWorld = { ...pair, seats: ["presence", "stand-ins"] };
  const seats: [string, string, Mutant, WalkedWorld][] = [
    ["that a break ends what was agreed to before it", "people went for a break", [["admit-break.ts", 'haltedFor(ceremony, ["operation"])', "ceremony"]], breaks],
    [
      "that nothing is done in a break",
      "the ceremony is break",
      [
        ["admit.ts", '[...truth, ...stamps, ...witnessed, ...people, "step-opened", "break-ended",', '[...truth, "operation-started", "step-opened", "break-ended",'],
        ["admit-break.ts", 'haltedFor(ceremony, ["operation"])', "ceremony"],
      ],
      breaks,
    ],
    [
      "that a worker which is logged out logs in first",
      "the worker is logged out",
      [
        ["admit.ts", "if (!loggedOut || entry.by", "if (true || !loggedOut || entry.by"],
        ["admit-break.ts", 'haltedFor(ceremony, ["operation"])', "ceremony"],
      ],
      breaks,
    ],
    ["that who comes back to fewer comes back to a stopped room", "the ceremony is stopped", [["admit-break.ts", "differs ? stoppedBy(back, entry, hash) : settled(back, entry.at)", "settled(back, entry.at)"]], { ...breaks, openings: 2 }],
    ["that a stand-in asks everybody anew", "somebody was replaced", [["admit-people.ts", 'haltedFor(after, ["operation", "check"])', "after"]], people],
    [
      "that a stand-in is looked at before they act",
      "the ceremony is stopped",
      [["admit-people.ts", "if (ceremony.unchecked.includes(by))", "if (false)"]],
      { ...people, openings: 2 },
    ],
    ["that who is away agrees to nothing", "1 of 2 have agreed", [["admit-people.ts", "if (ceremony.away.includes(by) &&", "if (false &&"]], people],
    [
      "that no operation is done on paper",
      "the step is done, and an operation of it is not",
      [["admit-paper.ts", '"statement", "attendance"', '"operation", "statement", "attendance"']],
      { ...pair, seats: ["witnesses"] },
    ],
    [
      "that an attestation is no approval",
      "of 2 have agreed",
      [["statement-for.ts", '["STATEMENT-ACT", ["act"', '["STATEMENT-ACT", ["v"']],
      { ...pair, seats: ["witnesses"] },
    ],
  ];
  test.each(seats)("of those about people and breaks: %s", async (_rule, lacking, mutant, walked) => {
    const { violation } = await walkMutant(mutant, walked);
    expect(violation?.missing ?? "nothing is missing").toContain(lacking);
  });

  test.each(mutants)("%s", async (_rule, lacking, mutant, walked = small) => {
    const { violation } = await walkMutant(mutant, walked);
    expect(violation?.missing ?? "nothing is missing").toContain(lacking);
  });
});
