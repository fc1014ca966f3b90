package lazaret.vetting.deskapi.retention;

import lazaret.vetting.crates.Sha256;

/// An order to follow rules after their trial.
///
/// @param rules the id of the rules, as their trial states it
/// @param reason the reason, for the ledger: 1 to 2,000 characters
public record RetentionResumeRequest(Sha256 rules, String reason) {}
