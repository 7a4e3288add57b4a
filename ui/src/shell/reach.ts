/** How much of this screen a hand reaches from a wheelchair: 1220 mm above the floor less its lower edge (G5). */
import { mm } from "../design/mm";

const HIGHEST_MM = 1220;
/** Where kiosks of this kind hang when configuration does not say. */
const USUAL_BOTTOM_MM = 850;

const bottom = window.__FINESTRETA__?.bottomAboveFloorMm ?? USUAL_BOTTOM_MM;

export const reach = {
  /** Height of the frame in *low screen*, millimetres. */
  millimetres: HIGHEST_MM - bottom,
  /** Whether the mounting makes it useful: the whole screen may be within reach as it is. */
  get offered(): boolean {
    return mm(this.millimetres) < window.innerHeight;
  },
};
