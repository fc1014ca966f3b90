package lazaret.vetting.deskapi.lockfiles;

import org.jspecify.annotations.Nullable;

/// A request for the reading list of a lockfile.
///
/// @param lockfile the text of the `Cargo.lock`
/// @param lockfileName the name that the sender gives the lockfile; null for none
public record ReadingListRequest(String lockfile, @Nullable String lockfileName) {}
