package lazaret.vetting.deskapi.bundles;

/// The changes that an import makes, by version.
///
/// @param added new versions
/// @param changed versions whose line or decision differs in another way
/// @param yanked versions that were yanked or are no longer yanked
/// @param removed versions that are removed
/// @param revoked versions that were served and are denied
public record PlannedChangesInfo(
    NamedItemsInfo added,
    NamedItemsInfo changed,
    NamedItemsInfo yanked,
    NamedItemsInfo removed,
    NamedItemsInfo revoked) {}
