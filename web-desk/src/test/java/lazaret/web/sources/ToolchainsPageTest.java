package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainProposalInfo;
import lazaret.vetting.deskapi.site.ToolchainsReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class ToolchainsPageTest {
  private final FixedDesk desk = FixedDesk.of(DeskRole.READER);

  @Test
  void saysWhatIsMissing() {
    desk.reply(ToolchainOperations.TOOLCHAINS, new ToolchainsReply(List.of(), List.of()));

    assertThat(desk.page("/desk/toolchains")).contains("No toolchain was added.");
  }

  @Test
  void namesTheCommandThatSettlesAProposal() {
    String command = "vetting-cli toolchain add stable --target a --target b --profile minimal";

    desk.reply(ToolchainOperations.TOOLCHAINS, proposing(true));
    assertThat(desk.page("/desk/toolchains"))
        .contains("A newer <bdi>stable</bdi> was found.", "<code>" + command + "</code>");

    desk.reply(ToolchainOperations.TOOLCHAINS, proposing(false));
    assertThat(desk.page("/desk/toolchains"))
        .contains(
            "Another selection of <bdi>stable</bdi> is configured than stored.",
            "<code>" + command + "</code>");
  }

  private static ToolchainsReply proposing(boolean newer) {
    return new ToolchainsReply(
        List.of(),
        List.of(
            new ToolchainProposalInfo(
                "stable",
                List.of("a", "b"),
                "minimal",
                List.of(),
                Sha256.of(Bytes.utf8("a manifest")),
                newer,
                Instant.parse("2026-04-17T00:00:00Z"))));
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(ToolchainOperations.TOOLCHAINS, HostileSample.of(ToolchainOperations.TOOLCHAINS));

    HostileSample.assertEscaped(desk.page("/desk/toolchains"));
  }
}
