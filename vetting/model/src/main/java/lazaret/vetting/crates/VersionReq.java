package lazaret.vetting.crates;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A requirement on versions: comparators separated by commas, all of which must match. Parsing and
/// matching agree with the `semver` crate, which cargo uses.
///
/// Source: Cargo reference, *Specifying Dependencies*, *Version requirement syntax*; `semver`
/// 1.0.28, whose results are the oracle of the tests.
///
/// @param text the requirement as written
/// @param comparators the comparators, in order; empty for `*`, which matches every release
public record VersionReq(String text, List<Comparator> comparators) {
  /// The maximum length of a requirement, in characters.
  public static final int MAX_LENGTH = 4096;

  /// The maximum number of comparators, as in `semver`.
  public static final int MAX_COMPARATORS = 32;

  /// Copies the list.
  public VersionReq {
    comparators = List.copyOf(comparators);
  }

  /// The operator of a comparator.
  public enum Op {
    /// `=1.2.3`: this version.
    EXACT,
    /// `>1.2.3`: a later one.
    GREATER,
    /// `>=1.2.3`: this or a later one.
    GREATER_EQ,
    /// `<1.2.3`: an earlier one.
    LESS,
    /// `<=1.2.3`: this or an earlier one.
    LESS_EQ,
    /// `~1.2.3`: later versions that change only the last stated number, or the patch number.
    TILDE,
    /// `^1.2.3` or `1.2.3`: later versions that keep the leftmost number that is not zero.
    CARET,
    /// `1.2.*`: any number in place of the star.
    WILDCARD
  }

  /// One comparator of a requirement. Numbers are unsigned; build metadata is parsed and ignored.
  ///
  /// @param op operator
  /// @param major major number
  /// @param minor minor number; null if it is not stated
  /// @param patch patch number; null if it is not stated; null if `minor` is null
  /// @param preRelease identifiers after `-`, or the empty text; empty if `patch` is null
  public record Comparator(
      Op op, long major, @Nullable Long minor, @Nullable Long patch, String preRelease) {

    /// Returns whether the numbers of a version match. The requirement decides whether a
    /// pre-release is permitted.
    boolean matches(CrateVersion version) {
      return switch (op) {
        case EXACT, WILDCARD -> matchesExact(version);
        case GREATER -> isBelow(version);
        case GREATER_EQ -> matchesExact(version) || isBelow(version);
        case LESS -> isAbove(version);
        case LESS_EQ -> matchesExact(version) || isAbove(version);
        case TILDE -> matchesTilde(version);
        case CARET -> matchesCaret(version);
      };
    }

    /// Returns the comparator in the form of the `semver` crate.
    String canonical() {
      String sign =
          switch (op) {
            case EXACT -> "=";
            case GREATER -> ">";
            case GREATER_EQ -> ">=";
            case LESS -> "<";
            case LESS_EQ -> "<=";
            case TILDE -> "~";
            case CARET -> "^";
            case WILDCARD -> "";
          };
      var text = new StringBuilder(sign).append(Long.toUnsignedString(major));
      if (minor != null) {
        text.append('.').append(Long.toUnsignedString(minor));
      }
      if (patch != null) {
        text.append('.').append(Long.toUnsignedString(patch));
      }
      if (!preRelease.isEmpty()) {
        text.append('-').append(preRelease);
      }
      return op == Op.WILDCARD ? text.append(".*").toString() : text.toString();
    }

    /// Returns whether the comparator names a pre-release of the same three numbers as the version.
    boolean namesPreReleaseOf(CrateVersion version) {
      return !preRelease.isEmpty()
          && major == version.major()
          && Objects.equals(minor, version.minor())
          && Objects.equals(patch, version.patch());
    }

    private boolean matchesExact(CrateVersion version) {
      return version.major() == major
          && (minor == null || version.minor() == minor)
          && (patch == null || version.patch() == patch)
          && version.preRelease().equals(preRelease);
    }

    private boolean isBelow(CrateVersion version) {
      return orderOf(version) > 0;
    }

    private boolean isAbove(CrateVersion version) {
      return orderOf(version) < 0;
    }

    /// Returns the order of a version relative to the stated numbers; 0 if it agrees with all of
    /// them.
    private int orderOf(CrateVersion version) {
      int order = Long.compareUnsigned(version.major(), major);
      if (order != 0 || minor == null) {
        return order;
      }
      order = Long.compareUnsigned(version.minor(), minor);
      if (order != 0 || patch == null) {
        return order;
      }
      order = Long.compareUnsigned(version.patch(), patch);
      return order != 0 ? order : SemverOrder.preReleases(version.preRelease(), preRelease);
    }

    private boolean matchesTilde(CrateVersion version) {
      return version.major() == major
          && (minor == null || version.minor() == minor)
          && reachesPatch(version);
    }

    private boolean matchesCaret(CrateVersion version) {
      if (version.major() != major) {
        return false;
      }
      if (minor == null) {
        return true;
      }
      if (major != 0) {
        int order = Long.compareUnsigned(version.minor(), minor);
        return order != 0 ? order > 0 : patch == null || reachesPatch(version);
      }
      if (version.minor() != minor) {
        return false;
      }
      if (patch == null) {
        return true;
      }
      return (minor != 0 || version.patch() == patch) && reachesPatch(version);
    }

    private boolean reachesPatch(CrateVersion version) {
      if (patch != null) {
        int order = Long.compareUnsigned(version.patch(), patch);
        if (order != 0) {
          return order > 0;
        }
      }
      return SemverOrder.preReleases(version.preRelease(), preRelease) >= 0;
    }
  }

