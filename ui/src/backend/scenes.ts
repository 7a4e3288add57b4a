/** Every screen in its states, with people and places that do not exist, for tests and for developing. */
import type { CardStage, CertificateRow, DocumentRow, FieldView, FileRow, Header, Language, PinProfile, PinPurpose, Screen, SessionView, Sheet, Tag } from "../bindings";
import { FORM_SCENES } from "./form-scenes";
import { CARD, field, form, sayIn, text, type Say, type Scene, type Tri } from "./scene-kit";

const TOKEN = { holder: "A. Martí", means: "token" } satisfies Partial<Header>;
const STICK = { holder: "A. Martí", means: "stick" } satisfies Partial<Header>;

export function procedure(s: Say) {
  return s("Canvi de domicili dins del municipi", "Cambio de domicilio dentro del municipio", "Change of address within the town");
}

function rows(s: Say) {
  return [
    ["padro-canvi-domicili", procedure(s), s("Si s'ha mudat a una altra casa del mateix poble", "Si se ha mudado a otra casa del mismo pueblo", "If you have moved to another home in the same town")],
    ["padro-alta", s("Alta en el padró per canvi de residència o per omissió", "Alta en el padrón por cambio de residencia o por omisión", "Register as a resident"), s("Si ve a viure ací des d'un altre lloc", "Si viene a vivir aquí desde otro lugar", "If you come to live here from elsewhere")],
    ["padro-certificat", s("Certificat d'empadronament", "Certificado de empadronamiento", "Certificate of residence"), s("Diu on viu i des de quan", "Dice dónde vive y desde cuándo", "Says where you live and since when")],
    ["ciutadania-instancia", s("Sol·licitud general", "Solicitud general", "General application"), s("Per a demanar el que no té un tràmit propi", "Para pedir lo que no tiene un trámite propio", "For what has no procedure of its own")],
    ["tributs-ajornament", s("Ajornament o fraccionament de deutes", "Aplazamiento o fraccionamiento de deudas", "Pay later or in parts"), s("Per a pagar a terminis o més avant", "Para pagar a plazos o más adelante", "To pay in parts or later")],
    ["mobilitat-targeta", s("Targeta d'estacionament per a persones amb mobilitat reduïda", "Tarjeta de estacionamiento para personas con movilidad reducida", "Parking card for people with reduced mobility"), s("Per a aparcar en les places reservades", "Para aparcar en las plazas reservadas", "To park in the reserved spaces")],
  ].map(([id = "", name = "", summary = ""], at) => ({ id, name, summary, tag: TAGS[at] ?? WHOLE }));
}

const WHOLE: Tag = { possible: "complete", why: [] };
/** One of each among the rows. */
const TAGS: Tag[] = [WHOLE, { possible: "finish-at-counter", why: ["other-signers"] }, WHOLE, WHOLE, { possible: "information-only", why: ["closed", "no-reader"] }];

const TOPICS: [id: string, count: number, ...Tri][] = [
  ["padro", 10, "Padró d'habitants", "Padrón de habitantes", "Residents' register"],
  ["tributs", 12, "Tributs i pagaments", "Tributos y pagos", "Taxes and payments"],
  ["urbanisme", 12, "Urbanisme i habitatge", "Urbanismo y vivienda", "Building and housing"],
  ["activitats", 8, "Activitats, comerç i mercats", "Actividades, comercio y mercados", "Business and markets"],
  ["via-publica", 9, "Ocupació de la via pública", "Ocupación de la vía pública", "Use of public space"],
  ["mobilitat", 9, "Vehicles, trànsit i policia", "Vehículos, tráfico y policía", "Vehicles and traffic"],
  ["medi-ambient", 5, "Medi ambient i animals", "Medio ambiente y animales", "Environment and animals"],
  ["serveis-socials", 10, "Benestar social", "Bienestar social", "Social services"],
  ["educacio", 6, "Educació i joventut", "Educación y juventud", "Education and youth"],
  ["cultura-festes-esports", 8, "Cultura, festes i esports", "Cultura, fiestas y deportes", "Culture, festivals, sport"],
  ["salut-cementeri", 5, "Cementeri i consum", "Cementerio y consumo", "Cemetery and consumers"],
  ["recursos-humans", 1, "Ocupació pública", "Empleo público", "Public employment"],
  ["ciutadania", 13, "Atenció ciutadana i transparència", "Atención ciudadana y transparencia", "Citizen services"],
  ["contractacio", 3, "Proveïdors i contractació", "Proveedores y contratación", "Suppliers"],
];

