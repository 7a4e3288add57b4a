/** Tests begin with the whole page, so that each view they give is shown at once; `parts.test.ts` begins without. */
import { fetchRest } from "../src/features/parts";
import { fetchWords, LANGUAGES } from "../src/wording";

await Promise.all([fetchRest(), ...LANGUAGES.map(fetchWords)]);
