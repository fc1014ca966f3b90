package lazaret.vetting.text;

import java.util.HashMap;
import java.util.Map;

/// The constants of enums by their words, one table for each enum. Thread-safe.
final class CodeTable {
  private static final ClassValue<Map<String, Coded>> TABLES =
      new ClassValue<>() {
        @Override
        protected Map<String, Coded> computeValue(Class<?> type) {
          Map<String, Coded> table = new HashMap<>();
          for (Object constant : type.getEnumConstants()) {
            Coded coded = (Coded) constant;
            if (table.put(coded.code(), coded) != null) {
              throw new IllegalStateException(
                  "two constants of %s have the word '%s'".formatted(type, coded.code()));
            }
          }
          return Map.copyOf(table);
        }
      };

  private CodeTable() {}

  /// Returns the constants of an enum that implements [Coded].
  static Map<String, Coded> of(Class<?> type) {
    return TABLES.get(type);
  }
}
