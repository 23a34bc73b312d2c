import path from "node:path";
import { expect, test } from "vitest";
import { readOptions } from "./options";

test("without arguments the demo waits for people at port 3000", () => {
  expect(readOptions([])).toMatchObject({ port: 3000, out: null, reset: false });
});

test("each port has a folder of its own: passkeys hold for one origin", () => {
  expect(path.basename(readOptions(["--port", "3100"]).folder)).toBe("demo-3100");
  expect(path.basename(readOptions([]).folder)).toBe("demo");
});

test("--auto wants a folder for the record, and the folder wants --auto", () => {
  expect(readOptions(["--auto", "--out", "x"]).out).toBe(path.resolve("x"));
  expect(() => readOptions(["--auto"])).toThrow("--auto and --out DIR go together.");
  expect(() => readOptions(["--out", "x"])).toThrow("--auto and --out DIR go together.");
});

test.each(["80", "65536", "three", "3000.5"])("a port such as %s is refused with the usage", (port) => {
  expect(() => readOptions(["--port", port])).toThrow("--port wants a number from 1024 to 65535");
});

test("an unknown argument is refused", () => {
  expect(() => readOptions(["--fast"])).toThrow("--fast");
});
