import { DayAndTime } from "#components/moment";
import { hex } from "#lib/log/digest";
import { attributesInWords } from "#lib/operations/key-outcome";
import type { RegisteredKey } from "#lib/register/registered-key";
import { attributeIn } from "#lib/words/fact-name";
import { wordsIn } from "#lib/words/words";
import { pageLanguage, pageWords } from "../../../page-words";

/** Every token that holds or held the key, with the attributes of what can be used, as they were read there. */
export async function KeyPlaces({ sight }: { sight: RegisteredKey }) {
  const [words, language] = await Promise.all([pageWords("keys"), pageLanguage()]);
  const said = wordsIn(language);
  return (
    <ul className="space-y-6">
      {sight.places.map(({ token, ckaId, objects, since, gone }) => {
        const use = objects.find(({ objectClass }) => objectClass === "private-key" || objectClass === "secret-key");
        return (
          <li key={`${token}/${ckaId}/${since.entry}`} className="space-y-1">
            <p className={gone ? "text-quiet" : "font-semibold"}>
              <span className="measured">{words("one.serial", { serial: token })}</span>{" "}
              <span className="font-normal text-quiet">
                {gone
                  ? words.rich("one.gone", { time: () => <DayAndTime at={gone.at} /> })
                  : words.rich("one.since", { time: () => <DayAndTime at={since.at} /> })}
              </span>
            </p>
            <p className="measured text-sm text-quiet [overflow-wrap:anywhere]">CKA_ID {ckaId}</p>
            {use ? (
              <ul className="flex flex-wrap gap-x-4 text-sm">
                {attributesInWords(use).map(({ text }) => (
                  <li key={text}>{attributeIn(text, said)}</li>
                ))}
              </ul>
            ) : null}
            <p className="sr-only">{objects.map(({ objectClass, id }) => `${objectClass} ${hex(id)}`).join(", ")}</p>
          </li>
        );
      })}
    </ul>
  );
}
