package lazaret.cli.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.GateAddress;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.index.RegistryConfig;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `cargo-config`, which writes the configuration of cargo for the gate.
@Command(
    name = "cargo-config",
    header = "Print or install the configuration of cargo for the gate",
    description = {
      "",
      "The gate reports its address and whether it requires a token. Cargo.lock does not change:"
          + " the gate replaces the public registry and is not an additional one."
    },
    footer = {
      "Examples:",
      "  vetting-cli cargo-config --home",
      "  vetting-cli cargo-config --into .cargo/config.toml",
      "  vetting-cli cargo-config --server https://crates.example.org"
    },
    exitCodeList = {
      "0:printed, or added to the file",
      "2:--server is not a URL, or the file already replaces the public registry",
      "3:gate unavailable"
    })
public final class CargoConfigVerb extends Verb {
  private static final String DL = "/dl/{crate}/{version}/{sha256-checksum}";

  @Option(
      names = "--home",
      description =
          "Add it to $CARGO_HOME/config.toml, for all projects of this user and for 'cargo"
              + " install'.")
  boolean everywhere;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "Add it to this file, which is created if missing.")
  @Nullable Path into;

  public CargoConfigVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    ServerAddress gateway = session().gateway();
    RegistryConfig registry = ask(gateway, session().trust());
    // Downloads use the address in the gate's own configuration.
    String origin =
        registry.dl().endsWith(DL)
            ? registry.dl().substring(0, registry.dl().length() - DL.length())
            : gateway.address().base();
    String index = "sparse+" + origin + "/index/";
    String config = text(index, registry.authRequired());
    String warnings = warnings(gateway, session().trust());
    Path file = file();
    if (file != null) {
      return added(index, file, config, warnings);
    }
    String text = config + warnings;
    if (session().json()) {
      terminal().json(new Printed(index, registry.authRequired(), ".cargo/config.toml", text));
    } else {
      terminal().document(text);
    }
    return ExitCode.DONE;
  }

  /// Adds the configuration to a file. Warnings are only printed, because the file remains after
  /// they have become irrelevant.
  private ExitCode added(String index, Path file, String config, String warnings) {
    boolean added = ConfigAddition.add(file, config);
    warnings
        .lines()
        .map(line -> line.replaceFirst("^#\\s*", ""))
        .filter(line -> !line.isBlank())
        .forEach(line -> terminal().note(line));
    if (session().json()) {
      terminal().json(new Added(index, file.toString(), added));
    } else {
      terminal().line((added ? "added to " : "already in ") + file);
    }
    return ExitCode.DONE;
  }

  private @Nullable Path file() {
    Path named = into;
    if (named != null) {
      return session().around().path(named);
    }
    if (!everywhere) {
      return null;
    }
    String home = session().around().environment().getOrDefault("CARGO_HOME", "");
    Path folder =
        home.isEmpty()
            ? session().around().home().resolve(".cargo")
            : session().around().path(Path.of(home));
    return folder.resolve("config.toml");
  }

  private static RegistryConfig ask(ServerAddress gateway, @Nullable SSLContext trust) {
    URI address = URI.create(gateway.address().base() + "/index/config.json");
    HttpProbe probe = HttpProbe.of(gateway, trust);
    Secret token = gateway.token();
    // Without TLS, the proof of the token authenticates the reply.
    Secret first = gateway.isSecure() ? null : token;
    GateProbe.Reply reply = probe.get(address, first);
    if (reply.status() == 401) {
      GateProbe.Reply second = token == null || first != null ? reply : probe.get(address, token);
      // If the token is missing or does not work, the named address is used.
      return second.status() == 200
          ? RegistryConfig.parse(Bytes.utf8(second.body()))
          : new RegistryConfig(named(gateway) + DL, null, true);
    }
    if (reply.status() == 200) {
      return RegistryConfig.parse(Bytes.utf8(reply.body()));
    }
    throw new CliException(
        ErrorCode.SERVER_UNAVAILABLE,
        reply.status() == 0
            ? "the gate at %s does not answer (%s); %s"
                .formatted(gateway.server(), reply.body(), gateway.advice())
            : "cannot use %s: expected the index of a gate, found status %d; check that the address is the gate's own"
                .formatted(address, reply.status()));
  }

  /// Returns the gate's warnings about missing or old feeds, as comments.
  private static String warnings(ServerAddress gateway, @Nullable SSLContext trust) {
    URI address = URI.create(gateway.address().base() + "/health/ready");
    GateProbe.Reply reply = HttpProbe.of(gateway, trust).get(address, null);
    try {
      Health health = DeskJson.reply(Health.class, Bytes.utf8(reply.body()));
      return health.degraded().stream()
          .filter(clause -> clause.contains("feed"))
          .map(clause -> "# Warning: " + Printable.line(clause) + ".\n")
          .collect(Collectors.joining());
    } catch (MalformedException _) {
      return "";
    }
  }

  private static String named(ServerAddress gateway) {
    if (gateway.address() instanceof GateAddress.Web web) {
      return web.url();
    }
    throw new CliException(
        ErrorCode.UNAUTHENTICATED,
        "cannot ask %s for its address: expected a valid token; name one with --token-file FILE or LAZARET_TOKEN, or the address with --server URL"
            .formatted(gateway.server()));
  }

  private static String text(String index, boolean authRequired) {
    String text =
        """
        # Crates of the public registry come through the Lazaret gate.
        [source.crates-io]
        replace-with = "lazaret"

        [registries.lazaret]
        index = "%s"
        """
            .formatted(index);
    return authRequired
        ? text
            + """
            credential-provider = "cargo:token"
            # The gate requires a token with the role "reader". Pass it to cargo once, with
            #   cargo login --registry lazaret
            # or in the environment variable CARGO_REGISTRIES_LAZARET_TOKEN.
            """
        : text;
  }

  /// The JSON of a printed configuration.
  ///
  /// @param index the address of the index
  /// @param authRequired whether the gate requires a token
  /// @param file the usual file of the configuration
  /// @param text the configuration
  private record Printed(String index, boolean authRequired, String file, String text) {}

  /// The JSON of a configuration that was added to a file.
  ///
  /// @param index the address of the index
  /// @param file the file
  /// @param added false if the file had the configuration before
  private record Added(String index, String file, boolean added) {}

  /// The part of a health report that concerns users of cargo.
  ///
  /// @param degraded the limitations of the gate, one clause each
  private record Health(List<String> degraded) {}
}
