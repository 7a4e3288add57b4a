//! A citizen at a kiosk without window: what the page would ask for, one intent after another.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use finestreta_lib::config::Config;
use finestreta_lib::windowless;
use journeys::answers::{OwnKnown, papers};
use journeys::place;
use journeys::stage::Windowless;
use procedures::content::Mime;
use procedures::{Answers, Field, FieldKind, Procedure, Way};
use session::view::{Control, FieldView, MeansWay, Screen};
use session::{Intent, SessionView};
use testkit::card::PersonaSpec;

/// Longest wait for what a machine under load does.
const PATIENCE: Duration = Duration::from_secs(120);
const PASSWORD: &str = "contrasenya de proves";

/// Somebody with a certificate in a file.
pub struct Person {
    spec: PersonaSpec,
    file: Vec<u8>,
}

impl Person {
    pub fn of(stage: &Windowless, spec: &PersonaSpec) -> anyhow::Result<Self> {
        let file = stage.town().certificate_file(spec, PASSWORD, stage.directory())?;
        Ok(Self { spec: spec.clone(), file })
    }

    pub fn nif(&self) -> &str {
        &self.spec.holder.nif
    }

    pub fn known(&self) -> OwnKnown {
        OwnKnown::of(&self.spec)
    }
}

/// What was filed.
pub struct Filed {
    pub number: String,
    /// As typed.
    pub answers: Answers,
    /// What went with it, in order; nothing for a picture, of which the kiosk makes a page.
    pub attached: Vec<Option<Vec<u8>>>,
}

/// A kiosk at which the person is known from the first filing on.
pub struct Kiosk {
    kiosk: windowless::Kiosk,
}

impl Kiosk {
    pub fn open(stage: &Windowless, name: &str, person: &Person) -> anyhow::Result<Self> {
        let configuration = stage.kiosk(name)?;
        let files = configuration.with_file_name("files");
        fs::write(files.join("certificat.p12"), &person.file)?;
        for (name, _, content) in papers() {
            fs::write(files.join(name), content)?;
        }
        let kiosk = windowless::Kiosk::open(&Config::read(&configuration)?, &place::program("finestreta")?)?;
        kiosk.intend(Intent::ChooseLanguage { language: registry_api::Language::CaValencia });
        Ok(Self { kiosk })
    }

    pub fn close(self) {
        self.kiosk.close();
    }

    /// From the home screen to a number, and back.
    pub fn file(&mut self, procedure: &Procedure, answers: &Answers) -> anyhow::Result<Filed> {
        self.until("home", |screen| matches!(screen, Screen::Home { .. }).then_some(()))?;
        self.kiosk.intend(Intent::OpenProcedure { procedure: procedure.id.clone() });
        self.until("the sheet", |screen| matches!(screen, Screen::Sheet(_)).then_some(()))?;
        self.kiosk.intend(Intent::Continue);
        if self.until("the next screen", |screen| match screen {
            Screen::Card { .. } => Some(false),
            Screen::BeforeStart { .. } => Some(true),
            _ => None,
        })? {
            self.kiosk.intend(Intent::Continue);
        } else {
            self.says_who()?;
        }
        let attached = self.fills_in(procedure, answers)?;
        let number = self.signs()?;
        self.kiosk.intend(Intent::Another);
        Ok(Filed { number, answers: answers.clone(), attached })
    }

    fn says_who(&mut self) -> anyhow::Result<()> {
        self.kiosk.intend(Intent::OtherMeans);
        self.kiosk.intend(Intent::ChooseMeans { way: MeansWay::Stick });
        let file = self.until("the certificate's file", |screen| match screen {
            Screen::CertificateFiles(found) => found.files.first().map(|file| file.id.clone()),
            _ => None,
        })?;
        self.kiosk.intend(Intent::ChooseCertificateFile { file });
        self.until("the password", |screen| matches!(screen, Screen::Pin(_)).then_some(()))?;
        self.kiosk.type_secret(PASSWORD);
        self.until("the certificate", |screen| matches!(screen, Screen::Certificates(_)).then_some(()))?;
        self.kiosk.intend(Intent::Continue);
        self.until("what to know first", |screen| {
            matches!(screen, Screen::BeforeStart { .. }).then_some(())
        })?;
        self.kiosk.intend(Intent::Continue);
        Ok(())
    }

