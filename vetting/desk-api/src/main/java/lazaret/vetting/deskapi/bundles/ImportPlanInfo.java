package lazaret.vetting.deskapi.bundles;

/// The changes that an import makes.
///
/// @param bundle the metadata of the bundle
/// @param base the sequence of the snapshot that is compared; 0 for none
/// @param changes the changes by version
/// @param attention the items that a person must look at
/// @param load the size of the import
public record ImportPlanInfo(
    BundleInfo bundle,
    long base,
    PlannedChangesInfo changes,
    PlanAttentionInfo attention,
    PlanLoadInfo load) {}
