package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;

/// A crate of which upstream no longer lists versions.
///
/// @param name the crate
/// @param since the time since which the versions are missing
/// @param askAt the time of the next request to upstream
/// @param confirmed whether a person confirmed the removal
public record RemovalInfo(CrateName name, Instant since, Instant askAt, boolean confirmed) {}
