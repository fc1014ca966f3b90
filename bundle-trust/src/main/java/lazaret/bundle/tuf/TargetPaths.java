package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// The set of target paths that a delegation covers.
public sealed interface TargetPaths {
  /// Returns whether the set contains a target.
  boolean contains(String target);

  /// Paths given by shell patterns with `*` and `?`, neither of which matches `/`.
  ///
  /// @param patterns the patterns of the metadata
  record Patterns(List<String> patterns) implements TargetPaths {
    /// Copies the patterns.
    public Patterns {
      patterns = List.copyOf(patterns);
    }

    @Override
    public boolean contains(String target) {
      String[] parts = target.split("/", -1);
      return patterns.stream().anyMatch(pattern -> matches(pattern.split("/", -1), parts));
    }

    private static boolean matches(String[] pattern, String[] parts) {
      if (pattern.length != parts.length) {
        return false;
      }
      for (int i = 0; i < parts.length; i++) {
        if (!matches(pattern[i], parts[i])) {
          return false;
        }
      }
      return true;
    }

    /// Returns whether a text matches a pattern. Backtracking goes to the last `*` only, so the
    /// time is at most the product of both lengths.
    private static boolean matches(String pattern, String text) {
      int p = 0;
      int star = -1;
      int retry = 0;
      int t = 0;
      while (t < text.length()) {
        if (p < pattern.length() && pattern.charAt(p) == '*') {
          star = p++;
          retry = t;
        } else if (p < pattern.length()
            && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
          p++;
          t++;
        } else if (star >= 0) {
          p = star + 1;
          t = ++retry;
        } else {
          return false;
        }
      }
      while (p < pattern.length() && pattern.charAt(p) == '*') {
        p++;
      }
      return p == pattern.length();
    }
  }

  /// Paths given by the first digits of the SHA-256 of the path.
  ///
  /// @param prefixes the prefixes in lower-case hex
  record HashPrefixes(List<String> prefixes) implements TargetPaths {
    /// Copies the prefixes.
    public HashPrefixes {
      prefixes = List.copyOf(prefixes);
    }

    @Override
    public boolean contains(String target) {
      byte[] path = target.getBytes(StandardCharsets.UTF_8);
      String hex = Sha256.of(path, 0, path.length).hex();
      return prefixes.stream().anyMatch(hex::startsWith);
    }
  }
}
