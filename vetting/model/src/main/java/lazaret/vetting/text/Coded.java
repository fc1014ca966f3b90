package lazaret.vetting.text;

import java.util.Optional;

/// A constant of an enum with a word of its own that is stored or public. The word is written out
/// and never changes, even if the constant gets another name.
public interface Coded {
  /// Returns the word.
  String code();

  /// Returns the constant with a word, or empty if there is none.
  static <E extends Enum<E> & Coded> Optional<E> find(Class<E> type, String code) {
    return Optional.ofNullable(type.cast(CodeTable.of(type).get(code)));
  }

  /// Returns the constant with a word.
  ///
  /// @throws IllegalArgumentException if there is none
  static <E extends Enum<E> & Coded> E parse(Class<E> type, String code) {
    return find(type, code)
        .orElseThrow(
            () -> new IllegalArgumentException("unknown code of " + code.length() + " characters"));
  }
}
