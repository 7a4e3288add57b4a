//! S25b, and what the sheet says of the fee.

use procedures::{FEE_REFERENCE, FeeDue, FeeKind, FeeLine, Payable};
use wording::format;

use super::Presenter;
use crate::view::{FeeDueView, FeeLineView, FeeView, FeeWhen, Screen};

impl Presenter<'_> {
    pub(super) fn fee(&self) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let fee = &procedure.fee;
        let statement = procedure.fee_statement(&filing.answers, self.state.language);
        let exemption = |place: usize| fee.exemptions.get(place).map(|exemption| self.text(&exemption.text));
        let due = match statement.due {
            _ if fee.kind == FeeKind::SelfAssessment => FeeDueView::SelfAssessed,
            FeeDue::Cents(cents) => FeeDueView::Amount { amount: self.money(cents) },
            FeeDue::Exempt(place) => FeeDueView::Exempt { text: exemption(place).unwrap_or_default() },
            FeeDue::Nothing => FeeDueView::Amount { amount: self.money(0) },
            FeeDue::Unknown => FeeDueView::Unknown,
        };
        let filed = procedure.form.filed(&filing.answers);
        Screen::Fee(FeeView {
            paid: filed.get(FEE_REFERENCE).cloned(),
            concept: fee.concept.as_ref().map(|concept| self.text(concept)),
            ordinance: fee.ordinance.as_ref().map(|ordinance| self.text(ordinance)),
            due,
            lines: statement.lines.iter().map(|line| self.fee_line(line)).collect(),
            exemptions: fee.exemptions.iter().map(|exemption| self.text(&exemption.text)).collect(),
            when: match fee.payable {
                Payable::BeforeFiling => FeeWhen::Before,
                Payable::Later => FeeWhen::Later,
            },
        })
    }

    /// The answers a line comes from, as they were given.
    fn fee_line(&self, line: &FeeLine) -> FeeLineView {
        let told = line.basis.iter().map(|row| format!("{}: {}", row.label, row.answer));
        let text: Vec<_> = line.text.iter().cloned().chain(told).collect();
        FeeLineView { text: text.join(" · "), amount: self.money(line.cents) }
    }

    fn money(&self, cents: i64) -> String {
        format::money(self.state.language, u32::try_from(cents).unwrap_or(0))
    }
}
