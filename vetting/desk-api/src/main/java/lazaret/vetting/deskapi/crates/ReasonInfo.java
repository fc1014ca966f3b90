package lazaret.vetting.deskapi.crates;

/// A coded cause of a verdict.
///
/// @param code the code, one of `docs/reasons.md`
/// @param detail one sentence with the figures of this version
public record ReasonInfo(String code, String detail) {}
