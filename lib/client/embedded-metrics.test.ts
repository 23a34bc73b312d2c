import { expect, test } from "vitest";
import { embeddedMetrics } from "./embedded-metrics";

const called = { operation: "sign", status: 200, code: null, tries: 3, millis: 12.3456 } as const;

test("a call is a line of JSON whose metrics and dimensions are members of it", () => {
  const lines: string[] = [];
  embeddedMetrics((line) => lines.push(line), { namespace: "Payments/HSM", clusterId: "cluster-1" }, () => 1_800_000_000_000)(called);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  type Directive = { readonly Namespace: string; readonly Dimensions: string[][]; readonly Metrics: { readonly Name: string }[] };
  const said = JSON.parse(lines[0] ?? "") as Record<string, unknown> & { _aws: { Timestamp: number; CloudWatchMetrics: Directive[] } };
  expect(said).toMatchObject({ Operation: "sign", ClusterId: "cluster-1", Calls: 1, Failures: 0, Retries: 2, Latency: 12.346 });
  const [directive] = said._aws.CloudWatchMetrics;
  expect([said._aws.Timestamp, directive?.Namespace, directive?.Dimensions]).toEqual([1_800_000_000_000, "Payments/HSM", [["Operation", "ClusterId"]]]);
  expect(directive?.Metrics.every(({ Name }) => typeof said[Name] === "number")).toBe(true);
});

test("a failure says its code; without a cluster there is no such dimension", () => {
  const lines: string[] = [];
  embeddedMetrics((line) => lines.push(line), { namespace: "n", clusterId: null })({ ...called, status: null, code: "UNREACHABLE", tries: 0 });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ Failures: 1, Retries: 0, Code: "UNREACHABLE", _aws: { CloudWatchMetrics: [{ Dimensions: [["Operation"]] }] } });
});
