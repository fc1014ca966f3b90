package lazaret.vetting.crates;

import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The version of a crate: SemVer 2.0.0 with all three numbers, each at most 2^64 - 1. Parsing
/// agrees with the `semver` crate, which cargo uses. Immutable.
///
/// Two versions are equal if their texts are: `1.2.0` and `1.2.0+meta` are two versions of an index
/// file. The order is total and consistent with equality. SemVer precedence comes first, then build
/// metadata by the same rules; this is cargo's order of preference.
///
/// Source: SemVer 2.0.0, clauses 2, 9, 10 and 11; `semver` 1.0.28, whose results are the oracle of
/// the tests.
public final class CrateVersion implements Comparable<CrateVersion> {
  /// The maximum length of a version, in characters. The longest version in the public registry has
  /// less than half of it.
  public static final int MAX_LENGTH = 256;

  private final String text;
  private final long major;
  private final long minor;
  private final long patch;
  private final String preRelease;
  private final String build;

  private CrateVersion(String text, long[] numbers, String preRelease, String build) {
    this.text = text;
    this.major = numbers[0];
    this.minor = numbers[1];
    this.patch = numbers[2];
    this.preRelease = preRelease;
    this.build = build;
  }

  /// Parses a version.
  ///
  /// @param text `major.minor.patch[-preRelease][+build]`, without surrounding text
  /// @throws MalformedException if the text has another form or is longer than [#MAX_LENGTH], or a
  ///   number has a leading zero or exceeds 2^64 - 1
  public static CrateVersion parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw malformed(text, "longer than " + MAX_LENGTH + " characters");
    }
    var scanner = new SemverScanner(text);
    try {
      long[] numbers = new long[3];
      for (int i = 0; i < numbers.length; i++) {
        if (i > 0) {
          scanner.expect('.');
        }
        numbers[i] = scanner.number();
      }
      String preRelease = scanner.take('-') ? scanner.preRelease() : "";
      String build = scanner.take('+') ? scanner.build() : "";
      scanner.end();
      return new CrateVersion(text, numbers, preRelease, build);
    } catch (SemverScanner.Rejection e) {
      throw malformed(text, e.reason());
    }
  }

  private static MalformedException malformed(String text, String why) {
    return new MalformedException(
        "cannot read version '" + Excerpt.of(text) + "': " + why + "; expected a form like 1.2.3");
  }

  /// Returns the exact text that was parsed.
  public String text() {
    return text;
  }

  /// Returns the major number, unsigned: see [Long#compareUnsigned].
  public long major() {
    return major;
  }

  /// Returns the minor number, unsigned: see [Long#compareUnsigned].
  public long minor() {
    return minor;
  }

  /// Returns the patch number, unsigned: see [Long#compareUnsigned].
  public long patch() {
    return patch;
  }

  /// Returns the identifiers after `-`, or the empty text for a release.
  public String preRelease() {
    return preRelease;
  }

  /// Returns the identifiers after `+`, or the empty text if there are none.
  public String build() {
    return build;
  }

  /// Returns whether the version is a pre-release.
  public boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /// Returns whether a text is a version.
  public static boolean isValid(String text) {
    try {
      parse(text);
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  /// Returns the version without build metadata, or this one if it has none.
  public CrateVersion withoutBuild() {
    return build.isEmpty()
        ? this
        : new CrateVersion(
            text.substring(0, text.indexOf('+')), new long[] {major, minor, patch}, preRelease, "");
  }

  @Override
  public int compareTo(CrateVersion other) {
    int order = comparePrecedence(other);
    return order != 0 ? order : SemverOrder.builds(build, other.build);
  }

  /// Compares by precedence, which ignores build metadata (SemVer 2.0.0, clause 11). A result of
  /// zero does not mean equality.
  public int comparePrecedence(CrateVersion other) {
    int order = Long.compareUnsigned(major, other.major);
    if (order == 0) {
      order = Long.compareUnsigned(minor, other.minor);
    }
    if (order == 0) {
      order = Long.compareUnsigned(patch, other.patch);
    }
    return order != 0 ? order : SemverOrder.preReleases(preRelease, other.preRelease);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrateVersion that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// Returns the exact text that was parsed.
  @Override
  public String toString() {
    return text;
  }
}
