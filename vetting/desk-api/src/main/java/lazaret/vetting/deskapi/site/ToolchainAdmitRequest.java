package lazaret.vetting.deskapi.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order to admit a channel, or its present content.
///
/// @param channel the channel: `stable`, `1.95.0`, `nightly-2026-01-22`
/// @param targets the targets on which the toolchain runs, at least one
/// @param profile the profile; null for `minimal`
/// @param components further components, as `NAME` or `NAME:TARGET`
/// @param olderBecause the reason to go back to an older date, for the ledger; null if the date
///   must not go back
public record ToolchainAdmitRequest(
    String channel,
    List<String> targets,
    @Nullable String profile,
    List<String> components,
    @Nullable String olderBecause) {
  public ToolchainAdmitRequest {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
  }
}
