/** What scenes are made of. */
import type { Control, FieldView, Header, Language, Overlay, Screen, SessionView } from "../bindings";

export type Tri = [va: string, es: string, en: string];
export type Say = (...texts: Tri) => string;

export function sayIn(language: Language): Say {
  const at = { "ca-valencia": 0, es: 1, en: 2 }[language] as 0 | 1 | 2;
  return (...texts) => texts[at];
}

/** What a scene shows; the rest of the view is the same for all. */
export interface Scene {
  screen: Screen;
  header?: Partial<Header>;
  overlay?: Overlay;
  band?: SessionView["band"];
  busy?: boolean;
}

/** The header while the person is known by their card. */
export const CARD = { holder: "A. Martí", means: "dnie" } satisfies Partial<Header>;

/** One line of text. */
export function text(rest: Partial<Extract<Control, { is: "text" }>> = {}): Control {
  return { is: "text", maxChars: 100, keys: "letters", capitals: "first", groups: [], unit: null, ...rest };
}

export function field(id: string, label: string, rest: Partial<FieldView> = {}): FieldView {
  return {
    id,
    label,
    control: text(),
    hint: null,
    optional: false,
    value: "",
    source: null,
    editable: true,
    sensitive: false,
    offer: null,
    doubt: null,
    fault: null,
    ...rest,
  };
}

export function form(heading: string, step: number, fields: FieldView[], rest: Partial<Pick<Extract<Screen, { is: "form" }>, "help" | "showFaults" | "part" | "steps">> = {}): Scene {
  return {
    screen: { is: "form", page: heading, step, steps: rest.steps ?? 7, heading, help: rest.help ?? null, fields, showFaults: rest.showFaults ?? false, part: rest.part ?? null },
    header: CARD,
  };
}

