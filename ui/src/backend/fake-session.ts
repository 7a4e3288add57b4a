/**
 * A whole session without a core: the same journey each time, good enough to walk every screen. It decides nothing
 * that the core would decide otherwise; answers are kept only to be shown again.
 */
import type { Intent, Language, MeansWay, Preferences, SessionView } from "../bindings";
import type { Backend } from ".";
import { SCENE_NAMES, viewOf, type SceneName } from "./scenes";

/** The journey, in order. Going back is one step left. */
export const JOURNEY: SceneName[] = [
  "welcome",
  "home",
  "topics",
  "procedures",
  "sheet",
  "card-ready",
  "before-start",
  "form-fixed",
  "form-text",
  "form-date",
  "form-choice",
  "form-document",
  "documents",
  "check-file",
  "form-long",
  "review",
  "sign",
  "pin",
  "sending",
  "receipt",
];

/** Ways beside the journey that lead back to it: from each scene to the next. */
const ASIDE: Partial<Record<SceneName, SceneName>> = {
  "card-can": "card-ready",
  "card-can-short": "card-ready",
  "card-insert": "card-ready",
  "card-token": "certificate-many",
  "p12-no-stick": "p12-files",
  "p12-files": "p12-files",
  "p12-malformed": "p12-files",
  "password-open": "certificate-one",
  "password-wrong": "certificate-one",
  "certificate-one": "before-start",
  "certificate-many": "before-start",
  "certificate-missing": "before-start",
  "no-means": "home",
  "form-item": "items",
  "items-remove": "items",
  items: "review",
  wishes: "procedures",
  search: "sheet",
  "search-found": "sheet",
  "search-none": "procedures",
  "sheet-more": "card-ready",
  "sheet-closed": "home",
  "sheet-suspended": "home",
};

/** And back. */
const ASIDE_BACK: Partial<Record<SceneName, SceneName>> = {
  wishes: "home",
  search: "home",
  "search-found": "home",
  "search-none": "home",
  "sheet-more": "procedures",
  "sheet-closed": "procedures",
  "sheet-suspended": "procedures",
  means: "card-insert",
  "form-item": "items",
  items: "form-long",
  "no-means": "means",
  "p12-files": "means",
  "p12-no-stick": "means",
  "password-open": "p12-files",
  "password-wrong": "p12-files",
  "certificate-one": "p12-files",
  "certificate-many": "means",
  "card-token": "means",
};

/** Where each means leads. */
const WAYS: Record<MeansWay, SceneName> = { dnie: "card-insert", stick: "p12-files", token: "card-token", nothing: "no-means" };

export class FakeSession implements Backend {
  #heard: ((view: SessionView) => void) | undefined;
  #scene: SceneName;
  #language: Language;
  #preferences: Preferences;
  #overlay: SessionView["overlay"] | undefined;
  #answers = new Map<string, string>();
  #ticked = new Set<string>();
  #ready = new Map<number, boolean>();
  #searched: string | undefined;
  #typed = 0;
  #can = "";
  #chosen: string | undefined;
  #revision = 1;
  #output: "print" | "save" | undefined;
  /** What was asked, for tests; a PIN's characters are not among it. */
  readonly asked: Intent[] = [];

  constructor(scene: SceneName = "welcome", change: { language?: Language; preferences?: Partial<Preferences> } = {}) {
    this.#scene = scene;
    this.#language = change.language ?? "ca-valencia";
    this.#preferences = { text: "normal", theme: "clar", lowScreen: false, moreTime: false, ...change.preferences };
  }

  get scene(): SceneName {
    return this.#scene;
  }

  follow(show: (view: SessionView) => void): Promise<void> {
    this.#heard = show;
    show(this.#now());
    return Promise.resolve();
  }

  intent(intent: Intent): Promise<void> {
    this.asked.push(intent);
    this.#turn(intent);
    this.#push();
    return Promise.resolve();
  }

  // The character itself is dropped at once: only its being typed matters here.
  pinPush(character: string): Promise<void> {
    this.#typed = Math.min(this.#typed + Array.from(character).length, this.#profile()?.max ?? 0);
    this.#push();
    return Promise.resolve();
  }

  pinErase(): Promise<void> {
    this.#typed = Math.max(this.#typed - 1, 0);
    this.#push();
    return Promise.resolve();
  }

  pinClear(): Promise<void> {
    this.#typed = 0;
    this.#push();
    return Promise.resolve();
  }

  pinSubmit(): Promise<void> {
    if (this.#typed >= (this.#profile()?.min ?? 0)) this.#step(1);
    this.#typed = 0;
    this.#push();
    return Promise.resolve();
  }

  #push(): void {
    this.#revision += 1;
    this.#heard?.(this.#now());
  }

  #profile() {
    const screen = this.#now().screen;
    return screen.is === "pin" ? screen.profile : undefined;
  }

