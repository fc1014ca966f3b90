package lazaret.vetting.deskapi.audits;

/// The result of removing an import of audits.
///
/// @param removed the name of the import
public record AuditsRemoveReply(String removed) {}
