package lazaret.cli.toolchain;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainAdmitRequest;
import lazaret.vetting.deskapi.site.ToolchainInfo;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `toolchain add`, which admits a channel.
@Command(
    name = "add",
    header = "Fetch, verify and store a toolchain",
    description = {
      "",
      "The signature of the manifest and the SHA-256 of each file are checked before rustup can get"
          + " any of it. Adding a channel again brings its present content."
    },
    footer = {
      "Examples:",
      "  vetting-cli toolchain add 1.95.0 --target x86_64-unknown-linux-gnu",
      "  vetting-cli toolchain add stable --target x86_64-unknown-linux-gnu \\",
      "    --profile default --component rust-src"
    },
    exitCodeList = {
      "0:stored",
      "2:no channel, target or component of this name, or a wrong signature or file",
      "3:gate or source unavailable",
      "6:the date goes back, and no reason was given"
    })
final class ToolchainAddVerb extends DeskVerb<ToolchainAdmitRequest, ToolchainInfo> {
  @Parameters(
      paramLabel = "CHANNEL",
      description = "stable, a version such as 1.95.0, or nightly-2026-01-22.")
  String channel = "";

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      required = true,
      description = "A target on which the toolchain runs. Several are possible.")
  List<String> targets = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile: minimal (default), default or complete.")
  @Nullable String profile;

  @Option(
      names = "--component",
      paramLabel = "NAME[:TRIPLE]",
      description = "A further component, such as rust-src. Several are possible.")
  List<String> components = new ArrayList<>();

  @Option(
      names = "--older-because",
      paramLabel = "TEXT",
      description = "Accept an older date than the stored one, with a reason for the ledger.")
  @Nullable String olderBecause;

  ToolchainAddVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<ToolchainAdmitRequest, ToolchainInfo> operation() {
    return ToolchainOperations.ADMIT_TOOLCHAIN;
  }

  @Override
  protected ToolchainAdmitRequest request() {
    return new ToolchainAdmitRequest(channel, targets, profile, components, olderBecause);
  }

  @Override
  protected Reply<ToolchainInfo> reply() {
    return awaited("adding the toolchain", "toolchains", super::reply);
  }

  @Override
  protected String attempt() {
    return "cannot add the toolchain";
  }

  @Override
  protected void print(ToolchainInfo added) {
    terminal()
        .line(
            "%s of %s is stored: %d files, %s"
                .formatted(
                    added.channel(), added.date(), added.files(), SizeText.text(added.bytes())));
  }
}