const WISHES: [id: string, count: number, ...Tri][] = [
  ["residencia", 9, "Viure a Vallclara", "Vivir en Vallclara", "Live in Vallclara"],
  ["certificats", 5, "Obtindre un certificat", "Obtener un certificado", "Get a certificate"],
  ["familia", 4, "Família i parella", "Familia y pareja", "Family"],
  ["tributs", 12, "Pagar menys, a terminis o recuperar diners", "Pagar menos, a plazos o recuperar dinero", "Pay or get money back"],
  ["casa-obres", 10, "Fer obres o ocupar un habitatge", "Hacer obras u ocupar una vivienda", "Build or move in"],
  ["negoci", 8, "Obrir o canviar un negoci", "Abrir o cambiar un negocio", "Run a business"],
  ["carrer", 9, "Usar el carrer", "Usar la calle", "Use the street"],
  ["vehicle", 7, "Cotxe, gual i aparcament", "Coche, vado y aparcamiento", "Car and parking"],
  ["ajuda-social", 8, "Demanar una ajuda", "Pedir una ayuda", "Ask for help"],
  ["cures", 3, "Cuidar persones majors o dependents", "Cuidar a personas mayores o dependientes", "Care"],
  ["escola", 5, "Escola i estudis", "Escuela y estudios", "School"],
  ["lleure", 6, "Oci, festa i esport", "Ocio, fiesta y deporte", "Leisure"],
  ["animals", 3, "Animals", "Animales", "Animals"],
  ["defuncio", 4, "Una defunció", "Un fallecimiento", "A death"],
  ["treball", 1, "Treballar per a l’Ajuntament", "Trabajar para el Ayuntamiento", "Work for the council"],
  ["participar", 4, "Participar i associar-se", "Participar y asociarse", "Take part"],
  ["reclamar", 6, "Reclamar, recórrer o denunciar", "Reclamar, recurrir o denunciar", "Complain or appeal"],
  ["informar-se", 4, "Informar-se i protegir les meues dades", "Informarse y proteger mis datos", "Know and protect"],
  ["demanar", 2, "Una altra petició", "Otra petición", "Another request"],
  ["representacio", 2, "Actuar per una altra persona", "Actuar por otra persona", "Act for someone else"],
  ["proveidors", 3, "Treballar amb l’Ajuntament", "Trabajar con el Ayuntamiento", "Sell to the council"],
];

const tiles = (s: Say, of: typeof TOPICS) => of.map(([id, count, ...name]) => ({ id, count, name: s(...name) }));

function sheet(s: Say, change: Partial<Sheet> = {}): Scene {
  return {
    screen: {
      is: "sheet",
      id: "padro-canvi-domicili",
      name: procedure(s),
      tag: WHOLE,
      notice: null,
      purpose: s("Per a comunicar que ha canviat de casa sense eixir del municipi.", "Para comunicar que ha cambiado de casa sin salir del municipio.", "To tell us that you have moved within the town."),
      who: s("Qualsevol persona empadronada ací.", "Cualquier persona empadronada aquí.", "Anyone registered here as a resident."),
      requirements: [s("Viure ja en l’adreça nova.", "Vivir ya en la dirección nueva.", "You already live at the new address.")],
      needs: [
        { text: s("El DNI electrònic i el seu PIN", "El DNI electrónico y su PIN", "Your electronic DNI and its PIN"), ready: true },
        { text: s("El contracte de lloguer o l’escriptura, en una memòria USB", "El contrato de alquiler o la escritura, en una memoria USB", "The lease or deed, on a USB stick"), ready: false },
      ],
      minutes: 8,
      facts: [
        { label: "sheet-term", text: s("3 mesos com a màxim", "3 meses como máximo", "At most 3 months") },
        { label: "sheet-fee", text: s("S’ha de pagar una quantitat que depén de cada cas\nUna persona: 3,50 €\nUna família: 6,00 €\nExempció: les famílies nombroses.", "Hay que pagar una cantidad que depende de cada caso\nUna persona: 3,50 €\nUna familia: 6,00 €\nExención: las familias numerosas.", "You have to pay an amount that depends on the case\nOne person: €3.50\nA family: €6.00\nExemption: large families.") },
        { label: "sheet-silence", text: s("Si no responen a temps, s’entén que li ho concedixen.\nHo diu la norma del padró.", "Si no responden a tiempo, se entiende que se lo conceden.\nLo dice la norma del padrón.", "If they do not answer in time, it counts as granted.\nSo says the rule of the register.") },
        { label: "sheet-result", text: s("L’Ajuntament canviarà l’adreça en el padró i li ho dirà.", "El Ayuntamiento cambiará la dirección en el padrón y se lo dirá.", "The council will change the address in the register and tell you.") },
        { label: "sheet-identification", text: s("Amb el DNI electrònic o amb una altra identificació que servisca a l’Ajuntament", "Con el DNI electrónico o con otra identificación que sirva al Ayuntamiento", "With the electronic DNI or another identification the council accepts") },
      ],
      more: null,
      related: rows(s).slice(1, 3),
      ...change,
    },
    header: { procedure: null },
  };
}

function more(s: Say): Sheet["more"] {
  return [
    { label: "sheet-period", text: s("En qualsevol moment", "En cualquier momento", "At any time") },
    { label: "sheet-unit", text: s("Padró d’Habitants", "Padrón de Habitantes", "Residents’ register") },
    { label: "sheet-body", text: s("Alcaldia", "Alcaldía", "The Mayor") },
    { label: "sheet-law", text: s("Llei 7/1985, articles 15 a 17\nReglament de Població", "Ley 7/1985, artículos 15 a 17\nReglamento de Población", "Law 7/1985, articles 15 to 17\nPopulation Regulation") },
    { label: "sheet-appeals", text: s("Recurs de reposició, en un mes", "Recurso de reposición, en un mes", "Appeal to the same body, within a month") },
    { label: "sheet-data", text: s("Responsable de les dades: Ajuntament de Vallclara.\nPer a què s’usaran: posar al dia el padró.", "Responsable de los datos: Ayuntamiento de Vallclara.\nPara qué se usarán: poner al día el padrón.", "Who is responsible: Vallclara Town Hall.\nWhat they are for: to update the register.") },
  ];
}