    /// Every page, and what was attached.
    fn fills_in(&mut self, procedure: &Procedure, answers: &Answers) -> anyhow::Result<Vec<Option<Vec<u8>>>> {
        let form = &procedure.form;
        let mut attached = BTreeMap::new();
        let mut before = None;
        loop {
            let asked = self.until("a page, a list of items or the review", |screen| {
                let asked = Asked::of(screen)?;
                (Some(&asked) != before.as_ref()).then_some(asked)
            })?;
            match &asked {
                Asked::Page(page) => {
                    self.answers_page(procedure, page, answers, &mut attached)?;
                    self.kiosk.intend(Intent::Continue);
                }
                Asked::Items { group, items } => {
                    let wanted = form.items(group, answers);
                    let intent = if *items < wanted { Intent::AddItem } else { Intent::Continue };
                    self.kiosk.intend(intent);
                }
                Asked::Documents => {
                    self.gives_documents(procedure, answers, &mut attached)?;
                    self.kiosk.intend(Intent::Continue);
                }
                Asked::Mending => bail!("after {before:?}: {:?}", self.kiosk.view().screen),
                Asked::Review => break,
            }
            before = Some(asked);
        }
        let all = form.all_fields().filter_map(|field| attached.remove(&field.id));
        Ok(all.collect())
    }

    /// Each document in its way (S18).
    fn gives_documents(
        &mut self,
        procedure: &Procedure,
        answers: &Answers,
        attached: &mut BTreeMap<String, Option<Vec<u8>>>,
    ) -> anyhow::Result<()> {
        for document in procedure.documents_asked(answers) {
            let chosen = document.how.and_then(|how| answers.get(how));
            let fields =
                document.page.map(|page| procedure.form.fields(&page.id, answers)).unwrap_or_default();
            let files: Vec<&Field> = fields
                .iter()
                .copied()
                .filter(|field| field.kind == FieldKind::Document && answers.contains_key(&field.id))
                .collect();
            let way = match chosen {
                Some(chosen) => document.ways.iter().copied().find(|way| way.answer() == chosen),
                None => document.ways.first().copied().filter(|_| !files.is_empty()),
            };
            let Some(way) = way else { continue };
            let code = document.rule.code.clone();
            self.kiosk.intend(Intent::GiveDocument { document: code, way: way.into() });
            if !matches!(way, Way::Attach | Way::Held) {
                continue;
            }
            self.until("the document's page", |screen| matches!(screen, Screen::Form(_)).then_some(()))?;
            for field in &files {
                let content = self.attaches(procedure, field, attached.len())?;
                attached.insert(field.id.clone(), content);
            }
            for field in
                fields.iter().filter(|field| way == Way::Held && Some(field.id.as_str()) != document.how)
            {
                if let Some(value) = answers.get(&field.id).filter(|_| field.kind != FieldKind::Document) {
                    self.kiosk.intend(Intent::Answer { field: field.id.clone(), value: value.clone() });
                }
            }
            // With its last file in, the page has closed by itself.
            if self.until("what follows", |screen| match screen {
                Screen::Form(_) => Some(true),
                Screen::Documents(_) => Some(false),
                _ => None,
            })? {
                self.kiosk.intend(Intent::Continue);
            }
            self.until("all documents", |screen| matches!(screen, Screen::Documents(_)).then_some(()))?;
        }
        Ok(())
    }

    fn answers_page(
        &mut self,
        procedure: &Procedure,
        page: &str,
        answers: &Answers,
        attached: &mut BTreeMap<String, Option<Vec<u8>>>,
    ) -> anyhow::Result<()> {
        for field in procedure.form.fields(page, answers) {
            if !field.editable || field.kind == FieldKind::Computed {
                continue;
            }
            let (id, answer) = (field.id.clone(), answers.get(&field.id));
            if field.kind == FieldKind::Document {
                if answer.is_some() {
                    let content = self.attaches(procedure, field, attached.len())?;
                    attached.insert(id, content);
                }
                continue;
            }
            let value = answer.cloned().unwrap_or_default();
            self.kiosk.intend(Intent::Answer { field: id.clone(), value });
            if field.kind == FieldKind::Email {
                // Whatever it looks like, it is theirs.
                self.kiosk.intend(Intent::Affirm { field: id });
            }
        }
        Ok(())
    }

