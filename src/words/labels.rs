//! Labels that follow a domain value.

use super::Words;
use super::numbers::date;
use crate::domain::dossier::{Dossier, Reason};
use crate::domain::figure::{Control, Figure};
use crate::domain::official::Role;

impl Words {
    /// A figure as printed, e.g. `Trực tuyến`.
    pub fn figure(&self, figure: Figure) -> String {
        match figure {
            Figure::ReceivedOnline => self.figure_received_online(),
            Figure::ReceivedDirect => self.figure_received_direct(),
            Figure::ReceivedPostal => self.figure_received_postal(),
            Figure::ResolvedEarly => self.figure_resolved_early(),
            Figure::ResolvedOnTime => self.figure_resolved_on_time(),
            Figure::ResolvedLate => self.figure_resolved_late(),
            Figure::Withdrawn => self.figure_withdrawn(),
            Figure::AwaitingSupplement => self.figure_awaiting_supplement(),
            Figure::PendingLate => self.figure_pending_late(),
        }
        .to_string()
    }

    /// A control as printed, e.g. `Còn lại`.
    pub fn control(&self, control: Control) -> String {
        match control {
            Control::Received => self.figure_received(),
            Control::Resolved => self.figure_resolved(),
            Control::Pending => self.figure_pending(),
        }
        .to_string()
    }

    /// A role as printed, e.g. `đầu mối`.
    pub fn role(&self, role: Role) -> String {
        match role {
            Role::Officer => self.role_officer(),
            Role::Lead => self.role_lead(),
            Role::Leader => self.role_leader(),
            Role::Admin => self.role_admin(),
        }
        .to_string()
    }

    /// A reason of lateness with what was said of it, e.g. `mất điện (từ 8 giờ)`.
    pub fn reason_of(&self, reason: Reason, text: &str) -> String {
        let listed = match reason {
            Reason::PowerCut => self.reason_power_cut(),
            Reason::Software => self.reason_software(),
            Reason::OtherAgency => self.reason_other_agency(),
            Reason::Understaffed => self.reason_understaffed(),
            Reason::Citizen => self.reason_citizen(),
            Reason::Other => return text.to_string(),
        };
        if text.is_empty() { listed.to_string() } else { format!("{listed} ({text})") }
    }

    /// `đã xin lỗi, hẹn lại ngày 25/11/2026`, with its reason where that of lateness is another.
    pub fn apology(&self, dossier: &Dossier) -> Option<String> {
        let promised = date(dossier.promised?);
        let own = dossier.promised_for.as_ref().map(|(reason, text)| (*reason, text.as_str()));
        Some(match own.filter(|own| dossier.why_late() != Some(*own)) {
            Some((reason, text)) => self.dossier_promised_for(promised, self.reason_of(reason, text)),
            None => self.dossier_promised(promised),
        })
    }
}
