import { Button } from "#components/button";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";
import type { OpenSheetView } from "#lib/conduct/sheet-view";

type ChoiceProps = { sheet: OpenSheetView; onComplete: () => void; onElsewhere: () => void };

/** A sheet stands open where somebody notes something: whether they complete it or note something else, they say themselves. */
export function OpenSheetChoice({ sheet: { number, happened }, onComplete, onElsewhere }: ChoiceProps) {
  const words = useWords("sheets");
  return (
    <Notice look="wait" title={words("openSheet", { number })} alert>
      <p>{happened}</p>
      <p>{words("choiceAbout")}</p>
      <div className="flex flex-wrap gap-3 pt-2">
        <Button onClick={onComplete}>{words("choiceComplete", { number })}</Button>
        <Button onClick={onElsewhere}>{words("choiceElsewhere")}</Button>
      </div>
    </Notice>
  );
}
