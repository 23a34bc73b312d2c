import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names";

const BOX = "min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3 py-2 text-base text-ink placeholder:text-quiet";

type Labelled = { label: string; hint?: ReactNode };
type FieldProps = Labelled & {
  className?: string | undefined;
  children: (box: { id: string; className: string; "aria-describedby"?: string }) => ReactNode;
};

/** Something to fill in, with its name above and what it is for below. */
function Field({ label, hint, className, children }: FieldProps) {
  const id = useId();
  const about = `${id}-hint`;
  return (
    <div className={classNames("min-w-0 space-y-1", className)}>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {children({ id, className: BOX, ...(hint === undefined ? {} : { "aria-describedby": about }) })}
      {hint === undefined ? null : (
        <p id={about} className="text-sm text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

/** One line to fill in. */
export function TextField({ label, hint, className, ...rest }: Labelled & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} className={className}>
      {(box) => <input {...box} autoComplete="off" {...rest} />}
    </Field>
  );
}

/** Several lines to fill in. */
export function TextArea({ label, hint, className, ...rest }: Labelled & ComponentProps<"textarea">) {
  return (
    <Field label={label} hint={hint} className={className}>
      {(box) => <textarea {...box} rows={2} {...rest} />}
    </Field>
  );
}

/** One of several, from a list. */
export function SelectField({ label, hint, className, children, ...rest }: Labelled & ComponentProps<"select">) {
  return (
    <Field label={label} hint={hint} className={className}>
      {(box) => (
        <select {...box} {...rest}>
          {children}
        </select>
      )}
    </Field>
  );
}
