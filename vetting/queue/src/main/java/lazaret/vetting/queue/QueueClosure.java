package lazaret.vetting.queue;

import java.util.ArrayList;
import java.util.List;

/// A queued version with the queued versions that its dependencies add.
///
/// @param root the version that no other queued version requires
/// @param added the versions that it requires, directly or not; empty for one version alone
record QueueClosure(QueueRow root, List<QueueRow> added) {
  /// Copies the list.
  QueueClosure {
    added = List.copyOf(added);
  }

  /// Returns all versions, the root first.
  List<QueueRow> rows() {
    List<QueueRow> rows = new ArrayList<>();
    rows.add(root);
    rows.addAll(added);
    return rows;
  }
}
