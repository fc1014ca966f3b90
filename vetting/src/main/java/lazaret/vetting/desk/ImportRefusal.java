package lazaret.vetting.desk;

import lazaret.vetting.ErrorCode;

/// Why an artefact of another mirror was not taken over.
///
/// @param code `unknown`, `cksum-mismatch` or `refused-by-policy`
/// @param detail one clause for a person
public record ImportRefusal(ErrorCode code, String detail) {}
