package lazaret.vetting.deskapi.audits;

/// The decisions of this server as cargo-vet audits.
///
/// @param toml the text of an `audits.toml`
public record AuditExportReply(String toml) {}
