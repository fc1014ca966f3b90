package lazaret.vetting.deskapi.bundles;

/// An order to serve an earlier snapshot.
///
/// @param snapshot the sequence of the snapshot
/// @param reason the reason
public record RollbackRequest(long snapshot, String reason) {}
