/** One drawing for each category of the catalogue: same icon, same meaning. */
import type { Component } from "svelte";
import Banknote from "@lucide/svelte/icons/banknote";
import Briefcase from "@lucide/svelte/icons/briefcase";
import Building from "@lucide/svelte/icons/building-2";
import Car from "@lucide/svelte/icons/car";
import FileText from "@lucide/svelte/icons/file-text";
import Flower from "@lucide/svelte/icons/flower-2";
import GraduationCap from "@lucide/svelte/icons/graduation-cap";
import HeartHandshake from "@lucide/svelte/icons/heart-handshake";
import House from "@lucide/svelte/icons/house";
import Leaf from "@lucide/svelte/icons/leaf";
import MessagesSquare from "@lucide/svelte/icons/messages-square";
import Package from "@lucide/svelte/icons/package";
import Store from "@lucide/svelte/icons/store";
import TrafficCone from "@lucide/svelte/icons/traffic-cone";
import Trophy from "@lucide/svelte/icons/trophy";

const ICONS: Record<string, Component> = {
  padro: House,
  tributs: Banknote,
  urbanisme: Building,
  activitats: Store,
  "via-publica": TrafficCone,
  mobilitat: Car,
  "medi-ambient": Leaf,
  "serveis-socials": HeartHandshake,
  educacio: GraduationCap,
  "cultura-festes-esports": Trophy,
  "salut-cementeri": Flower,
  "recursos-humans": Briefcase,
  ciutadania: MessagesSquare,
  contractacio: Package,
};

/** A town may add categories of its own: they get the plain sheet. */
export function iconOf(topic: string): Component {
  return ICONS[topic] ?? FileText;
}
