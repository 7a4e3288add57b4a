/** The words of the page, from the same Fluent files as the paper and the voice. */
import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Fault, Language } from "../bindings";
import vaFirst from "../../../assets/wording/ca-valencia/page.ftl?first";
import esFirst from "../../../assets/wording/es/page.ftl?first";
import enFirst from "../../../assets/wording/en/page.ftl?first";
import type { FaultKey, Key } from "./keys";

export type { FaultKey, Key } from "./keys";
export type Args = Record<string, FluentVariable>;

/** The three languages, Valencian first. */
export const LANGUAGES: readonly Language[] = ["ca-valencia", "es", "en"];

/** BCP 47 tags, for `lang` and for plurals. */
export const TAGS: Record<Language, string> = { "ca-valencia": "ca-ES-valencia", es: "es-ES", en: "en-GB" };

type Bodies = readonly FluentResource["body"][];

/** The first screen speaks every language. */
const FIRST: Record<Language, Bodies> = { "ca-valencia": [vaFirst], es: [esFirst], en: [enFirst] };

/** All that is said in one language: most sessions speak one. */
const WHOLE: Record<Language, () => Promise<{ default: Bodies }>> = {
  "ca-valencia": () => import("./ca-valencia"),
  es: () => import("./es"),
  en: () => import("./en"),
};

const bundles = new Map<Language, FluentBundle>();
const whole = new Set<Language>();

function make(language: Language, bodies: Bodies): FluentBundle {
  const made = new FluentBundle(TAGS[language], { useIsolating: false });
  for (const body of bodies) made.addResource({ body });
  bundles.set(language, made);
  return made;
}

const bundle = (language: Language) => bundles.get(language) ?? make(language, FIRST[language]);

/** Whether more can be said in it than the first screen says. */
export const hasWords = (language: Language) => whole.has(language);

/** Has all that is said in a language; until then there are the words of the first screen. */
export async function fetchWords(language: Language): Promise<void> {
  if (whole.has(language)) return;
  const { default: bodies } = await WHOLE[language]();
  make(language, bodies);
  whole.add(language);
}

/** What the page says, in a given language. */
export function say(language: Language, key: Key | FaultKey, args?: Args): string {
  return look(language, key, undefined, args) ?? key;
}

/** Words named by the core, which may know an id that this page does not. */
export function sayNamed(language: Language, id: string, args?: Args): string {
  return look(language, id, undefined, args) ?? "";
}

/** A fault in the words of a person: what happened, what it means, what to do, and the main act. */
export interface FaultWords {
  title: string;
  means: string;
  remedy: string;
  act: string;
}

export function sayFault(language: Language, fault: Pick<Fault, "code" | "args">): FaultWords {
  const known = bundle(language).hasMessage(faultId(fault.code));
  // An unknown code is still a fault of ours: it is told as such, with its own code for the staff.
  const id = known ? faultId(fault.code) : ("kiosk-fault" satisfies FaultKey);
  const args: Args = Object.fromEntries(fault.args.map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]));
  const part = (attribute?: string) => look(language, id, attribute, args) ?? "";
  return { title: part(), means: part("means"), remedy: part("remedy"), act: part("act") };
}

/** `card.removed` → `card-removed`. */
export function faultId(code: string): string {
  return code.replaceAll(".", "-");
}

function look(language: Language, id: string, attribute?: string, args: Args = {}): string | null {
  const made = bundle(language);
  const message = made.getMessage(id);
  const pattern = attribute ? message?.attributes[attribute] : message?.value;
  return pattern ? made.formatPattern(pattern, args, []) : null;
}
