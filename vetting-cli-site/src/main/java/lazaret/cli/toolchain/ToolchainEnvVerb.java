package lazaret.cli.toolchain;

import java.nio.file.Path;
import java.util.Optional;
import lazaret.cli.cargo.CargoGate;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.report.ExitCode;
import lazaret.credential.CredentialException;
import lazaret.credential.GateOrigin;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;

/// The command `toolchain env`, which prints the settings of rustup for this gate.
@Command(
    name = "env",
    header = "Print the lines of a shell by which rustup uses this gate",
    description = {
      "",
      "rustup itself is not served: install it by your system, and switch its own updates off."
    },
    footer = {
      "Examples:",
      "  eval \"$(vetting-cli toolchain env)\"",
      "  rustup set auto-self-update disable"
    },
    exitCodeList = {"0:success", "2:no address of a gate is known"})
final class ToolchainEnvVerb extends Verb {
  ToolchainEnvVerb(CliSession session) {
    super(session);
  }

  /// The JSON of the settings.
  ///
  /// @param rustupDistServer the value of `RUSTUP_DIST_SERVER`
  private record RustupSettings(String rustupDistServer) {}

  @Override
  public ExitCode run() {
    String server = origin().text() + "/toolchains";
    if (session().json()) {
      terminal().json(new RustupSettings(server));
    } else {
      terminal().line("export RUSTUP_DIST_SERVER='%s'".formatted(server));
    }
    return ExitCode.DONE;
  }

  /// Returns the address of the gate. It has no characters that a shell reads.
  private GateOrigin origin() {
    ServerAddress gate = session().loginServer();
    return found(gate)
        .orElseThrow(
            () ->
                new CliException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot print the settings of rustup: expected the address of a gate, found %s; name one with --server URL"
                        .formatted(gate.server())));
  }

  /// Returns the named gate, or that of this machine, or else the one of the user's own
  /// configuration of cargo. A project names none, since rustup installs whatever this address has.
  private Optional<GateOrigin> found(ServerAddress gate) {
    CliEnvironment around = session().around();
    try {
      return Optional.of(gate)
          .filter(server -> server.server().equals(ServerLocator.USUAL_SERVER))
          .flatMap(_ -> CargoGate.url(Path.of("/"), around.environment(), around.home()))
          .map(GateOrigin::parse)
          .or(() -> session().origin(gate));
    } catch (CredentialException _) {
      return session().origin(gate);
    }
  }
}
