import axe from "axe-core";
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "../src/App.svelte";
import { SCENE_NAMES, viewOf, type SceneName } from "../src/backend/scenes";
import type { Language, SessionView } from "../src/bindings";
import { session } from "../src/state/session.svelte";
import { LANGUAGES, TAGS } from "../src/wording";

let app: object;
let revision = 0;

async function show(name: SceneName, language: Language = "ca-valencia", change: Partial<SessionView> = {}) {
  revision += 1;
  session.adopt(viewOf(name, language, { revision, ...change }));
  flushSync();
  await tick();
}

beforeEach(() => {
  document.body.innerHTML = "";
  app = mount(App, { target: document.body });
});

afterEach(() => unmount(app));

describe.each(SCENE_NAMES)("%s", (name) => {
  it.each(LANGUAGES)("is whole in %s", async (language) => {
    await show(name, language);
    const view = viewOf(name, language);
    const screen = document.querySelector(`[data-screen="${view.screen.is}"]`);
    expect(screen).not.toBeNull();
    expect(document.documentElement.lang).toBe(TAGS[language]);

    const root = view.overlay ? document.querySelector(`[data-overlay="${view.overlay.is}"]`) : screen;
    const heading = root?.querySelector("h1");
    expect(heading?.textContent?.trim()).toBeTruthy();
    // The heading, or the faults of a page that was left too early (A12), or the box that was asked for.
    const faults = root?.querySelector("[data-summary], [data-code='sign.declarations'], [data-code='certificate.choice']");
    const box = root?.querySelector("#search-box:focus");
    expect(document.activeElement === (box ?? faults ?? heading)).toBe(true);
    // A message id on the screen is a message that is missing.
    expect(document.body.textContent).not.toMatch(/\b(undefined|null|NaN)\b|\{ \$/);
    for (const control of document.querySelectorAll("button, [role=radio], [role=checkbox]")) {
      expect(control.getAttribute("aria-label") ?? control.textContent?.trim()).toBeTruthy();
    }
    // Nothing that a native pop-up or the CSP would spoil (W2, W4).
    expect(document.querySelector("select, datalist, [title], [style*='url'], input:not([type=text])")).toBeNull();
  });

  it("has nothing that axe objects to", async () => {
    await show(name);
    const found = await axe.run(document.body, {
      // Without layout there are no colours and no sizes to measure: contrast has its own test, targets the window's.
      rules: { "color-contrast": { enabled: false }, "color-contrast-enhanced": { enabled: false }, "target-size": { enabled: false }, "document-title": { enabled: false }, bypass: { enabled: false } },
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`)).toEqual([]);
  });
});

describe("while something covers the screen", () => {
  it.each(["more-time", "card-removed", "other-card", "card-back-elsewhere", "hidden"] as const)("%s leaves nothing personal to be seen", async (name) => {
    await show(name);
    expect(document.querySelector(".stage")?.hasAttribute("inert")).toBe(true);
    expect(document.querySelector(".stage")?.classList.contains("behind")).toBe(true);
    expect(document.querySelector("header")?.textContent).not.toContain("Martí");
  });

  it("gives the focus back to where it came from", async () => {
    await show("form-text");
    const box = document.querySelector<HTMLInputElement>("[data-field=numero] input");
    box?.focus();
    await show("form-text", "ca-valencia", { overlay: { is: "help" } });
    expect(document.activeElement?.closest("[data-overlay]")).not.toBeNull();
    await show("form-text", "ca-valencia", { overlay: null });
    await Promise.resolve();
    expect(document.activeElement === box).toBe(true);
  });
});

describe("a view that comes late", () => {
  it("is not shown", async () => {
    await show("home");
    session.adopt(viewOf("welcome", "es", { revision: 0 }));
    flushSync();
    expect(document.querySelector("[data-screen=home]")).not.toBeNull();
  });
});

describe("things of the same name", () => {
  it("are shown one after the other: two papers of one kind are both in the review", async () => {
    revision += 1;
    const view = viewOf("review", "es", { revision });
    if (view.screen.is !== "review") throw new Error("no review");
    const [section] = view.screen.sections;
    const [row] = section?.rows ?? [];
    if (!section || !row) throw new Error("nothing to review");
    section.rows.push({ ...row, answer: "otro.pdf" });
    session.adopt(view);
    flushSync();
    await tick();
    expect(document.querySelector("[data-screen=review]")?.textContent).toContain("otro.pdf");
  });
});
