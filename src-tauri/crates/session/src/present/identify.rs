//! Saying who one is: the card, other means, certificates, PIN and password.

use wording::format;

use super::Presenter;
use crate::event::{OfferedFile, ReaderState};
use crate::identity::{ForWhom, OfferedCertificate, PinLength, Source, TypedCan, told};
use crate::state::{AfterCard, Slot, Wanted};
use crate::view::{
    CanNotice, CardStage, CertificateFilesView, CertificateRow, CertificatesView, Fault, FaultAct, FileRow,
    FilesState, InsertCard, MeansKind, MeansWay, PinKind, PinNotice, PinProfile, PinPurpose, PinStage,
    PinView, Screen, TriesLeft, UnusableCertificate,
};

/// Whether the same card would be told the same again, so that another means is the way on.
pub(super) fn is_final(code: &str) -> bool {
    matches!(
        code,
        "card.not-dnie"
            | "card.terminated"
            | "card.no-signature-certificate"
            | "certificate.expired"
            | "certificate.not-yet-valid"
            | "certificate.untrusted"
            | "certificate.bad-signature"
            | "certificate.wrong-use"
            | "certificate.weak"
            | "certificate.not-a-person"
            | "token.no-certificate"
    ) || code.starts_with("other-certificate.")
}

impl Presenter<'_> {
    pub(super) fn card(
        &self,
        then: &AfterCard,
        wanted: Wanted,
        typed: &TypedCan,
        notice: Option<CanNotice>,
    ) -> Screen {
        let procedure = match then {
            AfterCard::Start { procedure, .. } => {
                self.environment.catalogue.get(procedure).map(|known| self.text(&known.name))
            }
            AfterCard::Return(_) => None,
        };
        let fault = |code: &str| CardStage::Fault { fault: Self::card_fault(code) };
        let stage = match (&self.state.slot, self.state.reader) {
            (_, ReaderState::ServiceDown) => fault("reader.service-down"),
            (_, ReaderState::None) => fault("reader.none"),
            (Slot::Fault { code }, _) => fault(code),
            (Slot::Read { .. }, _) => match &self.state.holder {
                Some(holder) => CardStage::Ready {
                    name: format::person_name(&holder.full_name()),
                    masked_nif: format::masked_nif(&holder.nif),
                },
                None => self.insert(wanted),
            },
            _ if self.state.can.asked => CardStage::Can { typed: typed.shown(), notice },
            (Slot::Reading, _) => CardStage::Reading,
            (Slot::Empty | Slot::Unread | Slot::Token, _) => self.insert(wanted),
        };
        Screen::Card { stage, procedure, other_means: self.state.holder.is_none() }
    }

    fn insert(&self, wanted: Wanted) -> CardStage {
        let card = match wanted {
            Wanted::Token => InsertCard::Token,
            Wanted::Dnie if self.state.can.given.is_some() => InsertCard::Contactless,
            Wanted::Dnie => InsertCard::Dnie,
        };
        CardStage::Insert { card, elsewhere: self.state.elsewhere }
    }

    pub(super) fn means(&self) -> Screen {
        let means = self.environment.means;
        let ways = [
            (MeansWay::Dnie, true),
            (MeansWay::Stick, means.stick),
            (MeansWay::Token, means.token),
            (MeansWay::Nothing, true),
        ];
        Screen::Means { ways: ways.into_iter().filter(|(_, here)| *here).map(|(way, _)| way).collect() }
    }

    pub(super) fn file_row(&self, file: &OfferedFile) -> FileRow {
        let language = self.state.language;
        FileRow {
            id: file.id.clone(),
            name: file.name.clone(),
            size: format::size(language, file.bytes),
            date: file.changed_at.map(|at| format::date(language, self.official(at).date())),
        }
    }

    pub(super) fn certificate_files(
        &self,
        files: Option<&[OfferedFile]>,
        fault: Option<&'static str>,
    ) -> Screen {
        let state = match (files, self.state.stick) {
            (None, _) => FilesState::Looking,
            (Some([_, ..]), _) => FilesState::Found,
            (Some([]), Some(true)) => FilesState::NothingOnStick,
            (Some([]), Some(false)) => FilesState::NoStick,
            (Some([]), None) => FilesState::NothingFound,
        };
        Screen::CertificateFiles(CertificateFilesView {
            state,
            files: files.unwrap_or_default().iter().map(|file| self.file_row(file)).collect(),
            fault: fault.map(Self::card_fault),
        })
    }

    pub(super) fn certificates(
        &self,
        source: Source,
        list: &[OfferedCertificate],
        chosen: Option<&String>,
        choice_missing: bool,
    ) -> Screen {
        let unusable = list.iter().filter_map(|found| {
            let code = told(found.usable.err()?).to_owned();
            let fault = Fault { code, act: FaultAct::Means, args: Vec::new() };
            Some(UnusableCertificate { certificate: self.certificate(found), fault })
        });
        Screen::Certificates(CertificatesView {
            means: match source {
                Source::Stick => MeansKind::Stick,
                Source::Token => MeansKind::Token,
            },
            unusable: unusable.collect(),
            certificates: list
                .iter()
                .filter(|found| found.usable.is_ok())
                .map(|found| self.certificate(found))
                .collect(),
            chosen: chosen.cloned(),
            choice_missing,
        })
    }

    fn certificate(&self, found: &OfferedCertificate) -> CertificateRow {
        CertificateRow {
            id: found.id.clone(),
            name: format::person_name(&found.holder.full_name()),
            masked_nif: format::masked_nif(&found.holder.nif),
            company: match &found.for_whom {
                ForWhom::Oneself => None,
                ForWhom::Company { name } => Some(name.clone()),
            },
            issuer: found.issuer.clone(),
            expires: format::date(self.state.language, found.expires),
        }
    }

    pub(super) fn password(
        file: &OfferedFile,
        typed: u32,
        notice: Option<PinNotice>,
        working: bool,
    ) -> Screen {
        Screen::Pin(PinView {
            purpose: PinPurpose::Open { file: file.name.clone() },
            profile: profile(PinKind::Password, PinLength::PASSWORD, TriesLeft::Untold),
            stage: if working { PinStage::Working } else { PinStage::Entry },
            typed,
            notice,
        })
    }

    pub(super) fn pin(
        &self,
        stage: PinStage,
        typed: u32,
        tries: TriesLeft,
        length: PinLength,
        notice: Option<PinNotice>,
    ) -> Screen {
        let document = self.filing().map(|(_, procedure)| self.text(&procedure.name)).unwrap_or_default();
        Screen::Pin(PinView {
            purpose: PinPurpose::Sign { document },
            profile: profile(self.state.pin_kind(), length, tries),
            stage,
            typed,
            notice,
        })
    }
}

fn profile(kind: PinKind, length: PinLength, tries: TriesLeft) -> PinProfile {
    PinProfile { kind, min: length.min, max: length.max, tries }
}
