package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The signals of one crate: the heaviest few of each code. Not thread-safe.
final class SignalCollector {
  /// The maximum number of signals of one crate.
  static final int MAX = 64;

  private static final int MAX_OF_CODE = 4;

  private static final Comparator<Signal> ORDER =
      Comparator.comparing(Signal::weight)
          .reversed()
          .thenComparing(Signal::code)
          .thenComparing(Signal::path)
          .thenComparingInt(Signal::line)
          .thenComparing(Signal::excerpt);

  private final Map<SignalCode, List<Signal>> found = new EnumMap<>(SignalCode.class);

  /// Adds a signal, unless its line has one of the same code with at least its weight. If there are
  /// too many of its code, the lightest of them is dropped.
  void add(Signal signal) {
    List<Signal> same = found.computeIfAbsent(signal.code(), _ -> new ArrayList<>());
    for (Signal known : same) {
      if (known.path().equals(signal.path()) && known.line() == signal.line()) {
        if (known.weight().compareTo(signal.weight()) < 0) {
          same.remove(known);
          break;
        }
        return;
      }
    }
    if (same.size() == MAX_OF_CODE) {
      Signal lightest = same.stream().min(Comparator.comparing(Signal::weight)).orElseThrow();
      if (lightest.weight().compareTo(signal.weight()) >= 0) {
        return;
      }
      same.remove(lightest);
    }
    same.add(signal);
  }

  /// Changes the signals that match a condition to notes.
  void lessen(Predicate<Signal> condition) {
    found.values().forEach(same -> same.replaceAll(s -> condition.test(s) ? s.asNote() : s));
  }

  /// Returns the signals, heaviest first.
  List<Signal> list() {
    return found.values().stream().flatMap(List::stream).sorted(ORDER).limit(MAX).toList();
  }
}