function found(s: Say, typed: string): Scene {
  return { screen: { is: "search", typed, maxChars: 100, found: typed ? rows(s) : [], instead: null }, header: { procedure: null } };
}

function addressFields(s: Say, faulty: boolean): FieldView[] {
  const fault = (code: string, text: string) => (faulty ? { code, text } : null);
  return [
    field("carrer", s("Carrer o plaça", "Calle o plaza", "Street or square"), { control: { is: "street", maxChars: 100, suggestions: [] }, value: faulty ? "" : "Carrer de la Sèquia de Favara", fault: fault("field.required", s("Escriga el carrer o la plaça.", "Escriba la calle o la plaza.", "Enter the street or square.")) }),
    field("numero", s("Número", "Número", "Number"), { control: text({ maxChars: 8, keys: "letters", capitals: "none" }), value: "14", hint: s("Si no en té, escriga s/n", "Si no tiene, escriba s/n", "If there is none, type s/n") }),
    field("porta", s("Pis i porta", "Piso y puerta", "Floor and door"), { optional: true, value: "3r-6a" }),
    field("cp", s("Codi postal", "Código postal", "Postcode"), { control: text({ maxChars: 5, keys: "digits", capitals: "none" }), value: faulty ? "4692" : "46920", fault: fault("field.postal-code", s("Comprove el codi postal: té cinc xifres.", "Compruebe el código postal: tiene cinco cifras.", "Check the postcode: it has five digits.")) }),
  ];
}

function sections(s: Say) {
  return [
    { page: "qui", heading: s("Qui ho demana", "Quién lo pide", "Who is applying"), rows: [{ label: s("Nom i cognoms", "Nombre y apellidos", "Full name"), answer: "Amparo Martí Soler", sensitive: false }, { label: "NIF", answer: "***4567**", sensitive: false }] },
    { page: "adreca", heading: s("Quina és l'adreça nova?", "¿Cuál es la dirección nueva?", "What is the new address?"), rows: [{ label: s("Carrer o plaça", "Calle o plaza", "Street or square"), answer: "Carrer de la Sèquia de Favara", sensitive: false }, { label: s("Número", "Número", "Number"), answer: "14", sensitive: false }, { label: s("Pis i porta", "Piso y puerta", "Floor and door"), answer: "", sensitive: false }] },
    { page: "documents", heading: s("Documents", "Documentos", "Documents"), rows: [{ label: s("Contracte de lloguer", "Contrato de alquiler", "Lease"), answer: "contracte-lloguer-2026.pdf (1,2 MB)", sensitive: false }] },
    { page: "income", heading: s("Ingressos", "Ingresos", "Income"), rows: [{ label: s("Ingressos de tot l’any", "Ingresos de todo el año", "Income in the whole year"), answer: "9.600,00 €", sensitive: true }] },
  ];
}

/** A page as the core would draw it: marks only, no words. */
const PAGE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/><g fill="#333"><rect x="20" y="20" width="90" height="8"/><rect x="20" y="40" width="170" height="3"/><rect x="20" y="48" width="160" height="3"/><rect x="20" y="56" width="168" height="3"/></g></svg>')}`;

function documents(s: Say, faulty: boolean): Scene {
  const files = { kinds: "PDF, JPG, PNG", maxMb: 5, maxFiles: 1, why: null };
  const rows: DocumentRow[] = [
    { ...files, id: "DISCAP", name: s("Certificat de discapacitat", "Certificado de discapacidad", "Disability certificate"), need: "by-answers", state: { is: "missing" }, ways: ["attach", "later"] },
    { ...files, id: "PERM-CIRC", name: s("Permís de circulació del vehicle", "Permiso de circulación del vehículo", "Vehicle registration document"), need: "always", state: faulty ? { is: "missing" } : { is: "added", files: 1, pages: 3, size: "1,2 MB" }, ways: ["attach", "held"] },
    { ...files, id: "LLIB-FAM", name: s("Llibre de família o certificat de naixement", "Libro de familia o certificado de nacimiento", "Family book or birth certificate"), why: s("Es demana per als fills i filles que s’apunten.", "Se pide para los hijos e hijas que se apuntan.", "It is asked for the children who are registered."), need: "by-answers", state: { is: "held", told: s("2024, padró", "2024, padrón", "2024, register") }, ways: ["attach", "consult", "held", "later"] },
    { ...files, id: "RENDA", name: s("Declaració de la renda", "Declaración de la renta", "Income tax return"), need: "always", state: { is: "later" }, ways: ["attach", "held", "later"] },
    { ...files, id: "FACTURES", name: s("Factures", "Facturas", "Invoices"), need: "optional", state: { is: "not-added" }, ways: ["attach", "later", "none"], maxFiles: 3 },
    { ...files, id: "DNI", name: s("Document d’identitat", "Documento de identidad", "Identity document"), need: "looked-up", state: { is: "consulted" }, ways: [], maxFiles: 0 },
  ];
  const missing = rows.filter((row) => row.state.is === "missing").length;
  return { screen: { is: "documents", step: 5, steps: 7, rows, missing, later: 1, showFaults: faulty }, header: CARD };
}

