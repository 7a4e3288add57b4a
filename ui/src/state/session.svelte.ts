/** The last view, replaced whole, and the way back to the core. Nothing is computed or remembered here. */
import { backend } from "#backend";
import type { Fault, Intent, Language, Preferences, SessionView } from "../bindings";
import { say, sayFault, type Args, type FaultWords, type Key } from "../wording";

/** What a view needs besides itself to be shown. */
export interface Gate {
  /** Whether it is all here. */
  open(view: SessionView): boolean;
  /** Fulfilled once it is. */
  opened(view: SessionView): Promise<void>;
}

class Session {
  /** Set by whoever shows the views; without, each is shown at once. */
  gate: Gate | null = null;
  #view = $state.raw<SessionView | null>(null);

  /** The last view; null until the first has come. */
  get view(): SessionView | null {
    return this.#view;
  }

  get language(): Language {
    return this.#view?.language ?? "ca-valencia";
  }

  get preferences(): Preferences {
    return this.#view?.preferences ?? { text: "normal", theme: "clar", lowScreen: false, moreTime: false };
  }

  /** Takes a view, unless a later one is already shown. */
  adopt(view: SessionView): void {
    if (this.#view && view.revision < this.#view.revision) return;
    if (!this.gate || this.gate.open(view)) this.#view = view;
    // A page that cannot have its own parts begins anew.
    else
      this.gate.opened(view).then(
        () => this.adopt(view),
        () => window.location.reload(),
      );
  }
}

export const session = new Session();

/**
 * Shows the view that the kiosk was started with, which the core laid beside the page. Only at the start: a page that
 * was reloaded is in the midst of things, and waits for the core to say of which.
 */
export function begin(): void {
  const first = window.__FINESTRETA__?.firstView;
  const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (first && load?.type !== "reload") session.adopt(first);
}

/** Joins the core: the view as it is now is shown, and from here on each that follows. */
export function join(): Promise<void> {
  return backend.follow((view) => session.adopt(view));
}

/** Sends an intent. The answer, if any, is the next view. */
export function send(intent: Intent): void {
  void backend.intent(intent);
}

/** The PIN goes out character by character and is never held here. */
export const pin = {
  push: (character: string) => void backend.pinPush(character),
  erase: () => void backend.pinErase(),
  clear: () => void backend.pinClear(),
  submit: () => void backend.pinSubmit(),
};

/** The page's words in the session's language. */
export function t(key: Key, args?: Args): string {
  return say(session.language, key, args);
}

/** A fault's words in the session's language. */
export function faultWords(fault: Pick<Fault, "code" | "args">): FaultWords {
  return sayFault(session.language, fault);
}

let lastActivity = Number.NEGATIVE_INFINITY;

/** Tells the core that somebody is there, at most once a second. */
export function activity(now: number): void {
  if (now - lastActivity < 1000) return;
  lastActivity = now;
  send({ do: "activity" });
}
