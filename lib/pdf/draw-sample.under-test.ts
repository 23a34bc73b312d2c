import { sha256Hex } from "#lib/log/digest";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { drawRecord } from "./draw-record";

// Run as a process of its own by the test of reproducibility.
process.stdout.write(sha256Hex(await drawRecord(sampleRecord())));
