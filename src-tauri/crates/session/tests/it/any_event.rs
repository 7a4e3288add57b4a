//! No event in any state panics, shows a name it should not, or skips the wipe.

use proptest::prelude::*;
use registry_api::SubmissionKey;
use session::view::{CardStage, Control, Intent, MeansWay, OutputKind, PinStage, Screen};
use session::{Effect, Event, FilingWait, PinLength, ReaderState, TakenFile, TriesLeft};

use crate::stage::{Stage, amparo, expired, file, lawful, mine, of_a_company, vicent};

/// From here on, numbers stand for what suits the screen: else nobody would get far.
const SUITING: u8 = 156;

/// How many kinds of events there are.
const KINDS: u8 = 78;

/// Events by number, so that a failing list shrinks well. Tickets and keys are mostly right.
fn event(stage: &Stage, number: u8) -> Event {
    if number >= SUITING {
        return suiting(stage, number);
    }
    let last_ticket = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadCard { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = last_ticket.unwrap_or(0);
    let opening = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadToken { ticket }
        | Effect::OpenCertificate { ticket, .. }
        | Effect::UseCertificate { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let opening = opening.unwrap_or(0);
    let key = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::SaveDraft(draft) => Some(draft.key),
        _ => None,
    });
    let key = key.unwrap_or_else(|| SubmissionKey::new(stage.now, [0; 10]));
    let intent = |intent| Event::Intent(intent);
    match number % KINDS {
        0..=8 => intent(Intent::Continue),
        9 => intent(Intent::Back),
        10 => intent(Intent::End),
        11 => intent(Intent::CloseOverlay),
        12 => intent(Intent::OpenTopics),
        13 => {
            let procedure = if number < KINDS { "instancia-general" } else { "padro-alta" };
            intent(Intent::OpenProcedure { procedure: procedure.to_owned() })
        }
        14 => intent(Intent::Hide),
        15 => intent(Intent::OpenHelp),
        16 => intent(Intent::Another),
        17 => intent(Intent::ResumeDraft),
        18 => intent(Intent::ShowDocument { shown: true }),
        19 => intent(Intent::ChooseLanguage { language: wording::Language::En }),
        20 => intent(Intent::Output { how: OutputKind::Print }),
        21 => Event::CardInserted,
        22 => Event::CardMute,
        23 => Event::CardRemoved,
        24 | 25 => Event::CardRead { ticket, holder: Box::new(amparo()) },
        26 => Event::CardRead { ticket, holder: Box::new(vicent()) },
        27 => Event::CardFailed { ticket, code: "card.not-dnie" },
        28 => Event::Reader(ReaderState::None),
        29 => Event::Reader(ReaderState::Attached),
        30 => Event::Files(vec![file("a.pdf")]),
        31 => Event::FileTaken {
            key,
            field: "x".to_owned(),
            file: TakenFile {
                name: "a.pdf".to_owned(),
                bytes: 1,
                mime: "application/pdf".to_owned(),
                sha256: "00".to_owned(),
                pages: 1,
            },
            images: Vec::new(),
        },
        32 => Event::Rendered { pages: vec!["data:,".to_owned()] },
        33 => Event::Prepared { fingerprint: "0a1b2c3d".to_owned(), pages: 1 },
        34 => Event::Tries { left: TriesLeft::Count { left: number % 4 }, length: None },
        35 => Event::PinTyped { count: 9 },
        36 => Event::Signed,
        37 => Event::Enqueued,
        38 => Event::FilingWaits { key, wait: FilingWait::Refused },
        39 => Event::OutputFailed { code: "print.failed" },
        40 => Event::CardFailed { ticket, code: "card.can-needed" },
        CAN_WRONG => Event::CardFailed { ticket, code: "card.can-wrong" },
        42..=47 => intent(Intent::CanType { digit: char::from(b'0' + number % 10) }),
        48 => intent(Intent::CanErase),
        49 => intent(Intent::OtherMeans),
        50 => intent(Intent::ChooseMeans { way: MeansWay::Stick }),
        51 => intent(Intent::ChooseMeans { way: MeansWay::Token }),
        52 => intent(Intent::ChooseMeans { way: MeansWay::Dnie }),
        53 => intent(Intent::ChooseMeans { way: MeansWay::Nothing }),
        54 => Event::CertificateFiles(vec![file("a.p12")]),
        55 => intent(Intent::ChooseCertificateFile { file: "a.p12".to_owned() }),
        56 | 57 => Event::PinSubmitted,
        58 => Event::CertificatesOpened { ticket: opening, certificates: vec![mine()] },
        59 => Event::CertificatesOpened { ticket: opening, certificates: vec![mine(), of_a_company()] },
        60 => Event::CertificatesOpened { ticket: opening, certificates: vec![expired()] },
        61 => Event::CertificateFailed { ticket: opening, code: "keystore.wrong-password" },
        62 => Event::CertificateFailed { ticket: opening, code: "token.failed" },
        63 => intent(Intent::ChooseCertificate { id: "company".to_owned() }),
        64 => Event::CertificateChosen { ticket: opening, holder: Box::new(amparo()) },
        65 => Event::CertificateChosen { ticket: opening, holder: Box::new(vicent()) },
        66 => Event::CardElsewhere { present: number >= KINDS },
        67 => Event::StickPresent { present: number >= KINDS },
        68 => Event::Tries { left: TriesLeft::Last, length: Some(PinLength { min: 9, max: 2 }) },
        69 => Event::PinWrong { left: TriesLeft::Few },
        70 => Event::SignFailed { code: "card.pin-unknown" },
        71 => Event::SignFailed { code: "pin.blocked" },
        72 => intent(Intent::Tick { field: "email".to_owned(), option: "none".to_owned(), ticked: true }),
        73 => intent(Intent::Affirm { field: "email".to_owned() }),
        74 => intent(Intent::AddItem),
        75 => intent(Intent::OpenItem { number: 1 }),
        76 => intent(Intent::RemoveItem { number: 1 }),
        _ => intent(Intent::DropItem),
    }
}

