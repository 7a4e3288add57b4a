/** The page begins with its first screen alone. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Band, Language } from "../src/bindings";
import { idsOf, readWording } from "../scripts/keys.mjs";

const BANDS: (Band | null)[] = [null, "offline", "no-reader", "card-service-down"];
const LANGUAGES: Language[] = ["ca-valencia", "es", "en"];
const ids = new Set(idsOf(readWording("ca-valencia", "page")));

async function fresh() {
  vi.resetModules();
  const [{ default: App }, { session }, { viewOf }, { rest }, { hasWords }] = await Promise.all([
    import("../src/App.svelte"),
    import("../src/state/session.svelte"),
    import("../src/backend/scenes"),
    import("../src/features/parts"),
    import("../src/wording"),
  ]);
  const { mount: put, unmount: take, flushSync: flush } = await import("svelte");
  return { App, session, viewOf, rest, hasWords, put, take, flush };
}

let page: Awaited<ReturnType<typeof fresh>>;
let app: object;

const screen = () => document.querySelector<HTMLElement>("[data-screen]")?.dataset["screen"];

beforeEach(async () => {
  document.body.innerHTML = "";
  page = await fresh();
  app = page.put(page.App, { target: document.body });
});

afterEach(() => page.take(app));

it("says all of the first screen without the rest, in every language and whatever is amiss", async () => {
  let revision = 0;
  for (const language of LANGUAGES) {
    for (const band of BANDS) {
      revision += 1;
      const view = page.viewOf("welcome", language, { revision, band });
      page.session.adopt({ ...view, header: { ...view.header, demonstration: true } });
      page.flush();
      expect(screen()).toBe("welcome");
      const named = [...document.querySelectorAll("[aria-label]")].map((named) => named.getAttribute("aria-label") ?? "");
      const said = [...named, ...[...document.querySelectorAll("*")].flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? ""))];
      expect(said.length).toBeGreaterThan(8);
      // A message that is not there comes as its id.
      expect(said.filter((words) => ids.has(words.trim()) && !/^[A-Z]/.test(words.trim()))).toEqual([]);
    }
  }
  expect(page.rest()).toBeNull();
  expect(LANGUAGES.filter(page.hasWords)).toEqual([]);
});

it("shows another screen as soon as the rest is here, and the last that was asked for", async () => {
  page.session.adopt(page.viewOf("welcome", "es", { revision: 1 }));
  page.flush();
  page.session.adopt(page.viewOf("home", "es", { revision: 2 }));
  page.session.adopt(page.viewOf("topics", "es", { revision: 3 }));
  page.flush();
  expect(screen()).toBe("welcome");
  await vi.waitFor(() => {
    page.flush();
    expect(screen()).toBe("topics");
  });
  expect(page.session.view?.revision).toBe(3);
  expect(LANGUAGES.filter(page.hasWords)).toEqual(["es"]);
});

it("has the rest at the first touch", async () => {
  page.session.adopt(page.viewOf("welcome", "en", { revision: 1 }));
  page.flush();
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  await vi.waitFor(() => expect(page.rest()).not.toBeNull());
});
