package lazaret.vetting.deskapi.hosting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The alarms about private and reserved names, by kind and name.
///
/// @param alarms at most 1,000 alarms, first those that are not acknowledged; after an
///   acknowledgment its alarms alone
/// @param total the number of all alarms
/// @param next the value of `after` for the next part; null after the last part
public record PrivateAlarmsReply(List<PrivateAlarmInfo> alarms, long total, @Nullable String next) {
  /// Copies the list.
  public PrivateAlarmsReply {
    alarms = List.copyOf(alarms);
  }
}
