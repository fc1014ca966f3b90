package lazaret.vetting.linecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.toml.TomlReader;

/// The check that the dependencies of an index line are those of the manifest in the artifact. The
/// registry makes the line from the manifest.
public final class ManifestCheck {
  private ManifestCheck() {}

  /// Returns the SHA-256 of what a line says about dependencies. Lines with the same differ from a
  /// manifest in the same way.
  public static Sha256 digest(IndexEntry line) {
    String form =
        line.deps().stream()
            .map(DependencyFacts::of)
            .map(DependencyFacts::form)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return Sha256.of(Bytes.utf8(form));
  }

  /// Compares a line with a manifest that can be read.
  ///
  /// @return the differences as one clause, or empty if there are none
  public static Optional<String> mismatch(IndexEntry line, Bytes manifest) {
    var stated = new ManifestDependencies();
    var _ = TomlReader.read(manifest, stated);
    Set<DependencyFacts> listed =
        line.deps().stream().map(DependencyFacts::of).collect(Collectors.toSet());
    List<String> differences = IndexLineFacts.differences(stated.facts(), listed);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(ChangedLineCheck.words(differences));
  }
}