function fee(s: Say, due: Extract<Screen, { is: "fee" }>["due"]): Scene {
  const euros = (amount: string) => s(`${amount},00 €`, `${amount},00 €`, `€${amount}.00`);
  return {
    screen: {
      is: "fee",
      concept: s("Ocupació de la via pública amb taules i cadires", "Ocupación de la vía pública con mesas y sillas", "Use of the street with tables and chairs"),
      ordinance: s("Ordenança fiscal municipal", "Ordenanza fiscal municipal", "Municipal tax ordinance"),
      due,
      lines:
        due.is === "amount"
          ? [
              { text: s("Superfície: 10 m² · Primer dia: 1 de juny de 2026 · Últim dia: 31 d’agost de 2026 · Carrer: de primera", "Superficie: 10 m² · Primer día: 1 de junio de 2026 · Último día: 31 de agosto de 2026 · Calle: de primera", "Area: 10 m² · First day: 1 June 2026 · Last day: 31 August 2026 · Street: first class"), amount: euros("63") },
              { text: s("Elements: estufes", "Elementos: estufas", "Elements: heaters"), amount: euros("30") },
            ]
          : [],
      exemptions: [s("Les entitats sense ànim de lucre, per a un acte benèfic", "Las entidades sin ánimo de lucro, para un acto benéfico", "Non-profit bodies, for a charity event")],
      when: due.is === "unknown" ? "before" : "later",
      paid: null,
    },
    header: CARD,
  };
}

function checkFile(s: Say, check: Extract<Screen, { is: "check-file" }>["check"]): Scene {
  return {
    screen: { is: "check-file", document: s("Permís de circulació del vehicle", "Permiso de circulación del vehículo", "Vehicle registration document"), name: "permis-circulacio.pdf", size: "1,2 MB", pages: 3, check },
    header: CARD,
  };
}

type PinScreen = Extract<Screen, { is: "pin" }>;
type PinChange = Partial<Pick<PinScreen, "stage" | "typed" | "notice">> & Partial<PinProfile> & { purpose?: PinPurpose };

function pin(s: Say, { stage = "entry", typed = 0, notice = null, purpose, ...profile }: PinChange): Scene {
  const kind = profile.kind ?? "dnie-pin";
  return {
    screen: {
      is: "pin",
      purpose: purpose ?? { is: "sign", document: procedure(s) },
      profile: { kind, min: 8, max: 16, tries: { is: "count", left: 3 }, ...profile },
      stage,
      typed,
      notice,
    },
    header: purpose ? {} : kind === "dnie-pin" ? CARD : kind === "token-pin" ? TOKEN : STICK,
  };
}

const left = (tries: number) => ({ is: "count", left: tries }) as const;
const PASSWORD = { kind: "password", min: 0, max: 128, tries: { is: "untold" } } as const;
const OPEN = { ...PASSWORD, purpose: { is: "open", file: "certificat-amparo-marti.p12" } } as const;
const TOKEN_PIN = { kind: "token-pin", min: 4, max: 8 } as const;

function card(s: Say, stage: CardStage, rest: { otherMeans?: boolean; header?: Partial<Header> } = {}): Scene {
  return { screen: { is: "card", stage, procedure: procedure(s), otherMeans: rest.otherMeans ?? true }, header: rest.header };
}

const cardFault = (s: Say, code: string, act: "retry" | "means") => card(s, { is: "fault", fault: { code, act, args: [] } });

function certificateFiles(state: Extract<Screen, { is: "certificate-files" }>["state"], files: FileRow[] = [], code?: string): Scene {
  const act = code?.startsWith("other-certificate.") ? "means" : "retry";
  return { screen: { is: "certificate-files", state, files, fault: code ? { code, act, args: [] } : null }, busy: state === "looking" };
}

function certificateRows(s: Say): CertificateRow[] {
  const holder = { name: "Amparo Martí Soler", maskedNif: "***4567**" };
  return [
    { id: "c1", ...holder, company: null, issuer: "FNMT-RCM", expires: s("12 de març de 2027", "12 de marzo de 2027", "12 March 2027") },
    { id: "c2", ...holder, company: "Forn i Pastisseria Martí i Fills, SL", issuer: "FNMT-RCM", expires: s("3 de maig de 2026", "3 de mayo de 2026", "3 May 2026") },
    { id: "c3", ...holder, company: null, issuer: "ACCV", expires: s("9 de gener de 2024", "9 de enero de 2024", "9 January 2024") },
  ];
}

function certificates(s: Say, how: { many: boolean; missing?: boolean; means?: "stick" | "token" }): Scene {
  const [mine, company, old] = certificateRows(s);
  if (!mine || !company || !old) throw new Error("three certificates");
  return {
    screen: {
      is: "certificates",
      means: how.means ?? "stick",
      certificates: how.many ? [mine, company] : [mine],
      unusable: how.many ? [{ certificate: old, fault: { code: "other-certificate.expired", act: "means", args: [] } }] : [],
      chosen: how.many ? null : mine.id,
      choiceMissing: how.missing ?? false,
    },
  };
}

