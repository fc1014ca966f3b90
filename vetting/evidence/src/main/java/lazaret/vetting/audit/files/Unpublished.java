package lazaret.vetting.audit.files;

/// An entry of `[[unpublished.CRATE]]` in `imports.lock`: a version that was not published yet, and
/// the version whose audits count for it.
///
/// @param version the version
/// @param auditedAs version whose audits count
public record Unpublished(VetVersion version, VetVersion auditedAs) {}
