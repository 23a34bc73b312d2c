import { describe, expect, test } from "vitest";
import { noReadings, type LeavingReadings } from "./attributes";
import { judgeExport } from "./export-proof";
import type { ExportAnswer, ExportAttempt } from "./token";

const CLOSED = { ...noReadings(), EXTRACTABLE: false, SENSITIVE: true, NEVER_EXTRACTABLE: true, ALWAYS_SENSITIVE: true } as const;
const { LOCAL, SENSITIVE, ALWAYS_SENSITIVE, EXTRACTABLE, NEVER_EXTRACTABLE }: LeavingReadings = CLOSED;
const TOLD = { LOCAL, SENSITIVE, ALWAYS_SENSITIVE, EXTRACTABLE, NEVER_EXTRACTABLE };
const tried = (attempt: string, answer: ExportAnswer = "refused"): ExportAttempt => ({ attempt, answer, ckr: 1, ckrName: "CKR" });
const ALL = [tried("read VALUE"), tried("set EXTRACTABLE=true"), tried("copy with EXTRACTABLE=true"), tried("wrap by AES-KEY-WRAP")];

describe("judging the attempts to export a key", () => {
  test("closed attributes and every attempt refused: not exportable", () => {
    expect(judgeExport({ attributes: CLOSED }, ALL)).toEqual({ verdict: "not-exportable", findings: [], attributes: TOLD, attempts: ALL });
  });

  test.each([true, false, "not offered"] as const)("LOCAL %s is told and decides nothing", (LOCAL) => {
    const told = { ...TOLD, LOCAL };
    expect(judgeExport({ attributes: { ...CLOSED, LOCAL } }, ALL)).toMatchObject({ verdict: "not-exportable", attributes: told });
  });

  test("one attempt allowed: exportable, whatever the attributes say", () => {
    const findings = ["GAVE-OUT-PRIVATE-PART", "LET-ATTRIBUTE-BE-LOOSENED", "LET-COPY-BE-LOOSENED", "WRAPPED-UNEXTRACTABLE-KEY"];
    for (const [index, finding] of findings.entries()) {
      const attempts = ALL.map((attempt, at) => (at === index ? { ...attempt, answer: "allowed" as const } : attempt));
      expect(judgeExport({ attributes: CLOSED }, attempts)).toMatchObject({ verdict: "exportable", findings: [finding] });
    }
  });

  test("open attributes: exportable, whatever was refused", () => {
    for (const EXTRACTABLE of [true, "not offered"] as const) {
      expect(judgeExport({ attributes: { ...CLOSED, EXTRACTABLE } }, ALL)).toMatchObject({ verdict: "exportable", findings: ["MARKED-EXTRACTABLE"] });
    }
    for (const SENSITIVE of [false, "not offered"] as const) {
      expect(judgeExport({ attributes: { ...CLOSED, SENSITIVE } }, ALL)).toMatchObject({ verdict: "exportable", findings: ["MARKED-NOT-SENSITIVE"] });
    }
  });

  test("a history that is open or not told, an unclear answer, nothing to wrap with, nothing read: not shown", () => {
    const cases: [Parameters<typeof judgeExport>[0]["attributes"], ExportAttempt[], string][] = [
      [{ ...CLOSED, NEVER_EXTRACTABLE: false }, ALL, "NOT-ALWAYS-UNEXTRACTABLE"],
      [{ ...CLOSED, NEVER_EXTRACTABLE: "not offered" }, ALL, "NOT-ALWAYS-UNEXTRACTABLE"],
      [{ ...CLOSED, ALWAYS_SENSITIVE: false }, ALL, "NOT-ALWAYS-SENSITIVE"],
      [CLOSED, [...ALL, tried("wrap by AES-KEY-WRAP-PAD", "unclear")], "UNCLEAR-ANSWER"],
      [CLOSED, [...ALL.slice(0, 3), tried("wrap by AES-KEY-WRAP", "not offered")], "WRAPPING-NOT-TRIED"],
      [CLOSED, ALL.slice(0, 3), "WRAPPING-NOT-TRIED"],
      [CLOSED, ALL.slice(1), "READING-NOT-TRIED"],
    ];
    for (const [attributes, attempts, finding] of cases) {
      expect(judgeExport({ attributes }, attempts)).toMatchObject({ verdict: "not-shown", findings: [finding] });
    }
  });
});
