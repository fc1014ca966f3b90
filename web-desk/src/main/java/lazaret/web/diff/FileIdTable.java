package lazaret.web.diff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The ids of files on a page, which addresses rely on. No id of a file, nor one that derives from
/// it, equals an id of another element: a crate chooses its paths, and could otherwise lead a link
/// to another line than the one it names. Not thread-safe.
final class FileIdTable {
  private static final int MAX_LENGTH = 80;
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

  /// The endings of ids that derive from the id of a file: lines, hunks, equal lines, findings.
  private static final Pattern DERIVED =
      Pattern.compile("(?:.*-)?(?:[hcfp]?[0-9]+(?:s[0-9]+)?|note|text|title|line)");

  private final Set<String> taken =
      new HashSet<>(
          Set.of(
              "main",
              "live",
              "keys",
              "keys-form",
              "q",
              "say",
              "code",
              "capabilities",
              "behavior",
              "unread",
              "decide",
              "reading",
              "missing",
              "record",
              "picked",
              "theme",
              "reason",
              "criteria",
              "ends",
              "day",
              "base",
              "evidence",
              "hatch",
              "bases",
              "waiting",
              "criteria-hint"));

  private final Map<String, Integer> numbers = new HashMap<>();

  /// Returns the id of a file: its path in lower case with each run of other characters as `-`. If
  /// that could be the id of another element, `-p1` or a higher number follows.
  ///
  /// @param path the path, which no earlier call had
  String add(String path) {
    String plain = OTHER.matcher(path.toLowerCase(Locale.ROOT)).replaceAll("-");
    String slug = plain.startsWith("-") ? plain.substring(1) : plain;
    slug = slug.endsWith("-") ? slug.substring(0, slug.length() - 1) : slug;
    boolean cut = slug.isEmpty() || slug.length() > MAX_LENGTH;
    slug = slug.isEmpty() ? "file" : slug.substring(0, Math.min(slug.length(), MAX_LENGTH));
    if (!cut && !slug.startsWith("i-") && !DERIVED.matcher(slug).matches() && taken.add(slug)) {
      return slug;
    }
    // No other id ends with -p and a number, so that the number of the slug makes it unique.
    return slug + "-p" + numbers.merge(slug, 1, Integer::sum);
  }
}