  /// Parses a requirement.
  ///
  /// @param text requirement as in a manifest or an index line: `^1.2`, `>=1.2.3, <2`, `*`
  /// @throws MalformedException if the text is not a requirement, has more than [#MAX_COMPARATORS]
  ///   comparators or is longer than [#MAX_LENGTH]
  public static VersionReq parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw malformed(text, "longer than " + MAX_LENGTH + " characters");
    }
    var scanner = new SemverScanner(text);
    try {
      scanner.skipSpaces();
      if (scanner.takeWildcard()) {
        scanner.skipSpaces();
        scanner.end();
        return new VersionReq(text, List.of());
      }
      return new VersionReq(text, comparators(scanner));
    } catch (SemverScanner.Rejection e) {
      throw malformed(text, e.reason());
    }
  }

  private static MalformedException malformed(String text, String why) {
    return new MalformedException(
        "cannot read version requirement '"
            + Excerpt.of(text)
            + "': "
            + why
            + "; expected a form like ^1.2 or >=1.2, <2");
  }

  /// Returns whether a version meets the requirement. A pre-release does only if a comparator names
  /// a pre-release of the same three numbers.
  public boolean matches(CrateVersion version) {
    for (Comparator comparator : comparators) {
      if (!comparator.matches(version)) {
        return false;
      }
    }
    if (!version.isPreRelease()) {
      return true;
    }
    for (Comparator comparator : comparators) {
      if (comparator.namesPreReleaseOf(version)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the requirement in the form of the `semver` crate: with every operator, one space
  /// after each comma, and without build metadata.
  public String canonical() {
    return comparators.isEmpty()
        ? "*"
        : comparators.stream().map(Comparator::canonical).collect(Collectors.joining(", "));
  }

  /// Returns the requirement as written.
  @Override
  public String toString() {
    return text;
  }

  private static List<Comparator> comparators(SemverScanner scanner)
      throws SemverScanner.Rejection {
    var comparators = new ArrayList<Comparator>(2);
    do {
      if (comparators.size() == MAX_COMPARATORS) {
        throw new SemverScanner.Rejection("more than " + MAX_COMPARATORS + " comparators");
      }
      scanner.skipSpaces();
      comparators.add(comparator(scanner));
      scanner.skipSpaces();
    } while (scanner.take(','));
    scanner.end();
    return comparators;
  }

  private static Comparator comparator(SemverScanner scanner) throws SemverScanner.Rejection {
    @Nullable Op written = op(scanner);
    scanner.skipSpaces();
    long major = scanner.number();
    @Nullable Long minor = null;
    @Nullable Long patch = null;
    boolean wildcard = false;
    if (scanner.take('.')) {
      wildcard = scanner.takeWildcard();
      minor = wildcard ? null : Long.valueOf(scanner.number());
      if (scanner.take('.')) {
        boolean patchWildcard = scanner.takeWildcard();
        if (wildcard && !patchWildcard) {
          throw new SemverScanner.Rejection("a number follows a wildcard");
        }
        wildcard |= patchWildcard;
        patch = patchWildcard ? null : Long.valueOf(scanner.number());
      }
    }
    String preRelease = patch != null && scanner.take('-') ? scanner.preRelease() : "";
    if (patch != null && scanner.take('+')) {
      scanner.build();
    }
    Op op = written != null ? written : wildcard ? Op.WILDCARD : Op.CARET;
    return new Comparator(op, major, minor, patch, preRelease);
  }

  private static @Nullable Op op(SemverScanner scanner) {
    if (scanner.take('=')) {
      return Op.EXACT;
    }
    if (scanner.take('>')) {
      return scanner.take('=') ? Op.GREATER_EQ : Op.GREATER;
    }
    if (scanner.take('<')) {
      return scanner.take('=') ? Op.LESS_EQ : Op.LESS;
    }
    if (scanner.take('~')) {
      return Op.TILDE;
    }
    return scanner.take('^') ? Op.CARET : null;
  }
}
