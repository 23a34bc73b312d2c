import { REGION, type Language } from "#lib/words/language";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "812 bytes", "4.12 MB", "3,22 GB": powers of a thousand, as files are listed, as the language writes them. */
export function byteSize(bytes: number, language: Language): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const unit = { style: "unit", unit: UNITS[power] ?? "byte" } as const;
  const digits = power === 0 ? ({ unitDisplay: "long" } as const) : { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(REGION[language], { ...unit, ...digits }).format(bytes / 1000 ** power);
}
