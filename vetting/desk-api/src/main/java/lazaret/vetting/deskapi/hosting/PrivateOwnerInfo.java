package lazaret.vetting.deskapi.hosting;

import java.time.Instant;

/// An owner of a private crate.
///
/// @param owner the person, or `group:` and the group
/// @param displayName the name for pages
/// @param by who added the owner
/// @param at the time of that
public record PrivateOwnerInfo(String owner, String displayName, String by, Instant at) {}
