package lazaret.mirror.health;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.hosting.names.PrivateNameAlarm;

/// The health of private names: the alarms that are not acknowledged. Health is readable without a
/// token, so that it has no name.
final class NameHealth {
  private NameHealth() {}

  /// Returns the health, or empty if there is no such alarm.
  static Optional<HealthReport.Part> part(PrivateNameAlarm alarm) {
    long open = alarm.open();
    if (open == 0) {
      return Optional.empty();
    }
    String detail = "alarms about private names are not acknowledged";
    return Optional.of(
        new HealthReport.Part(
            new HealthItemInfo(
                "private-names",
                HealthItemInfo.State.WARNING,
                open,
                "alarms",
                detail,
                "run 'vetting-cli private alarms'"),
            List.of(detail)));
  }
}
