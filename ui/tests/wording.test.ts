import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { idsOf, keysFile, readWording } from "../scripts/keys.mjs";
import { LANGUAGES, say, sayFault } from "../src/wording";
import { FROM_CORE } from "../src/wording/from-core";

const FILES = ["page", "faults"] as const;
const SRC = join(process.cwd(), "src");

/** Codes of the faults that a citizen can meet, as the core names them. */
const CODES = `card.not-dnie card.mute card.removed card.other card.terminated card.untrusted card.busy card.reset
card.channel card.no-signature-certificate card.protocol card.can-needed card.can-wrong card.pin-unknown
card.verify-again reader.none
reader.service-down reader.failed certificate.expired certificate.not-yet-valid certificate.untrusted
certificate.bad-signature certificate.wrong-use certificate.weak certificate.not-a-person certificate.malformed
procedure.closed procedure.suspended pin.blocked keystore.not-pkcs12 keystore.wrong-password keystore.damaged keystore.costly keystore.too-large
keystore.no-key keystore.key-kind keystore.unsupported keystore.failed token.module token.absent token.removed
token.pin-wrong token.pin-locked token.pin-length token.no-certificate token.no-key token.key-kind token.busy
token.failed store.full store.failed queue.refused registry.unreachable registry.nonsense registry.refused
signature.failed document.failed document.changed print.none print.failed save.no-stick save.failed save.full
file.none file.unreadable catalogue.failed kiosk.fault
card.wrong-reader card.changed
other-certificate.expired other-certificate.not-yet-valid other-certificate.untrusted
other-certificate.not-a-person other-certificate.unusable`.split(/\s+/);

/** Each id with its attributes and its arguments. */
function shape(source: string): Record<string, { attributes: string[]; args: string[] }> {
  const shapes: Record<string, { attributes: string[]; args: string[] }> = {};
  for (const part of source.split(/^(?=[a-z][a-z0-9-]* =)/m)) {
    const id = /^([a-z][a-z0-9-]*) =/.exec(part)?.[1];
    if (!id) continue;
    const body = part.replace(/^#.*$/gm, "");
    shapes[id] = {
      attributes: [...body.matchAll(/^ +\.([a-z]+) =/gm)].map((match) => match[1] ?? "").sort(),
      args: [...new Set([...body.matchAll(/\$([a-z]+)/g)].map((match) => match[1] ?? ""))].sort(),
    };
  }
  return shapes;
}

function sources(): string {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith("keys.ts") && !name.includes("fake") && !name.includes("scenes"))
    .map((name) => readFileSync(join(SRC, name), "utf8"))
    .join("\n");
}

describe.each(FILES)("%s.ftl", (file) => {
  const first = shape(readWording("ca-valencia", file));

  it.each(["es", "en"])("has the same ids, attributes and arguments in %s", (language) => {
    expect(shape(readWording(language, file))).toEqual(first);
  });

  it.each(LANGUAGES)("is read without complaint in %s", (language) => {
    const bundle = new FluentBundle("en", { useIsolating: false });
    for (const other of FILES) expect(bundle.addResource(new FluentResource(readWording(language, other)))).toEqual([]);
    const complaints: Error[] = [];
    for (const id of Object.keys(first)) {
      const message = bundle.getMessage(id);
      const args = Object.fromEntries((first[id]?.args ?? []).map((name) => [name, 2]));
      for (const pattern of [message?.value, ...Object.values(message?.attributes ?? {})]) {
        if (pattern) bundle.formatPattern(pattern, args, complaints);
      }
    }
    expect(complaints).toEqual([]);
  });

  it.each(LANGUAGES)("keeps the house's words in %s", (language) => {
    const text = readWording(language, file).replace(/^#.*$/gm, "");
    expect(text).not.toMatch(/ŀ|'|!(?!\?)|\b(please|sorry|oops|error|invalid|incorrect|forbidden)\b/i);
  });
});

describe("keys", () => {
  it("are those of the wording", () => {
    const generated = keysFile(readWording("ca-valencia", "page"), readWording("ca-valencia", "faults"));
    expect(readFileSync(join(SRC, "wording/keys.ts"), "utf8")).toBe(generated);
  });

  it("are all used", () => {
    const text = sources();
    // Families whose last part is a value of the view's own types.
    const families = [/^help-/, /^key-/, /^band-/, /^language-/, /^text-/, /^theme-/, /^possible-/, /^why-/];
    const unused = idsOf(readWording("ca-valencia", "page")).filter(
      (id) =>
        !text.includes(`"${id}"`) &&
        !FROM_CORE.some((named) => named === id) &&
        !families.some((family) => family.test(id) && text.includes(`\`${family.source.slice(1)}\${`)),
    );
    expect(unused).toEqual([]);
  });
});

describe("faults", () => {
  it("has one message per code and none besides", () => {
    expect(idsOf(readWording("ca-valencia", "faults")).sort()).toEqual(CODES.map((code) => code.replaceAll(".", "-")).sort());
  });

  it.each(LANGUAGES)("say what happened, what it means and what to do in %s", (language) => {
    for (const code of CODES) {
      const words = sayFault(language, { code, args: [] });
      for (const part of Object.values(words)) expect(part.length).toBeGreaterThan(3);
      expect(words.title.split(" ").length, words.title).toBeLessThanOrEqual(8);
      expect(`${words.means} ${words.remedy}`.match(/[.](\s|$)/g)?.length ?? 0, code).toBeLessThanOrEqual(4);
    }
  });

  it("tells an unknown code as a fault of the kiosk", () => {
    expect(sayFault("en", { code: "no.such", args: [] }).title).toBe("We could not finish");
  });
});

describe("plurals", () => {
  it.each([
    ["ca-valencia", 1, "Li queda 1 intent."],
    ["ca-valencia", 2, "Li queden 2 intents."],
    ["es", 1, "Le queda 1 intento."],
    ["en", 2, "You have 2 tries left."],
  ] as const)("in %s, %i", (language, tries, text) => {
    expect(say(language, "pin-tries", { tries })).toBe(text);
  });
});
