package lazaret.vetting.inspect;

import java.util.List;
import java.util.stream.Stream;

/// Indicators of compromise, each value once for each kind.
///
/// @param all indicators in the order of kind, value and advisory
public record Iocs(List<Ioc> all) {
  /// No indicators.
  public static final Iocs NONE = new Iocs(List.of());

  /// Copies the list.
  public Iocs {
    all = List.copyOf(all);
  }

  /// Returns the indicators of a kind.
  public Stream<Ioc> of(Ioc.Kind kind) {
    return all.stream().filter(i -> i.kind() == kind);
  }

  /// Returns whether there are no indicators.
  public boolean isEmpty() {
    return all.isEmpty();
  }
}