    fn attaches(
        &mut self,
        procedure: &Procedure,
        field: &Field,
        place: usize,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let code = field.document.as_deref().context("a document without code")?;
        let rule = procedure.document(code).context("a document without rule")?;
        let fitting: Vec<_> =
            papers().into_iter().filter(|(_, kind, _)| rule.formats.contains(kind)).collect();
        ensure!(!fitting.is_empty(), "nothing on the stick is a {code}");
        let (name, kind, content) = fitting[place % fitting.len()].clone();
        let file = self.until("the file", |screen| match &view_of(screen, &field.id)?.control {
            Control::Document { files, .. } => {
                files.iter().find(|file| file.name == name).map(|file| file.id.clone())
            }
            _ => None,
        })?;
        self.kiosk.intend(Intent::Answer { field: field.id.clone(), value: file });
        let taken = self.until("a look at the file", |screen| match screen {
            Screen::CheckFile(_) => Some(Ok(())),
            other => view_of(other, &field.id)?.fault.as_ref().map(|fault| Err(fault.code.clone())),
        })?;
        taken.map_err(|code| anyhow::anyhow!("{}: {code}", field.id))?;
        self.kiosk.intend(Intent::Continue);
        self.until("what follows", |screen| {
            matches!(screen, Screen::Form(_) | Screen::Documents(_)).then_some(())
        })?;
        Ok(Some(content).filter(|_| kind != Mime::Png))
    }

    /// Review, declarations, password, number.
    fn signs(&mut self) -> anyhow::Result<String> {
        self.until("the document", |screen| match screen {
            Screen::Review { pages, .. } => (!pages.is_empty()).then_some(()),
            _ => None,
        })?;
        self.kiosk.intend(Intent::Continue);
        if self.until("the fee or what is signed", |screen| match screen {
            Screen::Fee(_) => Some(true),
            Screen::Sign { .. } => Some(false),
            _ => None,
        })? {
            self.kiosk.intend(Intent::Continue);
        }
        let declarations = self.until("what is signed", |screen| match screen {
            Screen::Sign { fingerprint, declarations, .. } if !fingerprint.is_empty() => {
                Some(declarations.iter().map(|declared| declared.id.clone()).collect::<Vec<_>>())
            }
            _ => None,
        })?;
        for id in declarations {
            self.kiosk.intend(Intent::Declare { id, ticked: true });
        }
        self.kiosk.intend(Intent::Continue);
        self.until("the password", |screen| matches!(screen, Screen::Pin(_)).then_some(()))?;
        self.kiosk.type_secret(PASSWORD);
        self.until("a number", |screen| match screen {
            // As printed, its figures are grouped.
            Screen::Receipt(receipt) => Some(Ok(receipt.number.replace(char::is_whitespace, ""))),
            Screen::Provisional(slip) => Some(Err(slip.reason.clone())),
            _ => None,
        })?
        .map_err(|reason| anyhow::anyhow!("no number: {reason}"))
    }

    /// Waits for a screen; what covers it, such as a fault, is told instead.
    fn until<T>(&mut self, what: &str, wanted: impl Fn(&Screen) -> Option<T>) -> anyhow::Result<T> {
        let found = self.kiosk.wait(PATIENCE, |view: &SessionView| match &view.overlay {
            Some(overlay) => Some(Err(format!("{overlay:?}"))),
            None => wanted(&view.screen).map(Ok),
        });
        match found {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(overlay)) => bail!("before {what}: {overlay}"),
            Err(late) => bail!("{what}: {late}, at {:?}", self.kiosk.view().screen),
        }
    }
}

/// What the kiosk asks for now.
#[derive(Debug, PartialEq)]
enum Asked {
    Page(String),
    Items {
        group: String,
        items: u32,
    },
    /// All documents (S18).
    Documents,
    /// Something is missing or wrong.
    Mending,
    Review,
}

impl Asked {
    fn of(screen: &Screen) -> Option<Self> {
        match screen {
            Screen::Form(form) if form.show_faults => Some(Self::Mending),
            Screen::Form(form) => Some(Self::Page(form.page.clone())),
            Screen::Items(items) if items.show_faults => Some(Self::Mending),
            Screen::Items(items) => Some(Self::Items {
                group: items.page.clone(),
                items: u32::try_from(items.rows.len()).unwrap_or(u32::MAX),
            }),
            Screen::Documents(documents) if documents.show_faults => Some(Self::Mending),
            Screen::Documents(_) => Some(Self::Documents),
            Screen::Review { .. } => Some(Self::Review),
            _ => None,
        }
    }
}

fn view_of<'a>(screen: &'a Screen, field: &str) -> Option<&'a FieldView> {
    match screen {
        Screen::Form(form) => form.fields.iter().find(|view| view.id == field),
        _ => None,
    }
}
