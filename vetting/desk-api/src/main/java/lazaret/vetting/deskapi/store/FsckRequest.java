package lazaret.vetting.deskapi.store;

/// An order to check the whole store.
///
/// @param acceptLoss whether missing acknowledged writes are accepted and recorded in the ledger
/// @param skipArtifacts whether artifacts are not hashed
public record FsckRequest(boolean acceptLoss, boolean skipArtifacts) {}
