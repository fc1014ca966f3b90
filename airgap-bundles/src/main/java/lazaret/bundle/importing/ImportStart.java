package lazaret.bundle.importing;

import java.util.List;
import java.util.Objects;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The bundles that are in force when an import begins, for the message of one that fails.
///
/// @param snapshots the number of snapshots
/// @param advisories the last import of advisories; null if there was none
/// @param revocation the statement of the last revocation; null if there was none
record ImportStart(
    int snapshots, @Nullable ImportedAdvisories advisories, @Nullable Sha256 revocation) {
  /// Returns what is in force now.
  static ImportStart of(ImportContext site) {
    List<ImportedRevocations.Revocation> revocations = ImportedRevocations.of(site.store()).all();
    return new ImportStart(
        site.desk().all().size(),
        ImportedAdvisories.of(site.store()).orElse(null),
        revocations.isEmpty() ? null : revocations.getLast().bundle());
  }

  /// Returns the beginning of an error message. It names what came into force since.
  ///
  /// @param already whether the bundle itself is in force, also from an earlier import
  String tried(ImportContext site, boolean already) {
    ImportStart now = of(site);
    ImportedAdvisories brought = now.advisories();
    String inForce = already ? "the bundle is" : "";
    if (now.snapshots() > snapshots) {
      inForce = "snapshot %d is".formatted(site.desk().all().getLast().sequence());
    } else if (brought != null && !brought.equals(advisories)) {
      inForce = "the advisories number %d are".formatted(brought.number());
    } else if (!Objects.equals(now.revocation(), revocation)) {
      inForce = "the revocation is";
    }
    return inForce.isEmpty()
        ? "cannot import"
        : "cannot finish the import: %s in force; import it again to complete the remaining steps"
            .formatted(inForce);
  }
}
