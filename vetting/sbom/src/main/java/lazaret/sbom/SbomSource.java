package lazaret.sbom;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import org.jspecify.annotations.Nullable;

/// The source of facts about versions that a check of a lockfile does not return.
public interface SbomSource {
  /// Returns the facts about one version of the public registry. A source of advisories alone has
  /// none.
  default VersionFacts version(CrateName name, CrateVersion version) {
    return VersionFacts.NONE;
  }

  /// Returns how a version of a private crate came to the gate; empty if it is not known.
  default Optional<PublicationInfo> publication(CrateName name, CrateVersion version) {
    return Optional.empty();
  }

  /// Returns the records under one id or alias, or an empty list if there are none.
  List<AdvisoryInfo> advisories(String id);

  /// The facts about one version.
  ///
  /// @param license the license of the manifest as its author wrote it; null if it is not known
  /// @param decisions the decisions on the version, the oldest first
  record VersionFacts(@Nullable String license, List<DecisionInfo> decisions) {
    /// No facts.
    public static final VersionFacts NONE = new VersionFacts(null, List.of());

    /// Copies the list.
    public VersionFacts {
      decisions = List.copyOf(decisions);
    }
  }
}
