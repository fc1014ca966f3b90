package lazaret.vetting.license;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// An SPDX license expression: licenses joined by AND and OR. Immutable.
///
/// Identifiers are not checked against the SPDX list. An identifier outside of it is in no allow
/// list either, and a copy of the list would soon be out of date.
public sealed interface LicenseExpression {
  /// The maximum length of an expression, in characters. The longest one of the public registry has
  /// less than a quarter of it.
  int MAX_LENGTH = 1024;

  /// The maximum nesting depth of parentheses.
  int MAX_DEPTH = 32;

  /// A single license.
  ///
  /// @param term the license
  record One(LicenseTerm term) implements LicenseExpression {}

  /// An expression that is met if all parts are met.
  ///
  /// @param parts at least two
  record All(List<LicenseExpression> parts) implements LicenseExpression {
    /// Copies the list.
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// An expression that is met if any part is met.
  ///
  /// @param parts at least two
  record Any(List<LicenseExpression> parts) implements LicenseExpression {
    /// Copies the list.
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /// Parses the `license` field of a manifest. `/` means OR, as in old manifests (Cargo reference,
  /// *The license and license-file fields*).
  ///
  /// @throws MalformedException if the text is not an SPDX expression or exceeds [#MAX_LENGTH] or
  ///   [#MAX_DEPTH]
  static LicenseExpression parse(String text) {
    return LicenseParser.expression(text);
  }

  /// Parses one license of an allow list.
  ///
  /// @throws MalformedException if the text is not a single license
  static LicenseTerm parseTerm(String text) {
    if (LicenseParser.expression(text) instanceof One(LicenseTerm term)) {
      return term;
    }
    throw new MalformedException(
        "cannot read license '"
            + Excerpt.of(text)
            + "': expected a single one, such as 'Apache-2.0 WITH LLVM-exception'");
  }

  /// Returns whether a list of licenses meets the expression.
  ///
  /// @param allowed the permitted licenses
  default boolean isMetBy(Collection<LicenseTerm> allowed) {
    return switch (this) {
      case One(LicenseTerm term) -> allowed.stream().anyMatch(one -> one.meets(term));
      case All(List<LicenseExpression> parts) -> parts.stream().allMatch(p -> p.isMetBy(allowed));
      case Any(List<LicenseExpression> parts) -> parts.stream().anyMatch(p -> p.isMetBy(allowed));
    };
  }

  /// Returns the expression in SPDX syntax, with the parentheses that it needs.
  default String text() {
    return switch (this) {
      case One(LicenseTerm term) -> term.toString();
      case All(List<LicenseExpression> parts) ->
          parts.stream()
              .map(part -> part instanceof Any ? "(" + part.text() + ")" : part.text())
              .collect(Collectors.joining(" AND "));
      case Any(List<LicenseExpression> parts) ->
          parts.stream().map(LicenseExpression::text).collect(Collectors.joining(" OR "));
    };
  }
}
