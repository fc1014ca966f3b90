package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.VersionRange;
import org.jspecify.annotations.Nullable;

/// The data of one package in an OSV record that is being read. Not thread-safe.
final class OsvAffected {
  /// The name of the ecosystem in OSV (OSV schema 1.7, *affected[].package*).
  private static final String ECOSYSTEM = "crates.io";

  @Nullable String ecosystem;
  @Nullable String name;
  @Nullable String informational;
  @Nullable String cvss;
  final List<String> vectors = new ArrayList<>(1);
  final List<String> versions = new ArrayList<>();
  final List<List<VersionRange>> ranges = new ArrayList<>(1);
  final List<String> categories = new ArrayList<>(1);
  final List<String> cwes = new ArrayList<>(0);
  final List<String> functions = new ArrayList<>(0);
  final List<String> arch = new ArrayList<>(0);
  final List<String> os = new ArrayList<>(0);

  /// Returns whether the package is a crate.
  boolean isCrate() {
    return ECOSYSTEM.equals(ecosystem) && name != null;
  }

  /// Returns the affected versions: those of all ranges and the listed ones.
  AffectedVersions affected() {
    return new AffectedVersions(
        ranges.stream().flatMap(List::stream).toList(), new TreeSet<>(versions));
  }
}
