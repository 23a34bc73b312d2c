import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const button = cva(
  "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-[3px] border px-4 py-2 text-base leading-tight font-semibold transition-colors duration-150 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed [&_svg]:size-[1.15em] [&_svg]:shrink-0",
  {
    variants: {
      /** turn: what is asked of me now, at most one on a page. halt: stop and refuse. plain: everything else. */
      look: {
        turn: "border-turn bg-turn text-turn-ink hover:bg-[color-mix(in_srgb,var(--turn)_88%,var(--ink))] disabled:border-edge disabled:bg-sunken disabled:text-quiet",
        plain: "border-edge bg-sheet text-ink hover:bg-sunken disabled:text-quiet",
        halt: "border-halt bg-sheet text-halt hover:bg-halt-wash disabled:border-edge disabled:text-quiet",
        stop: "border-stop bg-stop text-stop-ink hover:bg-[color-mix(in_srgb,var(--stop)_86%,var(--ink))]",
        quiet:
          "border-transparent bg-transparent px-2 text-ink underline decoration-edge underline-offset-4 hover:decoration-ink",
      },
      size: { usual: "", large: "min-h-13 px-6 text-lg", small: "min-h-9 px-3 py-1 text-sm" },
    },
    defaultVariants: { look: "plain", size: "usual" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof button> & { asChild?: boolean };

/** A button, or (asChild) a link that looks like one. */
export function Button({ look, size, asChild = false, className, type, ...rest }: ButtonProps) {
  const Part = asChild ? Slot.Root : "button";
  return (
    <Part type={asChild ? undefined : (type ?? "button")} className={classNames(button({ look, size }), className)} {...rest} />
  );
}
