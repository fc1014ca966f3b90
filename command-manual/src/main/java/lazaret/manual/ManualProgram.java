package lazaret.manual;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import lazaret.mirror.config.ConfigKeyTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// A program with the facts of its manual pages that its options do not have.
///
/// @param spec the program with its commands and options
/// @param section the section of the manual: 1 for commands of users, 8 for servers
/// @param environment the variables that it reads
/// @param files the files that it uses
/// @param seeAlso the pages to read, each `NAME(SECTION)`
public record ManualProgram(
    CommandSpec spec,
    int section,
    List<Entry> environment,
    List<Entry> files,
    List<String> seeAlso) {
  private static final Pattern PLACE = Pattern.compile("FILE|FOLDER|DIR|PATH|LOCK|BUNDLE|BACKUP");

  private static final Entry CONFIG_HOME =
      new Entry("XDG_CONFIG_HOME", "Folder in place of ~/.config.");

  private static final Entry DATA_HOME =
      new Entry("XDG_DATA_HOME", "Folder in place of ~/.local/share.");

  private static final Entry PIN_FILE =
      new Entry("LAZARET_PIN_FILE", "File with the PIN of a hardware module in its first line.");

  private static final Entry JAVA_OPTIONS =
      new Entry("LAZARET_JAVA_OPTS", "Further options of the JVM, such as -Xmx2g.");

  private static final Entry PLUGINS =
      new Entry(
          "LAZARET_PLUGINS",
          "Folders of plug-ins with colons between them, such as plugins/tracing of a package.");

  private static final List<Entry> COMMAND_ENVIRONMENT =
      List.of(
          new Entry("LAZARET_SERVER", "URL of the gate, if --server names none."),
          new Entry("LAZARET_SERVER_SOCKET", "Unix socket of the server."),
          new Entry("LAZARET_TOKEN", "Token, if --token-file names no file."),
          new Entry("LAZARET_TOKEN_FILE", "File with the token."),
          new Entry("LAZARET_DATA_DIR", "Data folder of the server on this machine."),
          new Entry("LAZARET_PASSPHRASE", "Passphrase of keys, if no --passphrase-file is named."),
          new Entry("LAZARET_PASSPHRASE_FILE", "File with the passphrase in its first line."),
          PIN_FILE,
          JAVA_OPTIONS,
          PLUGINS,
          new Entry("JAVA_HOME", "Java 25 or newer, for the package without a runtime."),
          new Entry("SSL_CERT_FILE", "Certificates of further authorities, as PEM."),
          new Entry(
              "SOURCE_DATE_EPOCH",
              "Time in a document of 'sbom', in seconds since 1970, if --timestamp names none."),
          new Entry("NO_COLOR", "Without colors, if it is not empty."),
          new Entry("PAGER", "Program for 'review' on a terminal. Default: less. Empty: none."),
          new Entry("LESS", "Options of less. Default: FRX."),
          new Entry("CARGO_HOME", "Folder of cargo. Default: ~/.cargo."),
          new Entry("RUSTUP_HOME", "Folder of rustup. Default: ~/.rustup."),
          new Entry("RUSTUP_TOOLCHAIN", "Toolchain of builds in the sandbox."),
          CONFIG_HOME,
          DATA_HOME,
          new Entry("XDG_CACHE_HOME", "Folder in place of ~/.cache."));

  private static final List<Entry> SERVER_ENVIRONMENT =
      List.of(
          new Entry("LAZARET_CONFIG", "Configuration file, if --config names none."),
          new Entry(
              "LAZARET_TABLE_KEY",
              "A key of the configuration in capital letters, with _ for each dot and hyphen."),
          PIN_FILE,
          JAVA_OPTIONS,
          PLUGINS,
          new Entry("HTTPS_PROXY", "Proxy towards upstream, if fetch.proxy names none."),
          new Entry("ALL_PROXY", "As HTTPS_PROXY, which takes precedence."),
          new Entry("HTTP_PROXY", "As ALL_PROXY, which takes precedence."),
          new Entry("NO_PROXY", "Hosts that are reached without a proxy, with commas."),
          new Entry("RUNTIME_DIRECTORY", "Folder of the Unix socket, as systemd sets it."),
          new Entry(
              "CREDENTIALS_DIRECTORY", "Folder of the files credential:NAME, as systemd sets it."),
          CONFIG_HOME,
          DATA_HOME);

  private static final List<Entry> SERVER_FILES =
      List.of(
          new Entry("~/.config/lazaret/mirror.toml", "Configuration."),
          new Entry("/etc/lazaret/lazaret.toml", "Configuration of lazaret.service."),
          new Entry("~/.local/share/lazaret", "Store, without --data-dir."),
          new Entry("/var/lib/lazaret/data", "Store of lazaret.service."),
          new Entry("admin-token", "Token of the administrator, in the folder of the store."),
          new Entry("desk.sock", "Unix socket for vetting-cli, in the folder of the store."));

  /// Copies the lists.
  public ManualProgram {
    environment = List.copyOf(environment);
    files = List.copyOf(files);
    seeAlso = List.copyOf(seeAlso);
  }

  /// A variable or file with its meaning.
  ///
  /// @param name the name
  /// @param text one or more sentences
  public record Entry(String name, String text) {}

  /// Returns whether the value of an option or argument is a path, by its placeholder. Its type
  /// does not say it if a URL is possible, too.
  static boolean isPath(ArgSpec argument) {
    return PLACE.matcher(argument.paramLabel()).find();
  }

  /// Returns the words that an option or argument accepts, or an empty list if it accepts others.
  static List<String> choices(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    if (candidates == null) {
      return List.of();
    }
    return StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  /// Returns the command line, with the credential provider as one of its commands.
  ///
  /// @param spec the program with all of its verbs, to which the provider is added
  public static ManualProgram commandLine(CommandSpec spec) {
    spec.addSubcommand("cargo-credential", new CommandLine(credential()));
    return new ManualProgram(
        spec,
        1,
        COMMAND_ENVIRONMENT,
        List.of(
            new Entry("~/.config/lazaret/credentials.toml", "Tokens of 'vetting-cli login'."),
            new Entry("~/.local/share/lazaret", "Data folder of the server on this machine."),
            new Entry("~/.cache/lazaret", "Results of the sandbox, and parsed feeds of --feed.")),
        List.of("mirror-server(8)"));
  }

  /// Returns the credential provider, which is not a verb of Picocli: cargo waits for it at each
  /// command.
  private static CommandSpec credential() {
    CommandSpec spec = CommandSpec.create().name("cargo-credential");
    spec.usageMessage()
        .header("Give cargo the token of a login")
        .description(
            "Cargo starts this command as its credential provider; it speaks both protocols of"
                + " cargo. It gives the token of 'vetting-cli login' to the index of the same"
                + " gate and refuses all others. It reads no file of the project.",
            "In ~/.cargo/config.toml: credential-provider = [\"vetting-cli\","
                + " \"cargo-credential\"] below [registries.lazaret].")
        .exitCodeList(UsageMessageSpec.keyValuesMap("0:a reply was given", "1:no token is given"));
    return spec;
  }

  /// Returns the server, whose options come from its table of keys.
  public static ManualProgram server() {
    CommandSpec spec = CommandSpec.create().name("mirror-server");
    spec.addOption(
        option(
            new ConfigKeyTable.OptionForm(
                "--config",
                "FILE",
                List.of(),
                "Configuration file. Without it: LAZARET_CONFIG, else"
                    + " ~/.config/lazaret/mirror.toml.")));
    ConfigKeyTable.options().forEach(form -> spec.addOption(option(form)));
    spec.addOption(flag("Print every value and its origin, and exit.", "--print-config"));
    spec.addOption(flag("Print help, and exit.", "-h", "--help"));
    spec.addOption(flag("Print the version, and exit.", "-V", "--version"));
    spec.usageMessage()
        .header("Serve vetted crates to cargo, and the desk to people")
        .description(
            "The server is a sparse registry for cargo that serves vetted crates only, and the desk:"
                + " its API and its pages. It needs no option: without any, it serves the public"
                + " registry on a loopback port.",
            "Every key of the configuration can be set in the file, in an environment variable"
                + " (LAZARET_POLICY_COOLDOWN=7d for policy.cooldown) and, if it has one, in an"
                + " option: the later takes precedence. SIGTERM and SIGINT stop the server after"
                + " the requests in progress.")
        .footer(
            "Examples:",
            "  mirror-server",
            "  mirror-server --listen 0.0.0.0:7080 --public-url https://crates.example.org",
            "  mirror-server --config /etc/lazaret/lazaret.toml --print-config")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:stopped, or the requested text was printed",
                "2:mistakes in options or configuration",
                "3:cannot start or serve"));
    return new ManualProgram(spec, 8, SERVER_ENVIRONMENT, SERVER_FILES, List.of("vetting-cli(1)"));
  }

  private static OptionSpec option(ConfigKeyTable.OptionForm form) {
    String value = form.value();
    if (value == null) {
      return flag(form.doc(), form.name());
    }
    OptionSpec.Builder option =
        OptionSpec.builder(form.name())
            .type(PLACE.matcher(value).find() ? Path.class : String.class)
            .arity("1")
            .paramLabel(value)
            .description(form.doc());
    return form.choices().isEmpty()
        ? option.build()
        : option.completionCandidates(form.choices()).build();
  }

  private static OptionSpec flag(String doc, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(doc).build();
  }
}
