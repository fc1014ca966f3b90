package lazaret.vetting.deskapi.site;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A configured channel that waits for a person: its newer manifest, or another selection of it
/// than the stored one.
///
/// @param channel the channel
/// @param targets the configured targets
/// @param profile the configured profile
/// @param components the configured components beyond the profile
/// @param manifest the SHA-256 of the manifest, as its source states it
/// @param newer whether the gate lacks this manifest; else it has another selection
/// @param found the time at which it was found
public record ToolchainProposalInfo(
    String channel,
    List<String> targets,
    String profile,
    List<String> components,
    Sha256 manifest,
    boolean newer,
    Instant found) {
  public ToolchainProposalInfo {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
  }

  /// Returns the command that admits it.
  public String command() {
    StringBuilder words = new StringBuilder("vetting-cli toolchain add ").append(channel);
    targets.forEach(target -> words.append(" --target ").append(target));
    words.append(" --profile ").append(profile);
    components.forEach(each -> words.append(" --component ").append(each));
    return words.toString();
  }
}
