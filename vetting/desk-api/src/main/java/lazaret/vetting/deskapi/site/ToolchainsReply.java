package lazaret.vetting.deskapi.site;

import java.util.List;

/// The toolchains that the gate serves to rustup.
///
/// @param toolchains the toolchains, by channel
/// @param proposals the channels that wait for a person, as this server found them
public record ToolchainsReply(
    List<ToolchainInfo> toolchains, List<ToolchainProposalInfo> proposals) {
  public ToolchainsReply {
    toolchains = List.copyOf(toolchains);
    proposals = List.copyOf(proposals);
  }
}
