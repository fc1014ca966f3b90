package lazaret.cli.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.CliException;
import lazaret.mirror.config.PolicyFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.policy.file.PolicyParseResult;
import picocli.CommandLine.Command;

/// The command `policy`, which shows, tests, compares or converts policies.
@Command(
    name = "policy",
    header = "Show, test and compare policies",
    synopsisSubcommandLabel = "test | check | show | from-deny",
    footer = {
      "Examples:",
      "  vetting-cli policy test policy.toml",
      "  vetting-cli policy check policy.toml --lockfile Cargo.lock",
      "  vetting-cli policy show",
      "  vetting-cli policy from-deny deny.toml"
    },
    exitCodeList = {"0:success", "2:see the help of the verb"})
public final class PolicyVerb extends VerbGroup {
  public PolicyVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("test", new PolicyTestVerb(session()));
    parts.put("check", new PolicyCheckVerb(session()));
    parts.put("show", new PolicyShowVerb(session()));
    parts.put("from-deny", new PolicyFromDenyVerb(session()));
    return parts;
  }

  /// Reads a policy file or the file of another tool.
  ///
  /// @param what name of the file's kind for messages
  /// @throws CliException if the file cannot be read
  static Bytes bytes(CliSession session, String what, Path file) {
    try {
      return PolicyFiles.read(session.around().path(file));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot read the %s '%s': %s".formatted(what, file, e.getMessage()),
          e);
    }
  }

  /// Returns the failure with all mistakes of a file and their positions.
  static CliException wrong(String tried, PolicyParseResult.Invalid wrong, Path file) {
    return new CliException(
        tried,
        wrong.mistakes().stream()
            .map(mistake -> new Problem(ErrorCode.CONFIG_INVALID, mistake.in(file.toString())))
            .toList());
  }
}
