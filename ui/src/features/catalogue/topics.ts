/** One drawing for each category and each wish of the catalogue: same icon, same meaning. */
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
import BadgeCheck from "@lucide/svelte/icons/file-badge";
import Hammer from "@lucide/svelte/icons/hammer";
import HandHeart from "@lucide/svelte/icons/hand-heart";
import Info from "@lucide/svelte/icons/info";
import Mail from "@lucide/svelte/icons/mail-question-mark";
import Megaphone from "@lucide/svelte/icons/megaphone";
import PawPrint from "@lucide/svelte/icons/paw-print";
import UserCheck from "@lucide/svelte/icons/user-check";
import Users from "@lucide/svelte/icons/users";
import Vote from "@lucide/svelte/icons/vote";

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
  residencia: House,
  certificats: BadgeCheck,
  familia: Users,
  "casa-obres": Hammer,
  negoci: Store,
  carrer: TrafficCone,
  vehicle: Car,
  "ajuda-social": HeartHandshake,
  cures: HandHeart,
  escola: GraduationCap,
  lleure: Trophy,
  animals: PawPrint,
  defuncio: Flower,
  treball: Briefcase,
  participar: Vote,
  reclamar: Megaphone,
  "informar-se": Info,
  demanar: Mail,
  representacio: UserCheck,
  proveidors: Package,
};

/** A town may add categories and wishes of its own: they get the plain sheet. */
export function iconOf(topic: string): Component {
  return ICONS[topic] ?? FileText;
}
