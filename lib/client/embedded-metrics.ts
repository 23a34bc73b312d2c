import type { Called } from "./calls";

/** What lines say beside what was called. */
export interface MetricNames {
  /** The namespace of CloudWatch in which they stand. */
  readonly namespace: string;
  /** A dimension `ClusterId`, where several clusters are told apart. */
  readonly clusterId: string | null;
}

/**
 * One line of JSON for each call, in the embedded metric format of CloudWatch, which makes metrics of it when it reads the log: `Calls`,
 * `Failures`, `Retries` and `Latency`, by operation. Names of keys, accounts and callers do not stand in it, nor anything of a request.
 */
export function embeddedMetrics(write: (line: string) => void, { namespace, clusterId }: MetricNames, now: () => number = Date.now): (called: Called) => void {
  const dimensions = ["Operation", ...(clusterId === null ? [] : ["ClusterId"])];
  const metrics = [
    ...["Calls", "Failures", "Retries"].map((name) => ({ Name: name, Unit: "Count" })),
    { Name: "Latency", Unit: "Milliseconds" },
  ];
  return ({ operation, code, tries, millis }) => {
    const said = {
      _aws: { Timestamp: now(), CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [dimensions], Metrics: metrics }] },
      Operation: operation,
      ...(clusterId !== null && { ClusterId: clusterId }),
      ...{ Calls: 1, Failures: code === null ? 0 : 1, Retries: Math.max(0, tries - 1), Latency: Math.round(millis * 1_000) / 1_000 },
      ...(code !== null && { Code: code }),
    };
    write(`${JSON.stringify(said)}\n`);
  };
}
