package lazaret.toolchain;

import java.util.List;
import java.util.Map;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainAdmitRequest;
import lazaret.vetting.deskapi.site.ToolchainCheckReply;
import lazaret.vetting.deskapi.site.ToolchainInfo;
import lazaret.vetting.deskapi.site.ToolchainProposalInfo;
import lazaret.vetting.deskapi.site.ToolchainRemoveReply;
import lazaret.vetting.deskapi.site.ToolchainRemoveRequest;
import lazaret.vetting.deskapi.site.ToolchainsReply;

/// The handlers of the operations on toolchains.
public final class ToolchainHandlers implements HandlerSource {
  private static final int MAX_REASON = 2_000;

  private final ToolchainService service;
  private final ToolchainRefresher refresher;

  /// Creates the handlers.
  public ToolchainHandlers(ToolchainService service, ToolchainRefresher refresher) {
    this.service = service;
    this.refresher = refresher;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(ToolchainOperations.TOOLCHAINS, (_, _) -> list());
    handlers.add(ToolchainOperations.ADMIT_TOOLCHAIN, this::admit);
    handlers.add(ToolchainOperations.REMOVE_TOOLCHAIN, this::remove);
    handlers.add(ToolchainOperations.CHECK_TOOLCHAINS, (_, _) -> check());
  }

  private ToolchainsReply list() {
    return new ToolchainsReply(
        service.channels().stream().map(ToolchainHandlers::info).toList(),
        refresher.proposals().stream().map(ToolchainHandlers::info).toList());
  }

  private static ToolchainProposalInfo info(ToolchainRefresher.Proposal proposal) {
    ChannelSelection selection = proposal.selection();
    return new ToolchainProposalInfo(
        selection.channel(),
        selection.targets(),
        selection.profile(),
        selection.components(),
        proposal.manifest(),
        proposal.newer(),
        proposal.found());
  }

  private static ToolchainInfo info(ToolchainChannel channel) {
    ChannelSelection selection = channel.selection();
    return new ToolchainInfo(
        selection.channel(),
        selection.targets(),
        selection.profile(),
        selection.components(),
        channel.date(),
        channel.row().sha256(),
        channel.row().admitted(),
        channel.row().by(),
        channel.files(),
        channel.bytes());
  }

  private ToolchainInfo admit(ToolchainAdmitRequest request, Caller caller) {
    String profile = request.profile();
    ChannelSelection selection =
        new ChannelSelection(
            request.channel(),
            request.targets(),
            profile == null ? ChannelSelection.MINIMAL : profile,
            request.components());
    String because = request.olderBecause();
    if (because != null) {
      checkReason(because);
    }
    ToolchainChannel admitted =
        service.admit(new ToolchainService.Order(selection, caller.owner(), because));
    refresher.settled(selection.channel());
    return info(admitted);
  }

  private ToolchainRemoveReply remove(ToolchainRemoveRequest request, Caller caller) {
    checkReason(request.reason());
    return new ToolchainRemoveReply(
        service.remove(named(request.channel()), caller.owner(), request.reason()));
  }

  /// Returns a selection of a channel, whose targets have no meaning.
  private static ChannelSelection named(String channel) {
    return new ChannelSelection(channel, List.of("any"), ChannelSelection.MINIMAL, List.of());
  }

  private ToolchainCheckReply check() {
    Map<String, Boolean> whole = service.check();
    return new ToolchainCheckReply(
        whole.size(),
        whole.entrySet().stream()
            .filter(each -> !each.getValue())
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
  }

  private static void checkReason(String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new MalformedException(
          "cannot change a toolchain: expected 1 to %d characters as the reason, found %d"
              .formatted(MAX_REASON, reason.strip().length()));
    }
  }
}
