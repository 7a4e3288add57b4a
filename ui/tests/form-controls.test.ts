import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backend } from "#backend";
import App from "../src/App.svelte";
import type { FakeSession } from "../src/backend/fake-session";
import { viewOf, type SceneName } from "../src/backend/scenes";
import type { FieldView } from "../src/bindings";
import { keyboard } from "../src/state/keyboard.svelte";
import { session } from "../src/state/session.svelte";

const fake = backend as unknown as FakeSession;
let app: object;
let revision = 1_000;

async function show(scene: SceneName, change?: (field: FieldView) => void) {
  revision += 1;
  const view = viewOf(scene, "ca-valencia", { revision });
  if (change && view.screen.is === "form") view.screen.fields.forEach(change);
  session.adopt(view);
  flushSync();
  await tick();
}

function find<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}

async function press(selector: string) {
  find(selector).click();
  flushSync();
  await tick();
}

async function type(keys: string[]) {
  for (const key of keys) await press(`[data-key="${key}"]`);
}

function write(selector: string) {
  const box = find<HTMLInputElement>(selector);
  box.focus();
  flushSync();
  return box;
}

beforeEach(() => {
  document.body.innerHTML = "";
  app = mount(App, { target: document.body });
  keyboard.close();
});

afterEach(() => unmount(app));

describe("a code", () => {
  it("is typed in groups, and the answer has no gaps", async () => {
    await show("form-codes", (field) => void (field.value = field.id === "iban" ? "" : field.value));
    const box = write("[data-field=iban] input");
    await type(["e", "s", "9", "1", "2", "1"]);
    expect(box.value).toBe("ES91 21");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "iban", value: "ES9121" });
    // Erasing goes over the gap as if it were not there.
    await type(["erase", "erase", "erase"]);
    expect(box.value).toBe("ES9");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "iban", value: "ES9" });
  });
});

describe("a sensitive answer", () => {
  it("is masked but while it is written or asked for", async () => {
    await show("form-codes");
    const box = find<HTMLInputElement>("[data-field=income] input");
    expect(box.value).toBe("•••••••");
    await press("[data-field=income] [data-act=reveal]");
    expect(box.value).toBe("9600,00");
    await press("[data-field=income] [data-act=reveal]");
    expect(box.value).toBe("•••••••");
    write("[data-field=income] input");
    expect(box.value).toBe("9600,00");
    await type(["5"]);
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "income", value: "9600,005" });
    write("[data-field=iban] input");
    await tick();
    expect(box.value).toMatch(/^•+$/);
  });
});

describe("the review", () => {
  it("masks what is sensitive until it is asked for", async () => {
    await show("review");
    expect(document.body.textContent).not.toContain("9.600,00 €");
    await press("[data-act=reveal]");
    expect(document.body.textContent).toContain("9.600,00 €");
    await press("[data-act=reveal]");
    expect(document.body.textContent).not.toContain("9.600,00 €");
  });
});

describe("a street", () => {
  it("is chosen among the suggestions with the caret still in the box", async () => {
    await show("form-street");
    const box = write("[data-field=street] input");
    await press("[data-act=suggestion][data-id='plaça Major']");
    expect(box.value).toBe("plaça Major");
    expect(document.activeElement === box).toBe(true);
    expect(keyboard.isTarget(box)).toBe(true);
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "street", value: "plaça Major" });
  });
});

describe("several options", () => {
  it("are ticked one by one, and what that does to the others is the core's to say", async () => {
    await show("form-multiple");
    const ticked = () => [...document.querySelectorAll("[role=checkbox][aria-checked=true]")].map((row) => row.getAttribute("data-choice"));
    expect(ticked()).toEqual(["umbrellas", "planters"]);
    await press("[data-choice=none]");
    expect(fake.asked.at(-1)).toEqual({ do: "tick", field: "elements", option: "none", ticked: true });
    await press("[data-choice=umbrellas]");
    expect(fake.asked.at(-1)).toEqual({ do: "tick", field: "elements", option: "umbrellas", ticked: false });
  });
});

describe("a time", () => {
  it("goes on to the minutes once the hour is full", async () => {
    await show("form-time");
    write("[data-field=hours-to] [data-part=hour]");
    await type(["1", "7"]);
    expect(document.activeElement?.getAttribute("data-part")).toBe("minute");
    await type(["3", "0"]);
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "hours-to", value: "17:30" });
  });
});

describe("what was answered before", () => {
  it("is used with one touch, for one field or for all of them", async () => {
    await show("form-offer");
    await press("[data-act=use-offer][data-id=notify-street]");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "notify-street", value: "Carrer de la Sèquia de Favara, 14" });
    await show("form-offers");
    expect(document.querySelector("[data-act=use-offer]")).toBeNull();
    await press("[data-act=use-offers]");
    expect(fake.asked.slice(-3).map((intent) => intent.do === "answer" && intent.field)).toEqual(["notify-street", "notify-door", "notify-postal-code"]);
  });
});

describe("a probable slip", () => {
  it("takes the focus, leads to its field, and is changed or affirmed", async () => {
    await show("form-doubt");
    expect(document.activeElement?.matches("[data-summary]")).toBe(true);
    await press("[data-act=to-field][data-id=email]");
    expect(document.activeElement?.matches("[data-field=email] [data-act=take-meant]")).toBe(true);
    await press("[data-act=affirm]");
    expect(fake.asked.at(-1)).toEqual({ do: "affirm", field: "email" });
    await press("[data-act=take-meant]");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "email", value: "amparo@gmail.com" });
  });
});

describe("a list of items", () => {
  const acts = () => [...document.querySelectorAll<HTMLElement>(".ledge .acts button")].map((button) => [button.dataset["act"], button.classList.contains("main")]);

  it("has adding as its main act until there are enough", async () => {
    await show("items-none");
    expect(acts()).toEqual([["add-item", true]]);
    await show("items-may-be-none");
    expect(acts()).toEqual([["continue", false], ["add-item", true]]);
    await show("items");
    expect(acts()).toEqual([["add-item", false], ["continue", true]]);
    await show("items-full");
    expect(acts()).toEqual([["continue", true]]);
  });

  it("names each button by its item, and asks before taking one out", async () => {
    await show("items");
    expect(find("[data-act=remove-item][data-id='2']").getAttribute("aria-label")).toContain("Persona 2");
    await press("[data-act=open-item][data-id='2']");
    expect(fake.asked.at(-1)).toEqual({ do: "open-item", number: 2 });
    await show("items");
    await press("[data-act=remove-item][data-id='2']");
    expect(fake.asked.at(-1)).toEqual({ do: "remove-item", number: 2 });
    await show("items-remove");
    expect(document.activeElement?.tagName).toBe("H1");
    expect(acts()).toEqual([["drop-item", false], ["continue", true]]);
    await press("[data-act=drop-item]");
    expect(fake.asked.at(-1)).toEqual({ do: "drop-item" });
  });

  it("leads from the summary to the item", async () => {
    await show("items-faults");
    await press("[data-act=to-field][data-id=people-2]");
    expect(document.activeElement?.matches("[data-act=open-item][data-id='2']")).toBe(true);
  });
});
