package lazaret.vetting.crates;

import org.jspecify.annotations.Nullable;

/// A crate specification on a command line: `NAME`, `NAME@VERSION` or `NAME@REQ`. A full version
/// selects exactly that version, including build metadata, as in `cargo add serde@=1.0.9`. Any
/// other text after `@` is a requirement: `serde@1`, `serde@>=1.2, <2`.
///
/// @param name the crate
/// @param version the only version that is selected; null if there is none
/// @param req requirement on the selected versions; null if there is none. Null if `version` is not
///   null
public record CrateSpec(CrateName name, @Nullable CrateVersion version, @Nullable VersionReq req) {
  /// Checks that at most one of version and requirement is given.
  ///
  /// @throws IllegalArgumentException if both are given
  public CrateSpec {
    if (version != null && req != null) {
      throw new IllegalArgumentException("a spec names a version or a requirement, not both");
    }
  }

  /// Parses a word of a command line.
  ///
  /// @throws lazaret.vetting.MalformedException if the name is invalid, or the text after `@` is
  ///   neither a version nor a requirement
  public static CrateSpec parse(String word) {
    int at = word.indexOf('@');
    if (at < 0) {
      return new CrateSpec(CrateName.parse(word), null, null);
    }
    CrateName name = CrateName.parse(word.substring(0, at));
    String rest = word.substring(at + 1);
    // Three numbers without an operator are a version. A misspelled version must not become a
    // requirement that matches more than was intended.
    if (isVersionLike(rest)) {
      return new CrateSpec(name, CrateVersion.parse(rest), null);
    }
    return new CrateSpec(name, null, VersionReq.parse(rest));
  }

  private static boolean isVersionLike(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c == '-' || c == '+') {
        return true;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots >= 2;
  }

  /// Returns whether the specification selects a version of the crate.
  public boolean matches(CrateVersion candidate) {
    if (version != null) {
      return version.equals(candidate);
    }
    return req == null || req.matches(candidate);
  }

  /// Returns the form that [#parse] reads.
  @Override
  public String toString() {
    if (version != null) {
      return name + "@" + version;
    }
    return req == null ? name.toString() : name + "@" + req;
  }
}
