// A reporter of Vitest: how many errors a run had that belong to no test (a worker that died, a promise nobody waited for), as a
// number in the file that TEST_ERRORS_FILE names. What is reported elsewhere does not say so of a run in which a test failed too.
import { writeFileSync } from "node:fs";

export default class ErrorsOfNoTest {
  /** @param {readonly unknown[]} _modules @param {readonly unknown[]} errors */
  onTestRunEnd(_modules, errors) {
    const file = process.env.TEST_ERRORS_FILE;
    if (file !== undefined) writeFileSync(file, String(errors.length));
  }
}
