package lazaret.vetting.deskapi.site;

import org.jspecify.annotations.Nullable;

/// An order to remove a file of a site.
///
/// @param collection the collection
/// @param path the path in the collection
/// @param trial whether nothing is removed
/// @param force whether a file that is in use is removed
/// @param reason the reason, for the ledger: 1 to 2,000 characters; null for a trial
public record SiteFileRemovalRequest(
    String collection, String path, boolean trial, boolean force, @Nullable String reason) {}
