package lazaret.cli.decision;

import java.util.List;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.json.Inline;

/// The output of a verb that records decisions with `--json`.
///
/// @param reply the reply of the desk; without decisions if nothing was recorded
/// @param dryRun whether `--dry-run` was given
/// @param versions the selected versions with their status before the decision
record DecisionOutput(@Inline DecideReply reply, boolean dryRun, List<SelectedVersion> versions) {
  private static final DecideReply NOTHING =
      new DecideReply(List.of(), List.of(), List.of(), List.of());

  DecisionOutput {
    versions = List.copyOf(versions);
  }

  /// Returns the output of a command that recorded nothing.
  static DecisionOutput nothing(boolean dryRun, List<SelectedVersion> versions) {
    return new DecisionOutput(NOTHING, dryRun, versions);
  }
}
