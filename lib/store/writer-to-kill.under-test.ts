import { openDatabase } from "./database";
import { appendEntry } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";

/** The app as far as it writes: appends one entry after the one it is told of, says how that went, and would live on. */
const [url = "", ceremony = "", seq = "", hash = ""] = process.argv.slice(2);
const db = openDatabase(url, { connections: 1 });
const entry = nextEntry(ceremony, { seq: Number(seq), hash }, { by: "killed" });
process.stdout.write("appending\n");
process.stdout.write(`${await appendEntry(db, entry, summary(entry))}\n`);
setInterval(() => undefined, 1_000);
