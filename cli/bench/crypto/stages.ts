/**
 * Of a request for a signature: the whole of it, from its first line read to its last byte handed on; the pool, which is the
 * queue and then a message to a child and back, with all signatures in that message; the log, until the row is on disk;
 * handing the answer on.
 */
export const STAGES = ["whole", "pool", "queue", "child", "log", "sending"] as const;
export type Stage = (typeof STAGES)[number];
/** Milliseconds of each request. */
export type StageTimes = Readonly<Record<Stage, readonly number[]>>;
