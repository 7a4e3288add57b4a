// Requirement F13: what the citizen's page weighs. Run after `npm run build`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMITS = { js: 120, css: 20, woff2: 200 };
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const sums = { js: 0, css: 0, woff2: 0 };

for (const name of readdirSync(dist, { recursive: true })) {
  const kind = String(name).split(".").pop();
  if (!(kind in sums)) continue;
  const bytes = readFileSync(join(dist, String(name)));
  sums[kind] += kind === "woff2" ? bytes.length : gzipSync(bytes, { level: 9 }).length;
}

let over = false;
for (const [kind, limit] of Object.entries(LIMITS)) {
  const kilobytes = sums[kind] / 1000;
  const fits = kilobytes <= limit && kilobytes > 0;
  over ||= !fits;
  process.stdout.write(`${kind}: ${kilobytes.toFixed(1)} kB of ${limit} kB${fits ? "" : " — outside the budget"}\n`);
}
process.exitCode = over ? 1 : 0;
