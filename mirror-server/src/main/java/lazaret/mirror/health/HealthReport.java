package lazaret.mirror.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.deskapi.store.HealthItemInfo;

/// The health of a server at one moment.
///
/// @param items the health of each part
/// @param degraded the limitations of the gate, in one clause each without a path
/// @param admissions `open`, or why new artifacts are not stored
public record HealthReport(List<HealthItemInfo> items, List<String> degraded, String admissions) {
  public HealthReport {
    items = List.copyOf(items);
    degraded = List.copyOf(degraded);
  }

  /// One part of a server.
  ///
  /// @param degraded the limitations of the gate by this part, in one clause each without a path
  record Part(HealthItemInfo item, List<String> degraded) {}

  static HealthReport of(List<Part> parts, String admissions) {
    List<String> degraded = new ArrayList<>();
    parts.forEach(part -> degraded.addAll(part.degraded()));
    return new HealthReport(parts.stream().map(Part::item).toList(), degraded, admissions);
  }

  /// Returns the gravest state of all parts.
  public HealthItemInfo.State state() {
    return items.stream()
        .map(HealthItemInfo::state)
        .max(Enum::compareTo)
        .orElse(HealthItemInfo.State.OK);
  }

  /// Returns the health of a part, or empty if the server has no such part.
  public Optional<HealthItemInfo> item(String name) {
    return items.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
