//! From a state to what the page shows. Reads only.

mod catalogue;
mod documents;
mod fee;
mod form;
mod identify;
mod items;
mod screens;

use jiff::{Timestamp, ZonedDateTime};
use procedures::Today;
use wording::{Arg, Text, format};

use crate::event::ReaderState;
use crate::state::{Cover, Environment, Place, Slot, State};
use crate::view::{Band, Fault, FaultAct, Header, Overlay, Screen, SessionView};

/// What the page shows of this state at this moment.
#[must_use]
pub fn view(state: &State, environment: &Environment, now: Timestamp) -> SessionView {
    Presenter { state, environment, now }.view()
}

struct Presenter<'a> {
    state: &'a State,
    environment: &'a Environment,
    now: Timestamp,
}

impl Presenter<'_> {
    fn view(&self) -> SessionView {
        SessionView {
            revision: self.state.revision,
            language: self.state.language,
            preferences: self.state.preferences,
            header: self.header(),
            band: self.band(),
            screen: self.screen(),
            overlay: self.overlay(),
            busy: self.busy(),
        }
    }

    fn header(&self) -> Header {
        let now = self.official(self.now);
        let personal = !matches!(self.state.place, Place::Welcome | Place::Leaving { .. });
        let procedure =
            self.state.filing.as_ref().and_then(|filing| self.environment.catalogue.get(&filing.procedure));
        Header {
            council: self.text(&self.environment.town.council),
            procedure: procedure.filter(|_| personal).map(|procedure| self.text(&procedure.name)),
            holder: self
                .state
                .holder
                .as_ref()
                .filter(|_| personal)
                .map(|holder| format::person_name(&holder.short_name())),
            means: self.state.means().filter(|_| personal),
            date: format::date(self.state.language, now.date()),
            time: format!("{:02}:{:02}", now.hour(), now.minute()),
            demonstration: self.environment.demonstration,
            can_go_back: self.can_go_back(),
            can_end: personal && !matches!(self.state.place, Place::Sending { .. }),
        }
    }

    fn can_go_back(&self) -> bool {
        use crate::view::PinStage;
        match &self.state.place {
            Place::Welcome
            | Place::Sending { .. }
            | Place::Receipt
            | Place::Provisional
            | Place::Leaving { .. } => false,
            Place::Pin { stage, .. } => !matches!(stage, PinStage::Working),
            _ => true,
        }
    }

    fn band(&self) -> Option<Band> {
        match self.state.reader {
            ReaderState::ServiceDown => Some(Band::CardServiceDown),
            ReaderState::None => Some(Band::NoReader),
            ReaderState::Unknown | ReaderState::Attached if !self.state.registry_reachable => {
                Some(Band::Offline)
            }
            ReaderState::Unknown | ReaderState::Attached => None,
        }
    }

    fn overlay(&self) -> Option<Overlay> {
        Some(match self.state.cover.as_ref()? {
            Cover::MoreTime { until } => Overlay::MoreTime { seconds: self.seconds_until(*until) },
            Cover::CardRemoved { until, other } => Overlay::CardRemoved {
                seconds: self.seconds_until(*until),
                other_card: *other,
                fault: self.why_not_back().filter(|_| !other),
            },
            Cover::Hidden => Overlay::Hidden,
            Cover::Fault { code, args, act, .. } => {
                Overlay::Fault { fault: Fault { code: (*code).to_owned(), act: *act, args: args.clone() } }
            }
            Cover::ConfirmEnd => Overlay::ConfirmEnd,
            Cover::Help => Overlay::Help,
            Cover::Settings => Overlay::Settings,
        })
    }

    /// What is the matter with the card that was put back instead of lifting the cover.
    fn why_not_back(&self) -> Option<Fault> {
        match &self.state.slot {
            Slot::Fault { code } => Some(Self::card_fault(code)),
            Slot::Empty if self.state.elsewhere => Some(Self::card_fault("card.wrong-reader")),
            _ => None,
        }
    }

    fn busy(&self) -> bool {
        let filing = self.state.filing.as_ref();
        match &self.state.place {
            Place::CertificateFiles { files, .. } => files.is_none(),
            Place::Certificates { working, .. } => *working,
            Place::Form { .. } => filing.is_some_and(|filing| filing.taking.is_some()),
            Place::Review { .. } => filing.is_some_and(|filing| filing.pages.is_empty()),
            Place::Sign { .. } => filing.is_some_and(|filing| filing.fingerprint.is_none()),
            _ => false,
        }
    }

    fn seconds_until(&self, until: Timestamp) -> u32 {
        let left = until.duration_since(self.now).as_millis().max(0);
        u32::try_from((left + 999) / 1000).unwrap_or(0)
    }

    fn official(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.environment.zone.clone())
    }

    fn today(&self) -> Today {
        Today(self.official(self.now).date())
    }

    fn text(&self, text: &Text) -> String {
        text.in_language(self.state.language).to_owned()
    }

    fn say(&self, id: &str, args: &[(&str, Arg)]) -> String {
        self.environment.wording.say(self.state.language, id, args)
    }

    /// A card fault on the card screen. The main act tries again, or leads to another means where the same card
    /// can only give the same answer.
    fn card_fault(code: &str) -> Fault {
        let act = if identify::is_final(code) { FaultAct::Means } else { FaultAct::Retry };
        Fault { code: code.to_owned(), act, args: Vec::new() }
    }

    fn screen(&self) -> Screen {
        match &self.state.place {
            Place::Welcome => Screen::Welcome,
            Place::Home => self.home(),
            Place::Topics { by } => self.topics(*by),
            Place::Search { typed } => self.search(typed),
            Place::Procedures { by, topic, .. } => self.procedures(*by, topic),
            Place::Sheet { procedure, look, .. } => self.sheet(procedure, look),
            Place::Card { then, wanted, typed, notice } => self.card(then, *wanted, typed, *notice),
            Place::Means { .. } => self.means(),
            Place::NoMeans { .. } => Screen::NoMeans,
            Place::CertificateFiles { files, fault, .. } => self.certificate_files(files.as_deref(), *fault),
            Place::Password { file, typed, notice, working, .. } => {
                Self::password(file, *typed, *notice, *working)
            }
            Place::Certificates { source, list, chosen, missing, .. } => {
                self.certificates(*source, list, chosen.as_ref(), *missing)
            }
            Place::BeforeStart { procedure, draft, change, .. } => {
                self.before_start(procedure, draft.as_deref(), *change)
            }
            Place::Form { page, show_faults, .. } => self.form(page, *show_faults),
            Place::Items { group, show_faults, removing, .. } => self.items(group, *show_faults, *removing),
            Place::Documents { show_faults, .. } => self.documents(*show_faults),
            Place::CheckFile { page, field, .. } => self.check_file(page, field),
            Place::Review { document_shown } => self.review(*document_shown),
            Place::Fee => self.fee(),
            Place::Sign { missing } => self.sign(*missing),
            Place::Pin { stage, typed, tries, length, notice } => {
                self.pin(*stage, *typed, *tries, *length, *notice)
            }
            Place::Sending { stored, .. } => self.sending(*stored),
            Place::Receipt => self.receipt(),
            Place::Provisional => self.provisional(),
            Place::Output { how, provisional, done, fault } => self.output(*how, *provisional, *done, *fault),
            Place::Leaving { .. } => Screen::Leaving {
                card: self.state.slot != Slot::Empty,
                stick: self.state.stick == Some(true),
                paper: self.state.printed,
            },
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
