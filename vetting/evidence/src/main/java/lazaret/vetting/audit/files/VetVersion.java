package lazaret.vetting.audit.files;

import java.util.Comparator;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A version in a cargo-vet store: one of the registry, or one of a git revision, `1.2.3@git:` and
/// 40 hexadecimal digits. Ordered by version, then registry versions before git revisions.
///
/// @param version the version
/// @param gitRevision 40 hexadecimal digits as written; null for a version of the registry
public record VetVersion(CrateVersion version, @Nullable String gitRevision)
    implements Comparable<VetVersion> {
  private static final int REVISION_LENGTH = 40;

  private static final Comparator<VetVersion> ORDER =
      Comparator.comparing(VetVersion::version)
          .thenComparing(VetVersion::gitRevision, Comparator.nullsFirst(Comparator.naturalOrder()));

  /// Parses a version.
  ///
  /// @param text `1.2.3` or `1.2.3@git:` with 40 hexadecimal digits
  /// @throws MalformedException if the text has neither form
  public static VetVersion parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return of(CrateVersion.parse(text));
    }
    String source = text.substring(at + 1).stripLeading();
    String revision = source.startsWith("git:") ? source.substring("git:".length()) : "";
    if (revision.length() != REVISION_LENGTH || !revision.chars().allMatch(VetVersion::isHex)) {
      throw new MalformedException(
          "cannot read version '"
              + Excerpt.of(text)
              + "': expected '@git:' and 40 hexadecimal digits after the version");
    }
    return new VetVersion(CrateVersion.parse(text.substring(0, at).stripTrailing()), revision);
  }

  /// Returns a version of the registry.
  public static VetVersion of(CrateVersion version) {
    return new VetVersion(version, null);
  }

  private static boolean isHex(int c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  /// Returns whether the version is one of the registry.
  public boolean isPublished() {
    return gitRevision == null;
  }

  @Override
  public int compareTo(VetVersion other) {
    return ORDER.compare(this, other);
  }

  /// Returns the version in the form of a store.
  @Override
  public String toString() {
    return gitRevision == null ? version.text() : version.text() + "@git:" + gitRevision;
  }
}
