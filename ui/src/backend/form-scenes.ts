/** The form's controls and lists in their states. */
import type { FieldView, ItemRow, Screen } from "../bindings";
import { CARD, field, form, text, type Say, type Scene } from "./scene-kit";

const ELEMENTS: [id: string, va: string, es: string, en: string][] = [
  ["umbrellas", "Para-sols", "Sombrillas", "Sunshades"],
  ["heaters", "Estufes", "Estufas", "Heaters"],
  ["planters", "Jardineres", "Jardineras", "Planters"],
];

function multiple(s: Say, value: string, faulty = false): Scene {
  const elements = field("elements", s("Altres elements", "Otros elementos", "Other elements"), {
    control: {
      is: "multiple",
      options: ELEMENTS.map(([id, ...label]) => ({ id, label: s(...label) })),
      none: { id: "none", label: s("Cap d’estes", "Ninguna de estas", "None of these") },
    },
    value,
    fault: faulty ? { code: "field.multiple", text: s("Marque alguna opció en «Altres elements», o l’última.", "Marque alguna opción en «Otros elementos», o la última.", "Tick an option in “Other elements”, or the last one.") } : null,
  });
  return form(s("Quins altres elements vol posar?", "¿Qué otros elementos quiere poner?", "What else do you want to put there?"), 5, [elements], { showFaults: faulty });
}

function figures(s: Say, known: boolean): Scene {
  const amount = (unit: string) => text({ maxChars: 20, keys: "digits", capitals: "none", unit });
  return form(s("Quant d’espai i quants diners són?", "¿Cuánto espacio y cuánto dinero son?", "How much space and how much money?"), 4, [
    field("length", s("Superfície", "Superficie", "Area"), { control: amount("m²"), value: known ? "12,5" : "" }),
    field("cost", s("Pressupost", "Presupuesto", "Budget"), { control: amount("€"), value: known ? "1234,50" : "" }),
    field("share", s("Part que paga", "Parte que paga", "Share that you pay"), { control: amount("%"), optional: true }),
    field("total", s("Taxa", "Tasa", "Fee"), { control: { is: "computed" }, value: known ? s("154,31 €", "154,31 €", "€154.31") : "" }),
  ]);
}

function street(s: Say, value: string, suggestions: string[]): Scene {
  return form(s("Quina és l’adreça?", "¿Cuál es la dirección?", "What is the address?"), 3, [
    field("street", s("Carrer, plaça o avinguda", "Calle, plaza o avenida", "Street, square or avenue"), { control: { is: "street", maxChars: 100, suggestions }, value, hint: s("Per exemple, carrer Major", "Por ejemplo, calle Mayor", "For example, calle Mayor") }),
    field("number", s("Número", "Número", "Number"), { control: text({ maxChars: 12 }), hint: s("Si no en té, escriga s/n.", "Si no tiene, escriba s/n.", "If it has none, type s/n.") }),
    field("postal-code", s("Codi postal", "Código postal", "Postal code"), { control: text({ maxChars: 10, keys: "digits", capitals: "none" }) }),
  ]);
}

function codes(s: Say): FieldView[] {
  const code = (id: string, label: string, groups: number[], value: string, rest: Partial<FieldView> = {}) =>
    field(id, label, { control: text({ maxChars: 50, capitals: "all", groups }), value, ...rest });
  return [
    code("iban", s("Compte bancari", "Cuenta bancaria", "Bank account"), [4], "ES9121000418450200051332", { source: "source-session" }),
    code("cadastral", s("Referència cadastral", "Referencia catastral", "Cadastral reference"), [7, 7, 4, 2], "9872023VH5797S0001WX"),
    field("phone", s("Telèfon", "Teléfono", "Phone"), { control: text({ maxChars: 30, keys: "digits", capitals: "none", groups: [3] }), value: "+34600123456", optional: true }),
    field("income", s("Ingressos de tot l’any", "Ingresos de todo el año", "Income in the whole year"), { control: text({ maxChars: 20, keys: "digits", capitals: "none", unit: "€" }), value: "9600,00", sensitive: true }),
  ];
}

function offered(s: Say, many: boolean): Scene {
  const offer = (value: string) => ({ value, text: value });
  return form(s("A quina adreça li escrivim?", "¿A qué dirección le escribimos?", "What address should we write to?"), 6, [
    field("notify-street", s("Carrer i número", "Calle y número", "Street and number"), { offer: offer("Carrer de la Sèquia de Favara, 14") }),
    field("notify-door", s("Pis i porta", "Piso y puerta", "Floor and door"), { optional: true, offer: many ? offer("3r, 6a") : null }),
    field("notify-postal-code", s("Codi postal", "Código postal", "Postal code"), { control: text({ maxChars: 10, keys: "digits", capitals: "none" }), offer: many ? offer("46920") : null }),
  ]);
}

function doubtful(s: Say): Scene {
  const meant = "amparo@gmail.com";
  return form(
    s("Com li podem avisar?", "¿Cómo le podemos avisar?", "How can we reach you?"),
    5,
    [
      field("email", s("Correu electrònic", "Correo electrónico", "E-mail"), {
        control: text({ maxChars: 254, keys: "email", capitals: "none" }),
        optional: true,
        value: "amparo@gmial.com",
        doubt: { code: "doubt.email", meant, text: s(`Mire bé l’adreça: potser volia escriure «${meant}».`, `Mire bien la dirección: quizá quería escribir «${meant}».`, `Check the address: perhaps you meant “${meant}”.`) },
      }),
    ],
    { showFaults: true },
  );
}

