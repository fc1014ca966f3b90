package lazaret.vetting.deskapi.crates;

/// The result of confirming the removals upstream.
///
/// @param confirmed the number of crates for which upstream is asked once more
public record RemovalsConfirmReply(long confirmed) {}
