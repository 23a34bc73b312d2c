import { StreamedHash } from "#lib/log/streamed-hash";

/** What the page hears from this worker: how far it is, then the hash; or that the file could not be read. */
export type HashNews = { readonly done: number } | { readonly sha256: string } | { readonly unreadable: string };

/** As large as one read of a disk pays off; two of them are in memory at a time, however large the file. */
const PART = 4 * 1024 * 1024;

const tell = (news: HashNews) => {
  self.postMessage(news);
};

/** Reads the file it is sent part by part and hashes it here, in this browser. */
self.onmessage = ({ data: file }: MessageEvent<File>) => void hash(file);

async function hash(file: File): Promise<void> {
  try {
    const hashed = new StreamedHash();
    for (let at = 0; at < file.size; at += PART) {
      hashed.update(new Uint8Array(await file.slice(at, at + PART).arrayBuffer()));
      tell({ done: Math.min(at + PART, file.size) });
    }
    tell({ sha256: hashed.end() });
  } catch (fault) {
    tell({ unreadable: fault instanceof Error ? fault.name : "unknown" });
  }
}
