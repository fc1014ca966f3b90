package lazaret.vetting.deskapi.bundles;

/// The changes that a bundle announces.
///
/// @param added new versions
/// @param changed versions whose line or decision differs in another way
/// @param yanked versions that were yanked or are no longer yanked
/// @param removed versions that are removed
/// @param revoked versions that were served and are denied
/// @param cksumChanged versions that have another SHA-256
public record BundleChangesInfo(
    NamedItemsInfo added,
    NamedItemsInfo changed,
    NamedItemsInfo yanked,
    NamedItemsInfo removed,
    NamedItemsInfo revoked,
    NamedItemsInfo cksumChanged) {}
