/** The backend inside the application: the one place that knows Tauri. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { SessionView } from "../bindings";
import type { Backend } from ".";

export const backend: Backend = {
  view: () => invoke<SessionView>("session_view"),
  onView: (heard) => listen<SessionView>("session-view", (event) => heard(event.payload)),
  onWipe: (heard) => listen("session-wipe", () => heard()),
  intent: (intent) => invoke("session_intent", { intent }),
  pinPush: (character) => invoke("pin_push", { character }),
  pinErase: () => invoke("pin_erase"),
  pinClear: () => invoke("pin_clear"),
  pinSubmit: () => invoke("pin_submit"),
};
