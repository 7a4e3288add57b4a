/** What the page may ask of the core. Two implementations: the application, and a script for tests. */
import type { Intent, SessionView } from "../bindings";

export interface Backend {
  /** The view as it is now; asked when the page starts. */
  view(): Promise<SessionView>;
  /** Called with each new view. Returns how to stop. */
  onView(heard: (view: SessionView) => void): Promise<() => void>;
  /** Called when the session has been wiped: the page must start afresh. */
  onWipe(heard: () => void): Promise<() => void>;
  intent(intent: Intent): Promise<void>;
  /** One character; it is never kept on this side. */
  pinPush(character: string): Promise<void>;
  pinErase(): Promise<void>;
  pinClear(): Promise<void>;
  pinSubmit(): Promise<void>;
}
