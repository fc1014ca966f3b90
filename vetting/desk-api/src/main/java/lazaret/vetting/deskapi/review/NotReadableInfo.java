package lazaret.vetting.deskapi.review;

import lazaret.vetting.ErrorCode;

/// The cause for which an artifact cannot be compared.
///
/// @param code the code of the cause
/// @param detail one sentence with the cause
public record NotReadableInfo(ErrorCode code, String detail) {}
