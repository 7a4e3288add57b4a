import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { compile } from "svelte/compiler";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The groups of messages that the first screen takes its words from: what `?first` gives of a file. */
const FIRST = ["Frame", "S01 "];

/**
 * Fluent files, without the translators' notes and what only the voice says, parsed when the page is built: the
 * welcome screen speaks every language, and would else wait for all of them to be parsed at each start.
 */
function fluent(): Plugin {
  return {
    name: "fluent",
    enforce: "pre",
    transform(source, id) {
      const [file, query] = id.split("?");
      if (!file?.endsWith(".ftl")) return null;
      const groups = source.split(/^(?=## )/m);
      const wanted = query === "first" ? groups.filter((group) => FIRST.some((name) => group.startsWith(`## ${name}`))) : groups;
      if (query === "first" && wanted.length !== FIRST.length) throw new Error(`${file} lacks one of the groups ${FIRST.join(", ")}`);
      const lines = wanted.join("").split("\n").filter((line) => line && !/^#|^ +\.speech =/.test(line));
      const { body } = new FluentResource(lines.join("\n"));
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(body))});`, map: null };
    },
  };
}

/**
 * Drawn signs, as components that are one template each: what `?drawing` gives of a picture. There are a dozen on a screen, and
 * put together piece by piece they would take longer than all the rest of it.
 */
function drawings(): Plugin {
  return {
    name: "drawings",
    enforce: "pre",
    async load(id) {
      const [file, query] = id.split("?");
      if (!file || query !== "drawing") return null;
      const [, inside] = /<svg[^>]*>(.*)<\/svg>/s.exec(await readFile(file, "utf8")) ?? [];
      if (!inside) throw new Error(`${file} is no picture`);
      const frame = `viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"`;
      return compile(`<svg width="100%" height="100%" ${frame} aria-hidden="true">${inside.trim()}</svg>`, { filename: file, generate: "client" }).js;
    },
  };
}

/**
 * The first screen's style as part of the document. A sheet of its own may come after the script: what then asks for a size
 * or the focus has the whole page laid out without any style first, in fonts that are loaded for nothing else.
 */
function styled(): Plugin {
  return {
    name: "styled",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("there is no page");
      page.source = String(page.source).replace(/<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/, (_link, file: string) => {
        const sheet = bundle[file];
        if (sheet?.type !== "asset") throw new Error(`there is no ${file}`);
        Reflect.deleteProperty(bundle, file);
        // What it names lies beside it.
        return `<style>${String(sheet.source).replaceAll("url(./", "url(./assets/")}</style>`;
      });
      if (!String(page.source).includes("<style>")) throw new Error("the page has no style");
    },
  };
}

export default defineConfig(({ mode }) => ({
  base: "./",
  // The scripted page is looked at under rules that know no style within a document.
  plugins: [fluent(), drawings(), svelte(), ...(mode === "fake" ? [] : [styled()])],
  resolve: {
    // Chosen when building, so that the shipped page holds nothing of the scripted one.
    alias: { "#backend": here(mode === "fake" || process.env["VITEST"] ? "./src/backend/fake.ts" : "./src/backend/tauri.ts") },
    // Tests mount components as a browser does.
    conditions: process.env["VITEST"] ? ["browser"] : undefined,
  },
  build: {
    target: "safari17",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: { port: 1420, strictPort: true, fs: { allow: [here(".."), here(".")] } },
  // The scripted page is looked at under the rules of the shipped one (W4).
  preview: { headers: { "Content-Security-Policy": CSP } },
  // A whole session is one test; how long it takes is the machine’s affair.
  test: { environment: "happy-dom", testTimeout: 60_000, include: ["tests/**/*.test.ts"], setupFiles: ["tests/whole.ts"], globals: false },
}));
