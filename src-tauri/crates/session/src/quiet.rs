//! Time that passes: quiet, questions, countdowns.

use std::time::Duration;

use crate::Turn;
use crate::state::{Cover, Place};
use crate::view::{PinNotice, PinStage, TextSize};

impl Turn<'_> {
    /// Somebody is there.
    pub(crate) fn stir(&mut self) {
        self.state.quiet_since = self.moment.now;
    }

    pub(crate) fn tick(&mut self) {
        match &self.state.cover {
            Some(Cover::MoreTime { until } | Cover::CardRemoved { until, .. }) => {
                if self.moment.now >= *until {
                    self.end_session();
                }
                return;
            }
            Some(Cover::Hidden | Cover::Fault { .. } | Cover::ConfirmEnd | Cover::Help | Cover::Settings)
            | None => {}
        }
        match &self.state.place {
            Place::Leaving { gone_since, since } => self.leaving_tick(*gone_since, *since),
            Place::Sending { stored, since } if !self.could_not_keep() => self.sending_tick(*stored, *since),
            _ => self.quiet_tick(),
        }
    }

    fn quiet_tick(&mut self) {
        let Some((quiet, count)) = self.limits() else { return };
        let silent =
            Duration::try_from(self.moment.now.duration_since(self.state.quiet_since)).unwrap_or_default();
        if silent < quiet {
            return;
        }
        if let Place::Pin { stage: PinStage::Entry, typed, notice, .. }
        | Place::Password { typed, notice, working: false, .. } = &mut self.state.place
            && *typed > 0
        {
            // What was typed goes first; the screen stays and quiet time starts again.
            *notice = Some(PinNotice::Erased);
            self.erase_pin();
            self.stir();
            return;
        }
        self.state.cover = Some(Cover::MoreTime { until: self.moment.now + count });
    }

    /// Quiet time and countdown of the place one is at; `None` where time is not counted.
    pub(crate) fn limits(&self) -> Option<(Duration, Duration)> {
        let timers = &self.environment.timers;
        let (quiet, count) = match &self.state.place {
            // A signed application that cannot be kept is not left on the screen for the next person to read.
            Place::Sending { .. } if self.could_not_keep() => timers.read,
            Place::Welcome | Place::Sending { .. } | Place::Leaving { .. } => return None,
            Place::Pin { stage: PinStage::Working | PinStage::Checking, .. } => return None,
            Place::Password { working: true, .. } | Place::Certificates { working: true, .. } => return None,
            Place::Pin { .. } | Place::Password { .. } => timers.pin,
            // The number of a card is looked for and copied.
            Place::Card { .. } if self.state.can.asked => timers.form,
            Place::Form { .. }
            | Place::Items { .. }
            | Place::Means { .. }
            | Place::NoMeans { .. }
            | Place::CertificateFiles { .. }
            | Place::Certificates { .. } => timers.form,
            Place::Sheet { .. }
            | Place::BeforeStart { .. }
            | Place::Documents { .. }
            | Place::CheckFile { .. }
            | Place::Review { .. }
            | Place::Fee
            | Place::Sign { .. } => timers.read,
            Place::Receipt | Place::Provisional | Place::Output { .. } => timers.receipt,
            Place::Search { typed } if !typed.is_empty() => timers.form,
            Place::Home
            | Place::Topics { .. }
            | Place::Search { .. }
            | Place::Procedures { .. }
            | Place::Card { .. } => timers.browse,
        };
        let times = self.patience();
        Some((quiet * times, count * times))
    }

    /// Whether the signed application could not be put into the queue, and the person has been told.
    pub(crate) fn could_not_keep(&self) -> bool {
        matches!(self.state.place, Place::Sending { stored: false, .. })
            && matches!(self.state.cover, Some(Cover::Fault { .. }))
    }

    /// Three times as long for whoever asked for it or reads large text.
    pub(crate) fn patience(&self) -> u32 {
        let preferences = &self.state.preferences;
        let slow = preferences.more_time || matches!(preferences.text, TextSize::Larger | TextSize::Largest);
        if slow { 3 } else { 1 }
    }
}
