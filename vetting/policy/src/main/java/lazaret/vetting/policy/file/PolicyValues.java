package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.toml.OperatorToml;
import org.jspecify.annotations.Nullable;

/// Conversions of the values of a policy file.
final class PolicyValues {
  private PolicyValues() {}

  /// Returns all words of an enum, for messages.
  static String choice(Class<? extends Enum<?>> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(KebabCase::of).toList();
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  /// Returns a function that converts texts and returns null for other values.
  static <T> Function<Object, @Nullable T> ofText(Function<String, @Nullable T> reader) {
    return raw -> raw instanceof String s ? reader.apply(s) : null;
  }

  /// Returns the converted elements of an array, or null if one of them is refused.
  static <T> @Nullable List<T> each(
      OperatorToml.Array array, Function<Object, @Nullable T> reader) {
    List<T> all = new ArrayList<>();
    for (OperatorToml.Entry element : array.elements()) {
      T one = reader.apply(element.value());
      if (one == null) {
        return null;
      }
      all.add(one);
    }
    return List.copyOf(all);
  }
}
