package lazaret.cli.toolchain;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `toolchain`, which groups the commands on toolchains.
@Command(
    name = "toolchain",
    header = "Add toolchains of Rust, which rustup installs from this gate",
    description = {
      "",
      "The gate checks the signature of the Rust project, which rustup does not check."
    },
    synopsisSubcommandLabel = "add|list|remove|check|env",
    footer = {
      "Examples:",
      "  vetting-cli toolchain add 1.95.0 --target x86_64-unknown-linux-gnu",
      "  eval \"$(vetting-cli toolchain env)\" && rustup toolchain install 1.95.0"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
final class ToolchainVerb extends VerbGroup {
  ToolchainVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("add", new ToolchainAddVerb(session()));
    parts.put("list", new ToolchainListVerb(session()));
    parts.put("remove", new ToolchainRemoveVerb(session()));
    parts.put("check", new ToolchainCheckVerb(session()));
    parts.put("env", new ToolchainEnvVerb(session()));
    return parts;
  }
}
