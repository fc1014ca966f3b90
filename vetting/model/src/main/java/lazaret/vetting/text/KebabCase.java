package lazaret.vetting.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The kebab-case form of enum constants: `not-built` for `NOT_BUILT`.
public final class KebabCase {
  private KebabCase() {}

  /// Returns the form of a constant.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns the form of the name of a class: `already-imported` for `AlreadyImported`.
  public static String of(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /// Returns the constant with a form, or empty if there is none.
  public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String text) {
    return Stream.of(type.getEnumConstants()).filter(each -> of(each).equals(text)).findFirst();
  }
}
