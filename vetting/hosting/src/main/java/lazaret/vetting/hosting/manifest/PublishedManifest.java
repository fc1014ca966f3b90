package lazaret.vetting.hosting.manifest;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.hosting.record.PublicationMetadata;
import org.jspecify.annotations.Nullable;

/// The content of the manifest of a published package.
///
/// @param name its name
/// @param version its version
/// @param dependencies all dependencies, in the order of the index line
/// @param features the features with what they switch on
/// @param links the native library; null if there is none
/// @param rustVersion the oldest version of Rust that builds it; null if it says none
/// @param metadata the rest, for people
/// @param warnings what was left out, one sentence each
public record PublishedManifest(
    CrateName name,
    CrateVersion version,
    List<PublishedDependency> dependencies,
    SortedMap<String, List<String>> features,
    @Nullable String links,
    @Nullable String rustVersion,
    PublicationMetadata metadata,
    List<String> warnings) {
  /// Copies the collections.
  public PublishedManifest {
    dependencies = List.copyOf(dependencies);
    features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
    warnings = List.copyOf(warnings);
  }
}
