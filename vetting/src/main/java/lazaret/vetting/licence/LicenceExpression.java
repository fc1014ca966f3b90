package lazaret.vetting.licence;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// What a crate is licensed under: licences joined by AND and OR.
///
/// Identifiers are not checked against SPDX's list: one that is on no list meets no allow list
/// either, and our copy of the list would be wrong the day after its release.
public sealed interface LicenceExpression {
  /// The longest expression that is read, in characters; the longest of the public registry has
  /// less than a quarter.
  int MAX_LENGTH = 1024;

  /// How deep parentheses may be nested.
  int MAX_DEPTH = 32;

  /// One licence.
  ///
  /// @param term the licence
  record One(LicenceTerm term) implements LicenceExpression {}

  /// All parts have to be met.
  ///
  /// @param parts at least two
  record All(List<LicenceExpression> parts) implements LicenceExpression {
    /// Copies the list.
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// Any part does.
  ///
  /// @param parts at least two
  record Any(List<LicenceExpression> parts) implements LicenceExpression {
    /// Copies the list.
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /// Reads the `license` of a manifest. `/` stands for OR, as in old manifests (Cargo reference,
  /// *The license and license-file fields*).
  ///
  /// @throws MalformedException if the text is no expression
  static LicenceExpression parse(String text) {
    return LicenceParser.expression(text);
  }

  /// Reads one licence of an allow list.
  ///
  /// @throws MalformedException if the text is no single licence
  static LicenceTerm parseTerm(String text) {
    if (LicenceParser.expression(text) instanceof One(LicenceTerm term)) {
      return term;
    }
    throw new MalformedException(
        "cannot read licence '"
            + Excerpt.of(text)
            + "': expected a single one, such as 'Apache-2.0 WITH LLVM-exception'");
  }

  /// Tells whether a list of licences meets the expression.
  ///
  /// @param allowed the licences that are allowed
  default boolean isMetBy(Collection<LicenceTerm> allowed) {
    return switch (this) {
      case One(LicenceTerm term) -> allowed.stream().anyMatch(one -> one.meets(term));
      case All(List<LicenceExpression> parts) -> parts.stream().allMatch(p -> p.isMetBy(allowed));
      case Any(List<LicenceExpression> parts) -> parts.stream().anyMatch(p -> p.isMetBy(allowed));
    };
  }

  /// Returns the expression as SPDX writes it, with the parentheses that it needs.
  default String text() {
    return switch (this) {
      case One(LicenceTerm term) -> term.toString();
      case All(List<LicenceExpression> parts) ->
          parts.stream()
              .map(part -> part instanceof Any ? "(" + part.text() + ")" : part.text())
              .collect(Collectors.joining(" AND "));
      case Any(List<LicenceExpression> parts) ->
          parts.stream().map(LicenceExpression::text).collect(Collectors.joining(" OR "));
    };
  }
}
