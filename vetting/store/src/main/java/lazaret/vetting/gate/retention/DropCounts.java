package lazaret.vetting.gate.retention;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The counts of records that were left out, by kind. Thread-safe.
public final class DropCounts {
  private final Map<DropKind, Long> counts = new EnumMap<>(DropKind.class);

  /// Creates counts at zero.
  public DropCounts() {}

  /// Adds to a count.
  public synchronized void add(DropKind kind, long number) {
    if (number > 0) {
      counts.merge(kind, number, Long::sum);
    }
  }

  /// Returns a count.
  public synchronized long count(DropKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /// Returns the counts above zero.
  public synchronized Map<DropKind, Long> counts() {
    return Collections.unmodifiableMap(
        counts.isEmpty() ? new EnumMap<>(DropKind.class) : new EnumMap<>(counts));
  }

  /// Returns the counts as one text, which [#load] reads.
  public synchronized String text() {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().code() + ' ' + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /// Adds the counts of a text. Lines of unknown kinds are ignored.
  public void load(String text) {
    for (String line : text.lines().toList()) {
      for (DropKind kind : DropKind.values()) {
        String prefix = kind.code() + ' ';
        String digits = line.startsWith(prefix) ? line.substring(prefix.length()) : "";
        if (!digits.isEmpty()
            && digits.length() < 19
            && digits.chars().allMatch(DropCounts::digit)) {
          add(kind, Long.parseLong(digits));
        }
      }
    }
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }
}
