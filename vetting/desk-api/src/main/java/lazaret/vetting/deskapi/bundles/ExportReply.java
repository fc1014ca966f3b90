package lazaret.vetting.deskapi.bundles;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bundle that was exported, or the versions that are missing.
///
/// @param exported whether a bundle was made
/// @param path the folder or file of the bundle; null if none was made
/// @param bundle the metadata of the bundle; null if none was made
/// @param cratesChanged the number of crates that differ from the previous snapshot
/// @param unsigned the roles that lack signatures
/// @param removed the versions that the import removes; null if no bundle was made
/// @param warnings warnings, one sentence each
/// @param missing versions that were named and are not vetted and stored
/// @param unmet requirements that the snapshot does not meet
public record ExportReply(
    boolean exported,
    @Nullable String path,
    @Nullable BundleInfo bundle,
    long cratesChanged,
    List<String> unsigned,
    @Nullable RemovedVersionsInfo removed,
    List<String> warnings,
    List<MissingVersionInfo> missing,
    List<UnmetInSnapshotInfo> unmet) {
  public ExportReply {
    unsigned = List.copyOf(unsigned);
    warnings = List.copyOf(warnings);
    missing = List.copyOf(missing);
    unmet = List.copyOf(unmet);
  }
}
