package lazaret.vetting.policy.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words of enum constants in policy files: lower case with dashes.
final class EnumWords {
  private EnumWords() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns all words of an enum, for messages.
  static String all(Class<? extends Enum<?>> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(EnumWords::of).toList();
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  static <E extends Enum<E>> @Nullable E constant(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> of(c).equals(word))
        .findFirst()
        .orElse(null);
  }
}
