/** The backend inside the application: the one place that knows Tauri. */
import { invoke } from "@tauri-apps/api/core";
import type { SessionView } from "../bindings";
import type { Backend } from ".";

/** A view, and how many sessions were wiped before it. */
interface Shown {
  view: SessionView;
  wipes: number;
}

/** The next view after the one last given; answered when there is one, and at once to a page that was given none. */
const next = (seen?: Shown) => invoke<Shown>("session_next", { revision: seen?.view.revision, wipes: seen?.wipes });

async function showEach(first: Shown, show: (view: SessionView) => void): Promise<void> {
  try {
    let shown = first;
    while ((shown = await next(shown)).wipes === first.wipes) show(shown.view);
  } finally {
    // After a wipe nothing may stay in the page's heap. And a page that hears nothing any more would stand there for ever.
    window.location.reload();
  }
}

export const backend: Backend = {
  follow: async (show) => {
    const first = await next();
    show(first.view);
    void showEach(first, show);
  },
  intent: (intent) => invoke("session_intent", { intent }),
  pinPush: (character) => invoke("pin_push", { character }),
  pinErase: () => invoke("pin_erase"),
  pinClear: () => invoke("pin_clear"),
  pinSubmit: () => invoke("pin_submit"),
};
