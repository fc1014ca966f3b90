package lazaret.vetting.deskapi.bundles;

/// The items of a plan that a person must look at.
///
/// @param cksumChanged versions that have another SHA-256
/// @param buildScripts versions with a build script of crates that had none
/// @param advisories served versions that an advisory affects
/// @param olderFeeds feeds of the bundle that are left out, because the stored ones are newer
/// @param deniedHere Git sources that a person here denied, and the bundle does not; they stay
///   denied
public record PlanAttentionInfo(
    NamedItemsInfo cksumChanged,
    NamedItemsInfo buildScripts,
    NamedItemsInfo advisories,
    NamedItemsInfo olderFeeds,
    NamedItemsInfo deniedHere) {}
