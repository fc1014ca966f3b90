package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.source.Capability;

/// The capabilities that the code of one place has in neither of two versions.
///
/// @param where the place, in which code of one of both runs
/// @param capabilities the capabilities
public record AbsentCapabilities(ExecutionContext where, List<Capability> capabilities) {
  /// Copies the list.
  public AbsentCapabilities {
    capabilities = List.copyOf(capabilities);
  }
}
