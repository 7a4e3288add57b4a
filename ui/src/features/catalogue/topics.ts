/** One drawing for each category and each wish of the catalogue: same icon, same meaning. */
import type { Component } from "svelte";
import Banknote from "lucide-static/icons/banknote.svg?drawing";
import Briefcase from "lucide-static/icons/briefcase.svg?drawing";
import Building from "lucide-static/icons/building-2.svg?drawing";
import Car from "lucide-static/icons/car.svg?drawing";
import FileText from "lucide-static/icons/file-text.svg?drawing";
import Flower from "lucide-static/icons/flower-2.svg?drawing";
import GraduationCap from "lucide-static/icons/graduation-cap.svg?drawing";
import HeartHandshake from "lucide-static/icons/heart-handshake.svg?drawing";
import House from "lucide-static/icons/house.svg?drawing";
import Leaf from "lucide-static/icons/leaf.svg?drawing";
import MessagesSquare from "lucide-static/icons/messages-square.svg?drawing";
import Package from "lucide-static/icons/package.svg?drawing";
import Store from "lucide-static/icons/store.svg?drawing";
import TrafficCone from "lucide-static/icons/traffic-cone.svg?drawing";
import Trophy from "lucide-static/icons/trophy.svg?drawing";
import BadgeCheck from "lucide-static/icons/file-badge.svg?drawing";
import Hammer from "lucide-static/icons/hammer.svg?drawing";
import HandHeart from "lucide-static/icons/hand-heart.svg?drawing";
import Info from "lucide-static/icons/info.svg?drawing";
import Mail from "lucide-static/icons/mail-question-mark.svg?drawing";
import Megaphone from "lucide-static/icons/megaphone.svg?drawing";
import PawPrint from "lucide-static/icons/paw-print.svg?drawing";
import UserCheck from "lucide-static/icons/user-check.svg?drawing";
import Users from "lucide-static/icons/users.svg?drawing";
import Vote from "lucide-static/icons/vote.svg?drawing";

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
