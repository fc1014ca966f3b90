package lazaret.vetting.deskapi.hosting;

import java.util.List;

/// An acknowledgment: a person looked at alarms about names. If one of them does not exist, none is
/// acknowledged.
///
/// @param keys the keys of the alarms, as in a reply; 1 to 1,000
public record PrivateAlarmRequest(List<String> keys) {
  /// Copies the list.
  public PrivateAlarmRequest {
    keys = List.copyOf(keys);
  }
}
