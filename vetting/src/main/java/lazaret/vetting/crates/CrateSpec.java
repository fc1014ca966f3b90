package lazaret.vetting.crates;

import org.jspecify.annotations.Nullable;

/// What a person types to name a crate, one of its versions, or some of them: `NAME`,
/// `NAME@VERSION` or `NAME@REQ`. A full version means exactly that version, build metadata
/// included, as in `cargo add serde@=1.0.9`; anything else after `@` is a requirement: `serde@1`,
/// `serde@>=1.2, <2`.
///
/// @param name the crate
/// @param version the one version that is meant, or null
/// @param req what the versions that are meant fulfil, or null; null if `version` is not
public record CrateSpec(CrateName name, @Nullable CrateVersion version, @Nullable VersionReq req) {
  /// Checks that at most one of version and requirement is there.
  ///
  /// @throws IllegalArgumentException if both are
  public CrateSpec {
    if (version != null && req != null) {
      throw new IllegalArgumentException("a spec names a version or a requirement, not both");
    }
  }

  /// Reads a word of a command line.
  ///
  /// @throws lazaret.vetting.MalformedException if the name is none, or what follows `@` is neither
  ///   a version nor a requirement
  public static CrateSpec parse(String word) {
    int at = word.indexOf('@');
    if (at < 0) {
      return new CrateSpec(CrateName.parse(word), null, null);
    }
    CrateName name = CrateName.parse(word.substring(0, at));
    String rest = word.substring(at + 1);
    // Three numbers without an operator are a version; what only looks like one must not turn into
    // a
    // requirement that matches more than was meant.
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

  /// Tells whether a version of the crate is meant.
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
