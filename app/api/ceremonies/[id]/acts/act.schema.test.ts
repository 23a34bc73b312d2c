import { expect, test } from "vitest";
import { Statement } from "#lib/ceremony/statement.schema";
import { SIGNED_ACTS, WHO_MAY } from "#lib/conduct/who-may.under-test";
import { Act } from "./act.schema";

test("of every act that the interface takes, and of every statement that it lets be signed, it is said who may do it", () => {
  const unsigned = Act.options.map(({ shape }) => shape.act.value).filter((act) => act !== "sign");
  const signed = Statement.shape.act.options;
  expect([...SIGNED_ACTS].sort()).toEqual([...signed].sort());
  expect(Object.keys(WHO_MAY).sort()).toEqual([...unsigned, ...signed].sort());
});
