package lazaret.vetting.deskapi.store;

import java.util.List;

/// The long operations that run, in the order in which they began.
///
/// @param operations the operations
public record OperationsReply(List<OperationInfo> operations) {
  public OperationsReply {
    operations = List.copyOf(operations);
  }
}