function sign(s: Say, missing: boolean): Scene {
  return {
    screen: {
      is: "sign",
      document: procedure(s),
      pages: 2,
      fingerprint: "3F9A C04E",
      unit: s("Padró d'Habitants", "Padrón de Habitantes", "Residents' register"),
      holder: "Amparo Martí Soler",
      company: null,
      means: "dnie",
      declarations: [
        { id: "veracitat", text: s("Declare que les dades són certes.", "Declaro que los datos son ciertos.", "I declare that the data are true."), ticked: missing },
        { id: "viure", text: s("Declare que visc en l'adreça que he escrit.", "Declaro que vivo en la dirección que he escrito.", "I declare that I live at the address I typed."), ticked: false },
      ],
      declarationsMissing: missing,
    },
    header: CARD,
  };
}

const RECEIPT = { number: "2026-E-000 123", csv: "K7QM 2XR9 4TNA 8WPD", fingerprint: "3F9A C04E", time: "18:05:31", saved: false, printed: false };

function date(s: Say) {
  return s("12 de març de 2026", "12 de marzo de 2026", "12 March 2026");
}

function receipt(s: Say, printed: boolean): Scene {
  return {
    screen: {
      is: "receipt",
      ...RECEIPT,
      date: date(s),
      effective: null,
      unit: s("Padró d'Habitants", "Padrón de Habitantes", "Residents' register"),
      due: s("12 de juny de 2026", "12 de junio de 2026", "12 June 2026"),
      silence: "silence-positive",
      printed,
    },
    header: { ...CARD, canGoBack: false },
  };
}

function sending(done: 0 | 1 | 2): Scene {
  const state = (at: number) => (at < done ? "done" : at === done ? "now" : "waiting");
  return {
    screen: { is: "sending", steps: [{ what: "signed", state: state(0) }, { what: "stored", state: state(1) }, { what: "registered", state: state(2) }], cardMayLeave: done > 0 },
    header: { ...CARD, canGoBack: false },
  };
}

/** The same screen when the person is known by a certificate from a stick. */
function byStick(scene: Scene): Scene {
  const screen: Screen = scene.screen.is === "sign" ? { ...scene.screen, means: "stick", company: "Forn i Pastisseria Martí i Fills, SL" } : scene.screen;
  return { ...scene, screen, header: { ...scene.header, ...STICK } };
}

const home = (s: Say): Scene => ({ screen: { is: "home", popular: rows(s) } });

