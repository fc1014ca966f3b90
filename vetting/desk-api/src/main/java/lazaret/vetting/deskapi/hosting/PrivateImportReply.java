package lazaret.vetting.deskapi.hosting;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The result of the import of one version.
///
/// @param name the crate
/// @param version the version
/// @param outcome the result; of a dry run the one that an import would have
/// @param reason why the version is held or foreign; null otherwise
/// @param missing the names of the private crates that it needs and that are not here
/// @param registries the addresses of other registries that the dependencies of a foreign version
///   name, at most 10
public record PrivateImportReply(
    CrateName name,
    CrateVersion version,
    Outcome outcome,
    @Nullable String reason,
    List<String> missing,
    List<String> registries) {
  /// Copies the lists.
  public PrivateImportReply {
    missing = List.copyOf(missing);
    registries = List.copyOf(registries);
  }

  /// The results.
  public enum Outcome {
    /// Published.
    PUBLISHED,
    /// Published, and held for a decision.
    HELD,
    /// The same archive was published before.
    PRESENT,
    /// Nothing is stored, since a needed crate is not here yet.
    WAITING,
    /// Nothing is stored, since a dependency is of a registry that is neither this one nor the
    /// public one.
    FOREIGN
  }
}
