package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.crates.CrateSpec;

/// A request for the lockfiles that a decision on some versions would let pass.
///
/// @param specs the versions, each `NAME@VERSION`; 1 to 200
public record UnblockedLockfilesRequest(List<CrateSpec> specs) {
  public UnblockedLockfilesRequest {
    specs = List.copyOf(specs);
  }
}