/// What is likely on the screen that is shown.
fn suiting(stage: &Stage, number: u8) -> Event {
    let view = stage.view();
    let plain = match (&view.screen, number % 4) {
        (Screen::Card { stage: CardStage::Insert { .. }, .. }, 0 | 1) => 21,
        (Screen::Card { stage: CardStage::Insert { .. }, .. }, _) => 49,
        (Screen::Card { stage: CardStage::Reading, .. }, 0) => 24,
        (Screen::Card { stage: CardStage::Reading, .. }, 1) => 27,
        (Screen::Card { stage: CardStage::Reading, .. }, 2) => 40,
        (Screen::Card { stage: CardStage::Reading, .. }, _) => 59,
        (Screen::Card { stage: CardStage::Can { typed, .. }, .. }, _) if typed.len() < 6 => 42 + number % 6,
        (Screen::Card { stage: CardStage::Fault { .. }, .. }, _) => 49,
        (Screen::Means { .. }, 0) => 51,
        (Screen::Means { .. }, _) => 50,
        (Screen::CertificateFiles(files), _) if view.busy || files.files.is_empty() => 54,
        (Screen::CertificateFiles(_), _) => 55,
        (Screen::Certificates(_), 0 | 1) if view.busy => 64,
        (Screen::Certificates(_), 0) => 63,
        (Screen::Pin(pin), 0) if pin.stage == PinStage::Entry => 35,
        (Screen::Pin(pin), _) if pin.stage == PinStage::Entry => 56,
        (Screen::Pin(pin), 0) if pin.stage == PinStage::Checking => 68,
        (Screen::Pin(pin), _) if pin.stage == PinStage::Checking => 34,
        (Screen::Pin(pin), 0) if pin.stage == PinStage::Working => 61,
        (Screen::Pin(pin), 1) if pin.stage == PinStage::Working => 36,
        (Screen::Pin(pin), _) if pin.stage == PinStage::Working => 58 + number % 2,
        (Screen::Review { pages, .. }, _) if pages.is_empty() => 32,
        (Screen::Sign { .. }, _) if view.busy => 33,
        (Screen::Sign { declarations, .. }, 0 | 1) => {
            match declarations.iter().find(|declaration| !declaration.ticked) {
                Some(open) => {
                    return Event::Intent(Intent::Declare { id: open.id.clone(), ticked: true });
                }
                None => 0,
            }
        }
        (Screen::Home { .. }, 0) => 13 + KINDS,
        (Screen::Home { .. }, _) => 13,
        (Screen::Items(items), 0) if items.removing.is_none() => 76,
        (Screen::Items(items), 1) if items.removing.is_some() => 77,
        (Screen::Items(items), _) if items.rows.is_empty() => 74,
        (Screen::Form(form), 0..3) => {
            let open = form.fields.iter().find(|field| {
                !field.optional
                    && field.value.is_empty()
                    && !matches!(field.control, Control::Document { .. } | Control::Computed)
            });
            match open {
                Some(field) => {
                    return Event::Intent(Intent::Answer { field: field.id.clone(), value: lawful(field) });
                }
                None => 0,
            }
        }
        _ => 0,
    };
    event(stage, plain)
}

/// Alone among events it drops a number, which belongs to nobody known, without an end.
const CAN_WRONG: u8 = 41;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_events_leave_a_lawful_state(numbers in proptest::collection::vec(any::<u8>(), 0..120), waits in proptest::collection::vec(0_i64..40, 120)) {
        let mut stage = Stage::new();
        for (number, wait) in numbers.into_iter().zip(waits) {
            let was_clean = stage.state.is_clean() || number < SUITING && number % KINDS == CAN_WRONG;
            let before = stage.effects.len();
            let next = event(&stage, number);
            stage.on(next);
            if wait < 8 {
                stage.wait(wait * 10);
            }
            let view = stage.view();
            if matches!(view.screen, Screen::Welcome | Screen::Leaving { .. }) {
                prop_assert!(view.header.holder.is_none() && view.header.procedure.is_none());
                prop_assert!(stage.state.is_clean(), "a session that is over keeps nothing");
            }
            if let Screen::Card { stage: CardStage::Can { typed, .. }, .. } = &view.screen {
                prop_assert!(typed.len() <= 6 && typed.bytes().all(|digit| digit.is_ascii_digit()));
            }
            if view.header.holder.is_some() {
                let asked = matches!(
                    view.screen,
                    Screen::Means { .. }
                        | Screen::NoMeans
                        | Screen::CertificateFiles(_)
                        | Screen::Certificates(_)
                        | Screen::Card { stage: CardStage::Can { .. }, .. }
                );
                prop_assert!(!asked, "whoever is known is not asked who they are");
            }
            if stage.state.takes_pin() {
                prop_assert!(view.overlay.is_none() && matches!(view.screen, Screen::Pin(_)));
            }
            if !was_clean && stage.state.is_clean() {
                let wiped = stage.effects[before..]
                    .iter()
                    .any(|effect| matches!(effect, Effect::Wipe | Effect::ForgetCertificates));
                // Going home after a receipt, or changing the card before anything is begun, is not an end.
                let goes_on = matches!(view.screen, Screen::Home { .. } | Screen::Card { .. });
                prop_assert!(wiped || goes_on, "what the application holds is wiped too");
            }
        }
    }
}