/** Screens by themselves. */
const SCREENS = {
  welcome: () => ({ screen: { is: "welcome" }, header: { procedure: null, canGoBack: false, canEnd: false } }),
  home: (s) => ({ ...home(s), header: { procedure: null } }),
  "home-offline": (s) => ({ ...home(s), band: "offline", header: { procedure: null } }),
  topics: (s) => ({ screen: { is: "topics", by: "topic", topics: tiles(s, TOPICS) }, header: { procedure: null } }),
  wishes: (s) => ({ screen: { is: "topics", by: "wish", topics: tiles(s, WISHES) }, header: { procedure: null } }),
  search: (s) => found(s, ""),
  "search-found": (s) => found(s, s("canviar de casa", "cambiar de casa", "moving home")),
  "search-none": (s) => ({
    screen: { is: "search", typed: "xqzwkjh", maxChars: 100, found: [], instead: { topics: tiles(s, TOPICS).slice(0, 4), general: rows(s)[3] ?? null } },
    header: { procedure: null },
  }),
  procedures: (s) => ({ screen: { is: "procedures", topic: s("Padró d'habitants", "Padrón de habitantes", "Residents' register"), procedures: rows(s) }, header: { procedure: null } }),
  sheet: (s) => sheet(s),
  "sheet-more": (s) => sheet(s, { more: more(s) }),
  "sheet-closed": (s) =>
    sheet(s, {
      tag: { possible: "information-only", why: ["closed"] },
      notice: { text: s("Una vegada a l’any, al maig.", "Una vez al año, en mayo.", "Once a year, in May."), dates: s("Es podrà presentar del 1 de maig de 2027 al 31 de maig de 2027.", "Se podrá presentar del 1 de mayo de 2027 al 31 de mayo de 2027.", "It can be handed in from 1 May 2027 to 31 May 2027.") },
    }),
  "sheet-suspended": (s) =>
    sheet(s, {
      tag: { possible: "information-only", why: ["suspended"] },
      notice: { text: s("Estem canviant el padró de programa.", "Estamos cambiando el padrón de programa.", "We are moving the register to another program."), dates: null },
      requirements: [],
      related: [],
    }),
  "card-insert": (s) => card(s, { is: "insert", card: "dnie", elsewhere: false }),
  "card-elsewhere": (s) => card(s, { is: "insert", card: "dnie", elsewhere: true }),
  "card-again": (s) => card(s, { is: "insert", card: "contactless", elsewhere: false }),
  "card-token": (s) => card(s, { is: "insert", card: "token", elsewhere: false }),
  "card-reading": (s) => card(s, { is: "reading" }),
  "card-can": (s) => card(s, { is: "can", typed: "1234", notice: null }),
  "card-can-wrong": (s) => card(s, { is: "can", typed: "", notice: "wrong" }),
  "card-can-compare": (s) => card(s, { is: "can", typed: "", notice: "compare" }),
  "card-can-short": (s) => card(s, { is: "can", typed: "123", notice: "too-short" }),
  "card-ready": (s) => card(s, { is: "ready", name: "Amparo Martí Soler", maskedNif: "***4567**" }, { otherMeans: false, header: CARD }),
  "card-fault": (s) => cardFault(s, "card.mute", "retry"),
  "card-not-dnie": (s) => cardFault(s, "card.not-dnie", "means"),
  "card-minor": (s) => cardFault(s, "card.no-signature-certificate", "means"),
  "card-token-none": (s) => cardFault(s, "token.no-certificate", "means"),
  means: () => ({ screen: { is: "means", ways: ["dnie", "stick", "token", "nothing"] } }),
  "means-few": () => ({ screen: { is: "means", ways: ["dnie", "nothing"] } }),
  "no-means": () => ({ screen: { is: "no-means" } }),
  "p12-looking": () => certificateFiles("looking"),
  "p12-files": (s) =>
    certificateFiles("found", [
      { id: "p1", name: "certificat-amparo-marti.p12", size: "6 kB", date: s("3 de maig de 2025", "3 de mayo de 2025", "3 May 2025") },
      { id: "p2", name: "MARTI_SOLER_AMPARO___12345678Z.pfx", size: "4 kB", date: null },
    ]),
  "p12-no-stick": () => certificateFiles("no-stick"),
  "p12-nothing": () => certificateFiles("nothing-on-stick"),
  "p12-unknown": () => certificateFiles("nothing-found"),
  "p12-malformed": () => certificateFiles("found", [], "keystore.damaged"),
  "p12-expired": () => certificateFiles("found", [], "other-certificate.expired"),
  "password-open": (s) => pin(s, OPEN),
  "password-wrong": (s) => pin(s, { ...OPEN, notice: "wrong" }),
  "password-erased": (s) => pin(s, { ...OPEN, notice: "erased" }),
  "password-long": (s) => pin(s, { ...OPEN, typed: 40 }),
  "password-opening": (s) => pin(s, { ...OPEN, stage: "working", typed: 9 }),
  "certificate-one": (s) => certificates(s, { many: false }),
  "certificate-many": (s) => certificates(s, { many: true }),
  "certificate-missing": (s) => certificates(s, { many: true, missing: true, means: "token" }),
  "before-start": (s) => ({
    screen: {
      is: "before-start",
      notices: [
        { label: "before-controller", text: s("Ajuntament de Vallclara", "Ayuntamiento de Vallclara", "Vallclara Town Hall") },
        { label: "before-purpose", text: s("Tramitar la sol·licitud i mantindre el padró.", "Tramitar la solicitud y mantener el padrón.", "To deal with your application and keep the register.") },
        { label: "before-basis", text: s("Una obligació legal: la Llei 7/1985.", "Una obligación legal: la Ley 7/1985.", "A legal obligation: Law 7/1985.") },
        { label: "before-rights", text: s("Pot accedir a les dades, corregir-les o suprimir-les. Demane-ho al taulell.", "Puede acceder a los datos, corregirlos o suprimirlos. Pídalo en el mostrador.", "You may see, correct or delete your data. Ask at the counter.") },
      ],
      lookups: [
        { text: s("Les seues dades d’identitat, en la Direcció General de la Policia", "Sus datos de identidad, en la Dirección General de la Policía", "Your identity details, at the police"), basis: "objection", asked: true },
        { text: s("La seua renda, en l’Agència Tributària", "Su renta, en la Agencia Tributaria", "Your income, at the tax agency"), basis: "consent", asked: true },
      ],
      quietSeconds: 90,
      draft: null,
      draftChange: null,
    },
    header: CARD,
  }),
  "form-fixed": (s) =>
    form(s("Qui ho demana?", "¿Quién lo pide?", "Who is applying?"), 1, [
      field("nom", s("Nom", "Nombre", "First name"), { value: "Amparo", source: "source-card", editable: false }),
      field("telefon", s("Telèfon", "Teléfono", "Telephone"), { control: text({ maxChars: 16, keys: "digits", capitals: "none" }), optional: true }),
      field("correu", s("Correu electrònic", "Correo electrónico", "E-mail"), { control: text({ maxChars: 254, keys: "email", capitals: "none" }), optional: true, value: "amparo@" }),
      field("nif", "NIF", { control: text({ maxChars: 9, keys: "letters", capitals: "all" }), value: "12345678Z", source: "source-card" }),
    ]),
  "form-text": (s) => form(s("Quina és l'adreça nova?", "¿Cuál es la dirección nueva?", "What is the new address?"), 3, addressFields(s, false)),
  "form-faults": (s) => form(s("Quina és l'adreça nova?", "¿Cuál es la dirección nueva?", "What is the new address?"), 3, addressFields(s, true), { showFaults: true }),
  "form-date": (s) =>
    form(s("Des de quan viu ahí?", "¿Desde cuándo vive ahí?", "Since when have you lived there?"), 4, [
      field("data", s("Data de la mudança", "Fecha de la mudanza", "Date of the move"), { control: { is: "date" }, value: "5/3/", fault: null }),
    ]),
  "form-choice": (s) =>
    form(s("Amb quin document ho justifica?", "¿Con qué documento lo justifica?", "Which document proves it?"), 5, [
      field("titol", s("Document", "Documento", "Document"), {
        control: {
          is: "choice",
          options: [
            { id: "lloguer", label: s("Contracte de lloguer", "Contrato de alquiler", "Lease") },
            { id: "escriptura", label: s("Escriptura de propietat", "Escritura de propiedad", "Deed of ownership") },
            { id: "autoritzacio", label: s("Autorització de qui ja hi viu", "Autorización de quien ya vive ahí", "Permission of whoever lives there") },
            { id: "altre", label: s("Un altre", "Otro", "Another") },
          ],
        },
        value: "lloguer",
      }),
    ]),
  "form-long-choice": (s) =>
    form(s("De quin municipi ve?", "¿De qué municipio viene?", "Which town do you come from?"), 2, [
      field("municipi", s("Municipi", "Municipio", "Town"), {
        control: { is: "choice", options: ["Alaquàs", "Albal", "Aldaia", "Alboraia", "Burjassot", "Catarroja", "Manises", "Mislata", "Paiporta", "Paterna", "Picanya", "Quart de Poblet", "Torrent", "València", "Xirivella"].map((label) => ({ id: label.toLowerCase(), label })) },
      }),
    ]),
  "form-document": (s) =>
    form(s("Contracte de lloguer", "Contrato de alquiler", "Lease"), 6, [
      field("contracte", s("Contracte de lloguer", "Contrato de alquiler", "Lease"), {
        control: {
          is: "document",
          files: [
            { id: "f1", name: "contracte-lloguer-2026.pdf", size: "1,2 MB", date: null },
            { id: "f2", name: "IMG_2042.jpg", size: "3,8 MB", date: date(s) },
          ],
          kinds: "PDF, JPG, PNG",
          maxMb: 10,
          further: false,
        },
        value: "f1",
      }),
      field("dni", s("Còpia del DNI de qui ho autoritza", "Copia del DNI de quien lo autoriza", "Copy of the DNI of whoever allows it"), { control: { is: "document", files: [], kinds: "PDF, JPG, PNG", maxMb: 5, further: true }, optional: true }),
    ]),
  "form-document-refused": (s) =>
    form(s("Document: contracte de lloguer", "Documento: contrato de alquiler", "Document: lease"), 6, [
      field("contracte", s("Contracte de lloguer", "Contrato de alquiler", "Lease"), {
        control: { is: "document", files: [{ id: "f1", name: "contracte-lloguer-2026.pdf", size: "14,2 MB", date: null }], kinds: "PDF", maxMb: 10, further: false },
        fault: { code: "file.too-big", text: s("El fitxer pesa 15 MB. El màxim és 10 MB.", "El archivo pesa 15 MB. El máximo es 10 MB.", "The file is 15 MB. The limit is 10 MB.") },
      }),
    ]),
  documents: (s) => documents(s, false),
  "documents-missing": (s) => documents(s, true),
  fee: (s) => fee(s, { is: "amount", amount: s("93,00 €", "93,00 €", "€93.00") }),
  "fee-exempt": (s) => fee(s, { is: "exempt", text: s("Les entitats sense ànim de lucre, per a un acte benèfic", "Las entidades sin ánimo de lucro, para un acto benéfico", "Non-profit bodies, for a charity event") }),
  "fee-unknown": (s) => fee(s, { is: "unknown" }),
  "check-file": (s) => checkFile(s, { is: "shown", images: [PAGE, PAGE] }),
  "check-making": (s) => checkFile(s, { is: "making" }),
  "check-not-shown": (s) => checkFile(s, { is: "not-shown" }),
  "form-long": (s) =>
    form(s("Vol explicar alguna cosa més?", "¿Quiere explicar algo más?", "Would you like to add anything?"), 7, [
      field("expose", s("Explicació", "Explicación", "Explanation"), { control: { is: "long-text", maxChars: 100 }, optional: true, value: "La mudança va ser a poqueta nit, i no vaig poder vindre abans a comunicar-la a l'Ajuntament." }),
      field("declara", s("Vull rebre els avisos en valencià.", "Quiero recibir los avisos en valenciano.", "I want to receive notices in Valencian."), { control: { is: "consent" }, optional: true }),
    ]),
  ...FORM_SCENES,
  review: (s) => ({ screen: { is: "review", sections: sections(s), pages: [PAGE], documentShown: false }, header: CARD }),
  "review-document": (s) => ({ screen: { is: "review", sections: sections(s), pages: [PAGE, PAGE], documentShown: true }, header: CARD }),
  "sign-stick": (s) => byStick(sign(s, false)),
  sign: (s) => sign(s, false),
  "sign-missing": (s) => sign(s, true),
  "pin-checking": (s) => pin(s, { stage: "checking", tries: { is: "untold" } }),
  pin: (s) => pin(s, { typed: 5 }),
  "pin-wrong": (s) => pin(s, { tries: left(2), notice: "wrong" }),
  "pin-short": (s) => pin(s, { typed: 5, notice: "too-short" }),
  "pin-maybe-spent": (s) => pin(s, { tries: left(2), notice: "maybe-spent" }),
  "pin-last": (s) => pin(s, { stage: "last-try", tries: left(1) }),
  "pin-last-maybe": (s) => pin(s, { stage: "last-try", tries: left(1), notice: "maybe-spent" }),
  "pin-blocked": (s) => pin(s, { stage: "blocked", tries: left(0) }),
  "pin-working": (s) => pin(s, { stage: "working", typed: 8 }),
  "token-pin": (s) => pin(s, { ...TOKEN_PIN, tries: { is: "few" }, typed: 4 }),
  "token-wrong": (s) => pin(s, { ...TOKEN_PIN, tries: { is: "few" }, notice: "wrong" }),
  "token-last": (s) => pin(s, { ...TOKEN_PIN, stage: "last-try", tries: { is: "last" } }),
  "token-blocked": (s) => pin(s, { ...TOKEN_PIN, stage: "blocked", tries: { is: "blocked" } }),
  "password-sign": (s) => pin(s, PASSWORD),
  "password-signing": (s) => pin(s, { ...PASSWORD, stage: "working", typed: 9 }),
  sending: () => sending(1),
  "sending-stick": () => byStick(sending(1)),
  receipt: (s) => receipt(s, false),
  "receipt-printed": (s) => receipt(s, true),
  provisional: (s) => ({
    screen: { is: "provisional", evidence: "0190 7c3e 8a41 7d02 9f6b 3c55 e1d0 2a77", date: date(s), time: "18:05:31", fingerprint: "3F9A C04E", reason: "provisional-offline", saved: false, printed: false },
    header: { ...CARD, canGoBack: false },
    band: "offline",
  }),
  "output-working": () => ({ screen: { is: "output", how: "print", state: { is: "working" }, provisional: false }, header: { canGoBack: false } }),
  "output-done": () => ({ screen: { is: "output", how: "print", state: { is: "done" }, provisional: true }, header: { canGoBack: false } }),
  "output-failed": () => ({ screen: { is: "output", how: "save", state: { is: "failed", fault: { code: "save.no-stick", act: "retry", args: [] } }, provisional: false } }),
  leaving: () => ({ screen: { is: "leaving", card: true, stick: false, paper: true }, header: { procedure: null, canGoBack: false, canEnd: false } }),
  "leaving-stick": () => ({ screen: { is: "leaving", card: false, stick: true, paper: true }, header: { procedure: null, canGoBack: false, canEnd: false } }),
  "leaving-clean": () => ({ screen: { is: "leaving", card: false, stick: false, paper: false }, header: { procedure: null, canGoBack: false, canEnd: false } }),
  "out-of-service": () => ({ screen: { is: "out-of-service", fault: { code: "catalogue.failed", act: "end", args: [] } }, header: { procedure: null, canGoBack: false, canEnd: false } }),
} satisfies Record<string, (s: Say) => Scene>;

