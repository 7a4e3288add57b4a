//! What the page asks for: one match, each arm one call.

use crate::Turn;
use crate::event::Effect;
use crate::identity::{KnownCan, TypedCan};
use crate::state::{Cover, Place, Then};
use crate::view::Intent;

impl Turn<'_> {
    pub(crate) fn intent(&mut self, intent: Intent) {
        self.stir();
        match intent {
            Intent::ChooseLanguage { language } => self.choose_language(language),
            Intent::Prefer { preferences } => self.state.preferences = preferences,
            Intent::Activity => {}
            Intent::End => self.end_asked(),
            Intent::CloseOverlay => self.close_cover(),
            Intent::Continue if self.state.cover.is_some() => self.continue_cover(),
            // Below a cover nothing can be meant.
            _ if self.state.cover.is_some() => {}
            Intent::Continue => self.continue_place(),
            Intent::Back => self.back(),
            Intent::OpenTopics => self.open_topics(),
            Intent::ListBy { by } => self.list_by(by),
            Intent::OpenTopic { topic } => self.open_topic(topic),
            Intent::OpenSearch => self.open_search(),
            Intent::Search { typed } => self.search(&typed),
            Intent::TickNeed { at, ready } => self.tick_need(at, ready),
            Intent::ShowMore { shown } => self.show_more(shown),
            Intent::OpenProcedure { procedure } => self.open_procedure(&procedure),
            Intent::Answer { field, value } => self.answer(&field, value),
            Intent::Tick { field, option, ticked } => self.tick_option(&field, &option, ticked),
            Intent::Affirm { field } => self.affirm(&field),
            Intent::AddItem => self.add_item(),
            Intent::OpenItem { number } => self.open_item(number),
            Intent::RemoveItem { number } => self.ask_removal(number),
            Intent::DropItem => self.drop_item(),
            Intent::RefreshFiles => self.refresh_files(),
            Intent::GiveDocument { document, way } => self.give_document(&document, way.into()),
            Intent::ShowFile { field } => self.show_file(&field),
            Intent::DiscardFile { again } => self.discard_file(again),
            Intent::CanType { digit } => self.type_can(|typed| typed.push(digit)),
            Intent::CanErase => self.type_can(TypedCan::erase),
            Intent::CanClear => self.type_can(|typed| *typed = TypedCan::default()),
            Intent::OtherMeans => self.other_means(),
            Intent::ChooseMeans { way } => self.choose_means(way),
            Intent::ChooseCertificateFile { file } => self.choose_certificate_file(&file),
            Intent::ChooseCertificate { id } => self.choose_certificate(id),
            Intent::ChangePage { page } => self.change_page(&page),
            Intent::ResumeDraft => self.resume_draft(),
            Intent::ShowDocument { shown } => self.show_document(shown),
            Intent::Declare { id, ticked } => self.declare(&id, ticked),
            Intent::ConfirmLastTry => self.confirm_last_try(),
            Intent::Output { how } => self.output(how),
            Intent::Another => self.another(),
            Intent::Hide => self.hide(),
            Intent::OpenHelp => self.state.cover = Some(Cover::Help),
            Intent::OpenSettings => self.state.cover = Some(Cover::Settings),
        }
    }

    fn continue_place(&mut self) {
        match self.state.place.clone() {
            Place::Welcome => self.state.place = Place::Home,
            sheet @ Place::Sheet { .. } => self.start_procedure(sheet),
            Place::Card { then, .. } => self.leave_card_screen(then),
            Place::NoMeans { .. } => self.go(Place::Home),
            Place::CertificateFiles { then, .. } => self.look_for_certificates(then),
            Place::Password { .. } => self.open_certificate(),
            Place::Certificates { .. } => self.use_certificate(),
            Place::BeforeStart { procedure, from, .. } => self.begin_anew(&procedure, *from),
            Place::Form { page, then, .. } => self.leave_page(&page, then),
            Place::Items { removing: Some(_), .. } => self.keep_item(),
            Place::Items { group, from_review, .. } => self.leave_items(&group, from_review),
            Place::Documents { from_review, .. } => self.leave_documents(from_review),
            Place::CheckFile { page, from_review, .. } => self.accept_file(page, from_review),
            Place::Review { .. } => self.leave_review(),
            Place::Fee => self.ask_consent(),
            Place::Sign { .. } => self.ask_pin(),
            Place::Pin { .. } => self.pin_submitted(),
            Place::Receipt | Place::Provisional => self.end_session(),
            Place::Output { provisional, .. } => self.leave_output(provisional),
            Place::Home
            | Place::Topics { .. }
            | Place::Search { .. }
            | Place::Procedures { .. }
            | Place::Means { .. }
            | Place::Sending { .. }
            | Place::Leaving { .. } => {}
        }
    }

    fn refresh_files(&mut self) {
        match self.state.place.clone() {
            Place::CertificateFiles { then, .. } => self.look_for_certificates(then),
            _ => self.ask(Effect::ListFiles),
        }
    }

    fn back(&mut self) {
        match self.state.place.clone() {
            // The welcome screen belongs to nobody: whoever is known leaves their session behind there.
            Place::Home if !self.state.is_clean() => self.end_session(),
            Place::Home => {
                self.state.can = KnownCan::default();
                self.go(Place::Welcome);
            }
            Place::Topics { .. } | Place::Search { .. } => self.go(Place::Home),
            Place::Procedures { from, .. } | Place::Sheet { from, .. } | Place::BeforeStart { from, .. } => {
                self.go(*from)
            }
            Place::Card { then, wanted, .. } => self.back_from_card(then, wanted),
            Place::Means { then } => self.back_from_means(then),
            Place::NoMeans { then } => self.go(Place::Means { then }),
            Place::CertificateFiles { .. } | Place::Password { .. } | Place::Certificates { .. } => {
                self.back_from_certificates()
            }
            Place::Form { page, then, .. } if self.asks_document(&page) => {
                self.leave_document_page(&page, then == Then::Review);
            }
            Place::Form { page, then, .. } => self.page_before(&page, then),
            Place::Items { removing: Some(_), .. } => self.keep_item(),
            Place::Items { group, .. } => self.page_before(&group, Then::On),
            Place::Documents { .. } => self.back_from_documents(),
            Place::CheckFile { page, from_review, .. } => self.back_from_file(page, from_review),
            Place::Review { document_shown: true } => self.go(Place::Review { document_shown: false }),
            Place::Review { .. } => self.last_page(),
            Place::Fee => self.go(Place::Review { document_shown: false }),
            Place::Sign { .. } if self.has_fee() => self.go(Place::Fee),
            Place::Sign { .. } => self.go(Place::Review { document_shown: false }),
            Place::Pin { stage, .. } => self.back_from_pin(stage),
            Place::Output { provisional, .. } => self.leave_output(provisional),
            Place::Welcome
            | Place::Sending { .. }
            | Place::Receipt
            | Place::Provisional
            | Place::Leaving { .. } => {}
        }
    }

    pub(crate) fn go(&mut self, place: Place) {
        self.state.place = place;
    }

    fn close_cover(&mut self) {
        match self.state.cover {
            Some(Cover::ConfirmEnd) => self.state.cover = None,
            Some(
                Cover::Help | Cover::Settings | Cover::Hidden | Cover::MoreTime { .. } | Cover::Fault { .. },
            ) => self.continue_cover(),
            // The card is what lifts this one.
            Some(Cover::CardRemoved { .. }) | None => {}
        }
    }

    fn continue_cover(&mut self) {
        match self.state.cover.clone() {
            Some(Cover::ConfirmEnd) => self.end_session(),
            Some(Cover::Fault { then, .. }) => self.after_fault(then),
            Some(Cover::Help | Cover::Settings | Cover::Hidden) => self.state.cover = None,
            Some(Cover::MoreTime { .. }) => {
                self.state.cover = None;
                if matches!(self.state.place, Place::Sending { stored: false, .. }) {
                    // The question stood over a fault: whoever is still there gets another try.
                    self.enqueue();
                }
            }
            Some(Cover::CardRemoved { .. }) | None => {}
        }
    }

    fn hide(&mut self) {
        self.erase_pin();
        self.state.cover = Some(Cover::Hidden);
    }
}
