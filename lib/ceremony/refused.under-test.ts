import { expect } from "vitest";
import type { Result } from "../result";
import type { InvariantName, Refusal } from "./refusal";

/** The result is a refusal by exactly this rule. */
export async function expectRefused(result: Promise<Result<unknown, Refusal>> | Result<unknown, Refusal>, invariant: InvariantName): Promise<void> {
  const got = await result;
  expect(got.ok ? "accepted" : got.refusal.invariant).toBe(invariant);
}

/** The result is an acceptance; shows the refusal when it is not. */
export async function expectAccepted(result: Promise<Result<unknown, Refusal>> | Result<unknown, Refusal>): Promise<void> {
  await accepted(result);
}

/** The same, and what was accepted. */
export async function accepted<T>(result: Promise<Result<T, Refusal>> | Result<T, Refusal>): Promise<T> {
  const got = await result;
  if (!got.ok) expect(got.refusal).toBe("accepted");
  return (got as { readonly value: T }).value;
}
