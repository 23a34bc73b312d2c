const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** "812 bytes", "4.1 MB", "3.22 GB": powers of a thousand, as disks are sold and files are listed. */
export function byteSize(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const size = bytes / 1000 ** power;
  return `${power === 0 ? String(size) : size.toPrecision(3)} ${UNITS[power] ?? ""}`;
}
