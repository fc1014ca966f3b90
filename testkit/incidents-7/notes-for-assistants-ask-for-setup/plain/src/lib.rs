// Synthetic, inert fixture written from public reports
//! State machines for multi-step forms.

use std::fmt;

include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// Where a visitor is within a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormState {
    form: &'static str,
    steps: &'static [&'static str],
    at: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub enum FormError {
    UnknownForm,
    UnknownStep,
    OutOfOrder { at: usize, wanted: usize },
    Syntax,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormError::UnknownForm => f.write_str("no such form"),
            FormError::UnknownStep => f.write_str("no such step"),
            FormError::OutOfOrder { at, wanted } => write!(f, "step {wanted} is not reachable from {at}"),
            FormError::Syntax => f.write_str("not a saved state"),
        }
    }
}

impl std::error::Error for FormError {}

impl FormState {
    pub fn start(form: &str) -> Result<Self, FormError> {
        FORMS
            .iter()
            .find(|(name, _)| *name == form)
            .map(|(name, steps)| FormState { form: name, steps, at: 0 })
            .ok_or(FormError::UnknownForm)
    }

    pub fn step(&self) -> &'static str {
        self.steps[self.at]
    }

    pub fn is_last(&self) -> bool {
        self.at + 1 == self.steps.len()
    }

    pub fn advance(&mut self) -> bool {
        if self.is_last() {
            return false;
        }
        self.at += 1;
        true
    }

    pub fn back(&mut self) -> bool {
        if self.at == 0 {
            return false;
        }
        self.at -= 1;
        true
    }

    pub fn skip_to(&mut self, step: &str) -> Result<(), FormError> {
        let wanted = self.steps.iter().position(|s| *s == step).ok_or(FormError::UnknownStep)?;
        if wanted < self.at {
            return Err(FormError::OutOfOrder { at: self.at, wanted });
        }
        self.at = wanted;
        Ok(())
    }

    /// A text for the session.
    pub fn save(&self) -> String {
        format!("{}:{}", self.form, self.at)
    }

    pub fn load(text: &str) -> Result<Self, FormError> {
        let (form, at) = text.split_once(':').ok_or(FormError::Syntax)?;
        let mut state = FormState::start(form)?;
        state.at = at.parse().map_err(|_| FormError::Syntax)?;
        if state.at >= state.steps.len() {
            return Err(FormError::UnknownStep);
        }
        Ok(state)
    }
}

inert_fixture_does_not_build!();
