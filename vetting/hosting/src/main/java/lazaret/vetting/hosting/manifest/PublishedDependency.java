package lazaret.vetting.hosting.manifest;

import java.util.Comparator;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.DependencyKind;
import org.jspecify.annotations.Nullable;

/// A dependency of a published package.
///
/// @param name the name in code
/// @param crate the required crate
/// @param req the requirement, as the public registry writes it
/// @param features the features that it switches on, as the manifest has them
/// @param isOptional whether a feature switches it on
/// @param defaultFeatures whether its default features are on
/// @param target the platforms; null for all
/// @param kind its use
/// @param isHere whether the crate is a private one of this registry; it is public otherwise
public record PublishedDependency(
    String name,
    CrateName crate,
    String req,
    List<String> features,
    boolean isOptional,
    boolean defaultFeatures,
    @Nullable String target,
    DependencyKind kind,
    boolean isHere)
    implements Comparable<PublishedDependency> {
  private static final Comparator<PublishedDependency> ORDER =
      Comparator.comparing(PublishedDependency::name)
          .thenComparing(each -> each.crate().published())
          .thenComparing(PublishedDependency::kind)
          .thenComparing(each -> each.target() == null ? "" : each.target())
          .thenComparing(PublishedDependency::req)
          .thenComparing(each -> String.join(",", each.features()))
          .thenComparing(PublishedDependency::isOptional)
          .thenComparing(PublishedDependency::defaultFeatures)
          .thenComparing(PublishedDependency::isHere);

  /// Copies the list.
  public PublishedDependency {
    features = List.copyOf(features);
  }

  /// Returns whether the name in code differs from that of the crate.
  public boolean isRenamed() {
    return !name.equals(crate.published());
  }

  /// Compares by name, crate, kind, platforms and requirement, then by the rest.
  @Override
  public int compareTo(PublishedDependency other) {
    return ORDER.compare(this, other);
  }
}
