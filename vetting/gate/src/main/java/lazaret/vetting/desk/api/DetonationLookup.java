package lazaret.vetting.desk.api;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import org.jspecify.annotations.Nullable;

/// The port to the evidence of sandbox builds. Implementations are thread-safe and block.
public interface DetonationLookup {
  /// No evidence.
  DetonationLookup NONE = _ -> null;

  /// Returns the evidence of a version, or null if there is none.
  @Nullable DetonationInfo evidence(CrateId id);
}