function consents(s: Say): Scene {
  const consent = (id: string, va: string, es: string, en: string) => field(id, s(va, es, en), { control: { is: "consent" }, optional: true });
  return form(
    s("Dades que consultarem", "Datos que consultaremos", "Data that we will look up"),
    6,
    [
      consent("padro", "M’opose que consulten el padró d’habitants.", "Me opongo a que consulten el padrón de habitantes.", "I object to your looking up the residents’ register."),
      consent("renda", "Consent que consulten la meua renda en l’Agència Tributària.", "Consiento que consulten mi renta en la Agencia Tributaria.", "I agree that you look up my income at the Tax Agency."),
    ],
    { help: s("Així no cal que porte els papers.", "Así no hace falta que traiga los papeles.", "This way you need not bring the papers.") },
  );
}

type ItemsScreen = Extract<Screen, { is: "items" }>;

function items(s: Say, rows: Partial<ItemRow>[], rest: Partial<ItemsScreen> = {}): Scene {
  const name = (number: number) => s(`Persona ${number}`, `Persona ${number}`, `Person ${number}`);
  return {
    screen: {
      is: "items",
      page: "people",
      step: 4,
      steps: 7,
      heading: s("Quantes persones són, sense comptar-lo a vosté?", "¿Cuántas personas son, sin contarle a usted?", "How many people are there, not counting you?"),
      help: null,
      rows: rows.map((row, at) => ({ number: at + 1, name: name(at + 1), line: null, complete: true, fault: null, ...row })),
      min: 1,
      max: 12,
      next: name(rows.length + 1),
      removing: null,
      fault: null,
      showFaults: false,
      ...rest,
    },
    header: CARD,
  };
}

const PEOPLE = [{ line: "Núria · Peris i Martí" }, { line: "Nguyễn Thị Minh · Peris" }];

export const FORM_SCENES = {
  "form-multiple": (s) => multiple(s, "umbrellas,planters"),
  "form-multiple-none": (s) => multiple(s, "none"),
  "form-multiple-faults": (s) => multiple(s, "", true),
  "form-figures": (s) => figures(s, true),
  "form-figures-unknown": (s) => figures(s, false),
  "form-time": (s) =>
    form(s("Quin horari tindrà la terrassa?", "¿Qué horario tendrá la terraza?", "What hours will the terrace have?"), 5, [
      field("hours-from", s("Hora d’obrir", "Hora de abrir", "Opening time"), { control: { is: "time" }, value: "09:30" }),
      field("hours-to", s("Hora de tancar", "Hora de cerrar", "Closing time"), { control: { is: "time" } }),
    ]),
  "form-street": (s) =>
    street(s, "ma", [s("carrer Major", "calle Mayor", "calle Mayor"), s("carrer de Manises", "calle de Manises", "calle de Manises"), s("carrer del Mar Mediterrani", "calle del Mar Mediterráneo", "calle del Mar Mediterráneo"), s("plaça Major", "plaza Mayor", "plaza Mayor"), s("carrer de Maria Ros", "calle de María Ros", "calle de María Ros"), s("carrer de Massanassa", "calle de Massanassa", "calle de Massanassa"), s("avinguda de la Mare de Déu", "avenida de la Virgen", "avenida de la Virgen")]),
  "form-codes": (s) => form(s("Quins són els números?", "¿Cuáles son los números?", "What are the numbers?"), 4, codes(s)),
  "form-offer": (s) => offered(s, false),
  "form-offers": (s) => offered(s, true),
  "form-doubt": (s) => doubtful(s),
  "form-consents": (s) => consents(s),
  "form-item": (s) =>
    form(
      s("Persona 2: qui és?", "Persona 2: ¿quién es?", "Person 2: who is it?"),
      4,
      [
        field("people-2-person-name", s("Nom", "Nombre", "Given name"), { value: "Nguyễn Thị Minh" }),
        field("people-2-person-surnames", s("Cognoms", "Apellidos", "Surnames"), { value: "Peris" }),
        field("people-2-birth", s("Data de naixement", "Fecha de nacimiento", "Date of birth"), { control: { is: "date" }, value: "5/3/2015" }),
      ],
      { part: { at: 1, of: 2 }, steps: 26 },
    ),
  "items-none": (s) => items(s, []),
  "items-may-be-none": (s) => items(s, [], { min: 0 }),
  items: (s) => items(s, PEOPLE),
  "items-unfinished": (s) => items(s, [PEOPLE[0] ?? {}, { complete: false }]),
  "items-full": (s) => items(s, PEOPLE, { min: 0, max: 2, next: null }),
  "items-faults": (s) =>
    items(s, [PEOPLE[0] ?? {}, { complete: false, fault: { code: "items.incomplete", text: s("Complete les respostes de «Persona 2» o lleve-les de la llista.", "Complete las respuestas de «Persona 2» o quítelas de la lista.", "Finish the answers about “Person 2”, or take them off the list.") } }], {
      showFaults: true,
      fault: { code: "field.check", text: s("Les persones de 18 anys o més han de tindre un document.", "Las personas de 18 años o más deben tener un documento.", "People aged 18 or over must have a document.") },
    }),
  "items-remove": (s) => items(s, PEOPLE, { removing: { number: 2, name: s("Persona 2", "Persona 2", "Person 2"), line: "Nguyễn Thị Minh · Peris", complete: true, fault: null } }),
} satisfies Record<string, (s: Say) => Scene>;
