package lazaret.vetting.desk.api;

import java.util.List;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.store.HealthItemInfo;

/// The check of the health of a gate, for its status. Thread-safe.
public interface HealthCheck {
  /// The check of a gate whose health is unknown.
  HealthCheck NONE =
      new HealthCheck() {
        @Override
        public List<HealthItemInfo> items() {
          return List.of();
        }

        @Override
        public void refused(Problem decision) {}
      };

  /// Returns the health of each part.
  List<HealthItemInfo> items();

  /// Records that a decision was refused.
  ///
  /// @param decision the gravest cause
  void refused(Problem decision);
}
