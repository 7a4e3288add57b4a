/** What the page may ask of the core. Two implementations: the application, and a script for tests. */
import type { Intent, SessionView } from "../bindings";

export interface Backend {
  /** Hands over the view as it is now, then is fulfilled, and hands over each that follows. */
  follow(show: (view: SessionView) => void): Promise<void>;
  intent(intent: Intent): Promise<void>;
  /** One character; it is never kept on this side. */
  pinPush(character: string): Promise<void>;
  pinErase(): Promise<void>;
  pinClear(): Promise<void>;
  pinSubmit(): Promise<void>;
}
