import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names";

const BOX = "min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 py-2 text-base text-ink placeholder:text-quiet";

type Labelled = { label: string; hint?: ReactNode };

/** One line to fill in, with its name above and what it is for below. */
export function TextField({ label, hint, className, ...rest }: Labelled & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className={classNames("min-w-0 space-y-1", className)}>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} className={BOX} autoComplete="off" {...rest} />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Several lines to fill in. */
export function TextArea({ label, hint, className, ...rest }: Labelled & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <div className={classNames("min-w-0 space-y-1", className)}>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      <textarea id={id} rows={2} aria-describedby={hint === undefined ? undefined : `${id}-hint`} className={BOX} {...rest} />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of several, from a list. */
export function SelectField({ label, hint, className, children, ...rest }: Labelled & ComponentProps<"select">) {
  const id = useId();
  return (
    <div className={classNames("min-w-0 space-y-1", className)}>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      <select id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} className={BOX} {...rest}>
        {children}
      </select>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
