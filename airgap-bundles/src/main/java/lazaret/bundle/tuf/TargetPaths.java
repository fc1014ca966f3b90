package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// Which targets a delegation is for.
public sealed interface TargetPaths {
  /// Tells whether a target is among them.
  boolean contains(String target);

  /// By patterns in the manner of a shell: `*` and `?`, which never stand for `/`.
  ///
  /// @param patterns as metadata has them
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

    /// Goes back to the last `*` only, so that no pattern takes longer than the product of both
    /// lengths.
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

  /// By the first digits of the SHA-256 of the path.
  ///
  /// @param prefixes lower-case hex
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
