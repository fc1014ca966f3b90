package lazaret.vetting.deskapi.retention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stored artifacts with their use.
///
/// @param artifacts the artifacts of some crates, by crate, in the order of the index
/// @param removed the artifacts of these crates that rules removed and that are not stored
/// @param total the number of all stored artifacts
/// @param usedBytes the bytes that the whole store occupies
/// @param next the value of `after` for the next part; null after the last part
public record ArtifactsReply(
    List<StoredArtifactInfo> artifacts,
    List<RemovedArtifactInfo> removed,
    long total,
    long usedBytes,
    @Nullable String next) {
  public ArtifactsReply {
    artifacts = List.copyOf(artifacts);
    removed = List.copyOf(removed);
  }
}