/** Screens with something before them, or changed. */
const COVERED = {
  "before-start-draft": (s) => beforeStart(s, { draft: date(s) }),
  "before-start-migrated": (s) => beforeStart(s, { draft: date(s), draftChange: "migrated" }),
  "before-start-ended": (s) => beforeStart(s, { draftChange: "ended" }),
  help: (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "help" } }),
  settings: (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "settings" } }),
  "more-time": (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "more-time", seconds: 30 } }),
  "card-removed": (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "card-removed", seconds: 20, otherCard: false, fault: null } }),
  "other-card": (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "card-removed", seconds: 12, otherCard: true, fault: null } }),
  "card-back-elsewhere": (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "card-removed", seconds: 12, otherCard: false, fault: { code: "card.wrong-reader", act: "retry", args: [] } } }),
  "help-can": (s) => ({ ...SCREENS["card-can"](s), overlay: { is: "help" } }),
  "help-password": (s) => ({ ...SCREENS["password-open"](s), overlay: { is: "help" } }),
  hidden: (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "hidden" } }),
  "confirm-end": (s) => ({ ...SCREENS["form-text"](s), overlay: { is: "confirm-end" } }),
  fault: (s) => ({ ...SCREENS.sign(s), overlay: { is: "fault", fault: { code: "signature.failed", act: "retry", args: [] } } }),
} satisfies Record<string, (s: Say) => Scene>;

function beforeStart(s: Say, change: Partial<Extract<Screen, { is: "before-start" }>>): Scene {
  const scene: Scene = SCREENS["before-start"](s);
  return scene.screen.is === "before-start" ? { ...scene, screen: { ...scene.screen, ...change } } : scene;
}

/** The scenes by name. */
const SCENES = { ...SCREENS, ...COVERED };

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];

/** A whole view of a scene. */
export function viewOf(name: SceneName, language: Language, change: Partial<SessionView> = {}): SessionView {
  const s = sayIn(language);
  const scene: Scene = SCENES[name](s);
  return {
    revision: 1,
    language,
    preferences: { text: "normal", theme: "clar", lowScreen: false, moreTime: false },
    header: {
      council: s("Ajuntament de Vallclara", "Ayuntamiento de Vallclara", "Vallclara Town Hall"),
      procedure: procedure(s),
      holder: null,
      means: null,
      date: date(s),
      time: "18:05",
      demonstration: false,
      canGoBack: true,
      canEnd: true,
      ...scene.header,
    },
    band: scene.band ?? null,
    screen: scene.screen,
    overlay: scene.overlay ?? null,
    busy: scene.busy ?? false,
    ...change,
  };
}