  #step(by: 1 | -1): void {
    const at = JOURNEY.indexOf(this.#scene);
    const aside = (by > 0 ? ASIDE : ASIDE_BACK)[this.#scene];
    this.#scene = aside ?? JOURNEY[at + by] ?? this.#scene;
    this.#overlay = undefined;
  }

  #turn(intent: Intent): void {
    const covered = this.#now().overlay !== null;
    switch (intent.do) {
      case "choose-language":
        this.#language = intent.language;
        if (this.#scene === "welcome") this.#step(1);
        return;
      case "prefer":
        this.#preferences = intent.preferences;
        return;
      case "answer":
        this.#answers.set(intent.field, intent.value);
        return;
      case "tick": {
        const screen = this.#now().screen;
        const value = screen.is === "form" ? screen.fields.find((field) => field.id === intent.field)?.value : undefined;
        const others = (value ?? "").split(",").filter((option) => option && option !== intent.option && (option === "none") === (intent.option === "none"));
        this.#answers.set(intent.field, (intent.ticked ? [...others, intent.option] : others).join(","));
        return;
      }
      case "add-item":
      case "open-item":
        this.#scene = "form-item";
        return;
      case "remove-item":
        this.#scene = "items-remove";
        return;
      case "drop-item":
        this.#scene = "items";
        return;
      case "declare":
        if (intent.ticked) this.#ticked.add(intent.id);
        else this.#ticked.delete(intent.id);
        return;
      case "open-help":
        this.#overlay = { is: "help" };
        return;
      case "open-settings":
        this.#overlay = { is: "settings" };
        return;
      case "hide":
        this.#overlay = { is: "hidden" };
        return;
      case "end":
        this.#overlay = { is: "confirm-end" };
        return;
      case "close-overlay":
        this.#overlay = null;
        return;
      case "output":
        this.#output = intent.how;
        this.#scene = "output-done";
        return;
      case "back":
        this.#step(-1);
        return;
      case "another":
        this.#scene = "home";
        return;
      case "change-page":
        this.#scene = "form-text";
        return;
      case "show-document":
        this.#scene = intent.shown ? "review-document" : "review";
        return;
      case "confirm-last-try":
        this.#scene = "pin";
        return;
      case "can-type":
        if (this.#can.length < 6) this.#can += intent.digit;
        return;
      case "can-erase":
        this.#can = this.#can.slice(0, -1);
        return;
      case "can-clear":
        this.#can = "";
        return;
      case "other-means":
        this.#scene = "means";
        return;
      case "choose-means":
        this.#scene = WAYS[intent.way];
        return;
      case "choose-certificate-file":
        this.#scene = "password-open";
        return;
      case "choose-certificate":
        this.#chosen = intent.id;
        return;
      case "continue":
        if (covered) this.#afterCover();
        else if (this.#scene === "card-can" && this.#can.length < 6) this.#scene = "card-can-short";
        else if (this.#scene === "certificate-many" && !this.#chosen) this.#scene = "certificate-missing";
        else if (this.#scene === "output-done") this.#scene = "receipt-printed";
        else this.#step(1);
        return;
      case "open-search":
        this.#scene = "search";
        this.#searched = undefined;
        return;
      case "search":
        this.#searched = intent.typed;
        this.#scene = intent.typed === "" ? "search" : /[xqzw]{3}/.test(intent.typed) ? "search-none" : "search-found";
        return;
      case "list-by":
        this.#scene = intent.by === "wish" ? "wishes" : "topics";
        return;
      case "tick-need":
        this.#ready.set(intent.at, intent.ready);
        return;
      case "show-more":
        this.#scene = intent.shown ? "sheet-more" : "sheet";
        return;
      case "open-topics":
      case "open-topic":
      case "open-procedure":
      case "resume-draft":
        this.#step(1);
        return;
      case "give-document":
        if (intent.way === "attach") this.#scene = "form-document";
        return;
      case "show-file":
        this.#scene = "check-file";
        return;
      case "discard-file":
        this.#scene = intent.again ? "form-document" : "documents";
        return;
      case "affirm":
      case "refresh-files":
      case "activity":
        return;
    }
  }

  #afterCover(): void {
    if (this.#now().overlay?.is === "confirm-end") this.#scene = "leaving";
    this.#overlay = null;
  }

  #now(): SessionView {
    const view = viewOf(this.#scene, this.#language, { revision: this.#revision, preferences: this.#preferences });
    if (this.#overlay !== undefined) view.overlay = this.#overlay;
    const screen = view.screen;
    if (screen.is === "form") {
      for (const field of screen.fields) field.value = this.#answers.get(field.id) ?? field.value;
    } else if (screen.is === "sheet") {
      screen.needs.forEach((need, at) => (need.ready = this.#ready.get(at) ?? need.ready));
    } else if (screen.is === "search") {
      screen.typed = this.#searched ?? screen.typed;
    } else if (screen.is === "sign") {
      for (const declaration of screen.declarations) declaration.ticked = this.#ticked.has(declaration.id);
    } else if (screen.is === "pin" && this.#typed > 0) {
      screen.typed = this.#typed;
    } else if (screen.is === "card" && screen.stage.is === "can" && this.asked.some((intent) => intent.do.startsWith("can-"))) {
      screen.stage.typed = this.#can;
    } else if (screen.is === "certificates" && this.#chosen) {
      screen.chosen = this.#chosen;
      screen.choiceMissing = false;
    } else if (screen.is === "output" && this.#output) {
      screen.how = this.#output;
    }
    return view;
  }
}

/** A scene named in the address, for looking at one screen: `?scene=form-text&language=es&text=largest`. */
function asked(): FakeSession {
  const query = new URLSearchParams(window.location.search);
  const scene = SCENE_NAMES.find((name) => name === query.get("scene"));
  const language = (["ca-valencia", "es", "en"] as const).find((tag) => tag === query.get("language"));
  const text = (["normal", "large", "larger", "largest"] as const).find((size) => size === query.get("text"));
  const theme = (["clar", "negre-sobre-blanc", "groc-sobre-negre", "suau"] as const).find((name) => name === query.get("theme"));
  return new FakeSession(scene, {
    language,
    preferences: { ...(text && { text }), ...(theme && { theme }), lowScreen: query.has("low") },
  });
}

export const backend = asked();
