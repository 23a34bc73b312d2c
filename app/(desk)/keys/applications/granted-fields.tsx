"use client";

import type { ReactNode } from "react";
import { Button } from "#components/button";
import { TextArea, TextField } from "#components/field";
import { TickBox } from "#components/tick-box";
import { useWords } from "#components/words";
import type { KeyState } from "#lib/ceremony/key-states";
import { offered, speaksOfTokens, type GroupDraft, type KeyChoice } from "./edition-draft";

type GrantedProps = {
  group: GroupDraft;
  choices: readonly KeyChoice[];
  onGroup: (group: GroupDraft) => void;
  onRemove: () => void;
};

/** Keys under one name: which, what for, by which algorithms, and what tokens say that are issued by them. */
export function GrantedFields({ group, choices, onGroup, onRemove }: GrantedProps) {
  const [words, keyWords] = [useWords("accounts"), useWords("keys")];
  const can = offered(group, choices);
  const text = (name: "alias" | "issuer" | "audiences" | "claims" | "minutes") => ({
    value: group[name],
    onChange: (event: { target: { value: string } }) => {
      onGroup({ ...group, [name]: event.target.value });
    },
  });
  const tick = <T extends string>(list: readonly T[], one: T, isTicked: boolean) => (isTicked ? [...list, one] : list.filter((other) => other !== one));
  return (
    <fieldset className="space-y-4 border-l-4 border-rule pl-4">
      <legend className="font-semibold">{group.alias === "" ? words("form.groupNew") : words("form.group", { alias: group.alias })}</legend>
      <TextField
        label={words("form.alias")}
        hint={words("form.aliasHint")}
        required
        maxLength={64}
        pattern="[a-z0-9][a-z0-9\-]*"
        className="max-w-xl"
        {...text("alias")}
      />
      <Choices legend={words("form.keys")} hint={words("form.keysHint")}>
        {choices.map(({ key, label, algorithm, state }) => (
          <TickBox
            key={key}
            label={words("key", { label, algorithm, state: keyWords(`state.${state as KeyState}`) })}
            checked={group.keys.includes(key)}
            onTick={(isTicked) => {
              onGroup({ ...group, keys: tick(group.keys, key, isTicked) });
            }}
          />
        ))}
      </Choices>
      <Choices legend={words("form.operations")} {...(can.operations.length === 0 && { hint: words("form.keysFirst") })}>
        {can.operations.map((operation) => (
          <TickBox
            key={operation}
            label={words(`operation.${operation}`)}
            checked={group.operations.includes(operation)}
            onTick={(isTicked) => {
              onGroup({ ...group, operations: tick(group.operations, operation, isTicked) });
            }}
          />
        ))}
      </Choices>
      {can.algorithms.length > 1 ? (
        <Choices legend={words("form.algorithms")}>
          {can.algorithms.map((algorithm) => (
            <TickBox
              key={algorithm}
              label={algorithm}
              checked={group.algorithms.includes(algorithm)}
              onTick={(isTicked) => {
                onGroup({ ...group, algorithms: tick(group.algorithms, algorithm, isTicked) });
              }}
            />
          ))}
        </Choices>
      ) : null}
      {speaksOfTokens(group) ? (
        <div className="grid gap-4 md:grid-cols-2">
          <TextField label={words("form.issuer")} required maxLength={200} {...text("issuer")} />
          <TextField label={words("form.minutes")} required type="number" min={1} max={15} {...text("minutes")} />
          <TextArea label={words("form.audiences")} required {...text("audiences")} />
          <TextArea label={words("form.claims")} hint={words("form.claimsHint")} {...text("claims")} />
        </div>
      ) : null}
      <Button look="quiet" onClick={onRemove}>
        {words("form.removeGroup")}
      </Button>
    </fieldset>
  );
}

/** Boxes to tick, under one name. */
function Choices({ legend, hint, children }: { legend: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{legend}</legend>
      {hint === undefined ? null : <p className="text-sm text-quiet">{hint}</p>}
      <div className="flex flex-wrap gap-x-6">{children}</div>
    </fieldset>
  );
}
