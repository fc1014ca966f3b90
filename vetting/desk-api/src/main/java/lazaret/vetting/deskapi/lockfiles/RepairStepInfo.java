package lazaret.vetting.deskapi.lockfiles;

import java.util.List;

/// A step that repairs a lockfile.
///
/// @param kind the kind of the step
/// @param text a command for cargo, or a sentence
/// @param repairs the withheld packages that it repairs, each `NAME@VERSION`
public record RepairStepInfo(Kind kind, String text, List<String> repairs) {
  public RepairStepInfo {
    repairs = List.copyOf(repairs);
  }

  /// The kinds of steps.
  public enum Kind {
    /// A complete `cargo update`.
    UPDATE,
    /// A move to one later version.
    PRECISE,
    /// A change of a requirement in a manifest.
    MANIFEST,
    /// A move to an earlier version.
    LOWER,
    /// No repair is possible.
    NONE
  }
}
