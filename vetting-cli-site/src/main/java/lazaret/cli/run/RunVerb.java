package lazaret.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.cli.VettingCli;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.TlsTrust;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.sandbox.PackageCache;
import lazaret.cli.sandbox.SandboxExitCode;
import lazaret.cli.sandbox.SandboxLayout;
import lazaret.cli.sandbox.SandboxVerb;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.sandbox.cargo.TargetPlatforms;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `run`, which runs a build in the sandbox with a gate of its own.
///
/// It is two runs of the command `sandbox`: one that checks and fetches while the gate is open, and
/// one offline with the command. Texts, reasons and exit codes are therefore those of a server. A
/// stamp permits to leave the first one out.
@Command(
    name = "run",
    header = "Run a build with a gate of its own, without a server",
    description = {
      "",
      "Checks Cargo.lock by the rules of a gate, with feeds of advisories, fetches its packages and"
          + " runs the command in the sandbox. No server is needed, and nothing keeps running. A"
          + " later run with the same files starts the command at once, for up to a day.",
      "",
      "Projects with the same policy, feeds and upstream share one store below"
          + " ~/.local/share/lazaret-run."
    },
    footer = {
      "Examples:",
      "  vetting-cli run -- cargo build --release",
      "  vetting-cli run --policy ~/policy.toml -- cargo test",
      "  vetting-cli run --refresh -- cargo build"
    },
    exitCodeList = {
      "0:the command succeeded without a violation",
      "124:violation (--on-violation), or stopped by a limit",
      "125:the command was not run, or its programs were not copied; the message names the code",
      "else:the exit code of the command"
    })
public final class RunVerb extends Verb {
  private static final String UPDATE_LOCK = "--update-lock";

  /// The word of `--upstream` for the public registry.
  private static final String PUBLIC = "crates.io";

  /// The options of the command `sandbox` that this one determines itself.
  private static final Set<String> OURS = Set.of("--mode", "--offline");

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "After --: cargo build, check, test, clippy, run, doc, or another program.")
  List<String> command = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Policy file. Default: the built-in policy. A project names none by itself.")
  @Nullable Path policy;

  @Option(
      names = "--feeds",
      paramLabel = "WHAT",
      description =
          "default: the public feeds of advisories, unless --upstream names another source. none."
              + " Or a list of your own in addition, as a path or URL.")
  String feeds = RunSettings.DEFAULT;

  @Option(
      names = "--upstream",
      paramLabel = "PLACE",
      description = "Another source of crates: the index of a mirror, or a folder.")
  @Nullable String upstream;

  @Option(
      names = "--upstream-ca",
      paramLabel = "FILE",
      description =
          "PEM file with CA certificates to trust for --upstream and feeds, too. Default:"
              + " SSL_CERT_FILE.")
  @Nullable Path authorities;

  @Option(
      names = "--upstream-token-file",
      paramLabel = "FILE",
      description = "File with the token for --upstream. It is sent to no other address.")
  @Nullable Path tokenFile;

  @Option(names = "--refresh", description = "Check again, and refresh the feeds.")
  boolean refresh;

  private final List<OptionSpec> passed = new ArrayList<>();

  /// Creates the command.
  public RunVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = super.spec();
    passed.clear();
    for (OptionSpec option : new SandboxVerb(session()).spec().options()) {
      if (!OURS.contains(option.longestName())) {
        OptionSpec own = option.toBuilder().build();
        passed.add(own);
        spec.addOption(own);
      }
    }
    return spec;
  }

  @Override
  public ProcessCode failure(ErrorCode code) {
    terminal().note("run: the command was not run: " + code.code());
    return SandboxExitCode.NOT_RUN;
  }

  @Override
  public ProcessCode run() {
    if (command.isEmpty()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot run: expected a command after --, like '-- cargo build', found none");
    }
    if (session().namesDesk()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --server, --token-file or --data-dir: this command has a gate of its own; use"
              + " 'vetting-cli sandbox' with a server");
    }
    RunSettings settings = settings();
    settings.check();
    RunDataFolder folder = RunDataFolder.of(around(), settings);
    String[] words = words("--offline", false);
    CliEnvironment inside = folder.inside(around(), terminal(), words);
    SandboxLayout layout = layout();
    settings.requireHidden(layout.project());
    RunLockfile lockfile = new RunLockfile(layout.workspace().root().resolve("Cargo.lock"));
    Optional<String> reason = reason(folder, layout, lockfile);
    while (reason.isPresent()) {
      terminal().note("run: checking with a gate of this command: " + reason.get());
      int checked = checked(folder, layout, lockfile);
      // The result of a lockfile that was half written is of no use.
      if (checked != 0 && lockfile.stayed()) {
        return () -> checked;
      }
      reason = lockfile.changed();
    }
    int code = VettingCli.run(inside, words);
    return () -> code;
  }

  private static Path stamp(RunDataFolder folder, SandboxLayout layout) {
    return folder.stamp(layout.project() + "\n" + layout.target());
  }

  /// Returns why the gate is needed, or empty if the stamp holds and all packages are present.
  private Optional<String> reason(
      RunDataFolder folder, SandboxLayout layout, RunLockfile lockfile) {
    if (refresh) {
      return Optional.of("--refresh");
    }
    if (options().contains(UPDATE_LOCK)) {
      return Optional.of(UPDATE_LOCK);
    }
    if (!lockfile.exists()) {
      return Optional.of("there is no Cargo.lock");
    }
    RunStamp last = RunStamp.read(stamp(folder, layout)).orElse(null);
    if (last == null) {
      return Optional.of("this project was not checked before");
    }
    Bytes text = lockfile.read();
    Optional<String> broken =
        last.broken(inputs(layout, text), folder.head().orElse(-1), around().clock().instant());
    if (broken.isPresent()) {
      return broken;
    }
    // The key of the cache is the address of the gate, as the command sandbox shows it.
    PackageCache packages = PackageCache.open(layout.cache(), "unix:" + folder.socket());
    return packages.holds(Lockfile.parse(text).crateIds(), manner(layout))
        ? Optional.empty()
        : Optional.of("packages are missing in the cache");
  }

  /// Checks the lockfile and fetches its packages with the gate. Picocli looks at the types of all
  /// methods, so that none has the gate.
  ///
  /// @return the exit code, 0 if the command can run
  private int checked(RunDataFolder folder, SandboxLayout layout, RunLockfile lockfile) {
    requirePublic(layout, lockfile);
    // Without a sandbox, the feeds need not be fetched.
    BubblewrapSandbox _ = BubblewrapSandbox.of(around().environment().getOrDefault("PATH", ""));
    folder.create();
    try (RunDataFolder.Turn _ =
        folder.turn(() -> terminal().note("run: waiting for another run of this user"))) {
      RunStamp made = null;
      int code;
      long head;
      try (RunGate gate = RunGate.open(folder, settings(), around())) {
        if (!gate.hasFeeds() && !feeds.equals(RunSettings.NONE)) {
          terminal()
              .note(
                  "run: no feed of advisories is used, since --upstream names another source; name"
                      + " a list with --feeds");
        }
        boolean fresh = gate.areFeedsFresh(session(), refresh);
        Instant now = around().clock().instant();
        if (!makes(lockfile)) {
          gate.fetchIndex(session(), Lockfile.parse(lockfile.read()));
        }
        code = fetched(folder, lockfile);
        if (code == 0) {
          Bytes text = lockfile.checked();
          boolean proven = fresh && lockfile.stayed();
          Instant until = proven ? gate.validUntil(Lockfile.parse(text), now) : now;
          made = new RunStamp(inputs(layout, text), gate.head(), now, until);
        }
        head = gate.head();
      }
      folder.keepHead(head);
      folder.tidy(around().clock().instant());
      if (made != null) {
        made.write(stamp(folder, layout));
      }
      return code;
    }
  }

  /// Returns whether the check makes another lockfile.
  private boolean makes(RunLockfile lockfile) {
    return options().contains(UPDATE_LOCK) || !lockfile.exists();
  }

  /// Refuses packages that need a server, before the store is opened.
  private void requirePublic(SandboxLayout layout, RunLockfile lockfile) {
    if (makes(lockfile)) {
      RunSources.check(layout.workspace().root());
    } else {
      RunSources.check(Lockfile.parse(lockfile.read()));
    }
  }

  /// Runs the command `sandbox` without the build. A lockfile that it makes can change while its
  /// packages are fetched, so that it is checked once more as it is then.
  private int fetched(RunDataFolder folder, RunLockfile lockfile) {
    if (makes(lockfile)) {
      lockfile.beginNew();
      int code = folder.run(around(), words("--mode=fetch", true));
      if (code != 0) {
        return code;
      }
    }
    lockfile.begin();
    return folder.run(around(), words("--mode=fetch", false));
  }

  private RunSettings settings() {
    String source = upstream;
    return new RunSettings(
        whole(policy),
        Set.of(RunSettings.DEFAULT, RunSettings.NONE).contains(feeds) ? feeds : whole(feeds),
        new RunUpstream(
            source == null || source.equals(PUBLIC) ? null : whole(source),
            authorities == null ? usualAuthorities() : whole(authorities),
            whole(tokenFile)));
  }

  /// Returns the file of the variable that other commands use for a gate, too.
  private @Nullable Path usualAuthorities() {
    String named = around().environment().getOrDefault(TlsTrust.VARIABLE, "");
    return named.isBlank() ? null : whole(Path.of(named));
  }

  private @Nullable Path whole(@Nullable Path file) {
    return file == null ? null : around().path(file);
  }

  /// Returns a place for any working folder: a path as an absolute one, an address unchanged.
  private String whole(String place) {
    return place.contains("://") ? place : around().path(Path.of(place)).toString();
  }

  private CliEnvironment around() {
    return session().around();
  }

  private SandboxLayout layout() {
    return SandboxLayout.of(
        new SandboxLayout.NamedFolder(
            path("--project"), path("--target-dir"), path("--artifacts"), path("--cache")),
        around().folder(),
        around().environment(),
        around().home());
  }

  private @Nullable Path path(String option) {
    for (OptionSpec each : passed) {
      if (each.longestName().equals(option) && each.getValue() instanceof Path named) {
        return around().path(named);
      }
    }
    return null;
  }

  private String manner(SandboxLayout layout) {
    return layout.manner(TargetPlatforms.of(command, layout.toolchain()));
  }

  /// Returns the digest of all that a check depends on except time and the store.
  private Sha256 inputs(SandboxLayout layout, Bytes lockfile) {
    try {
      List<String> parts =
          List.of(
              around().version(),
              Sha256.of(lockfile).hex(),
              manner(layout),
              RunStamp.surroundings(layout.toolchain().sysroot(), layout.workspace().root()),
              settings().content(),
              String.join("\n", options()));
      return Sha256.of(Bytes.utf8(String.join("\0", parts)));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot read what the check depends on: " + PrivateFiles.describe(e),
          e);
    }
  }

  /// Returns the command line of the command `sandbox`.
  ///
  /// @param manner the option that this command determines
  /// @param updates whether it may make another lockfile
  private String[] words(String manner, boolean updates) {
    List<String> words = new ArrayList<>(List.of("sandbox", manner));
    options().stream().filter(word -> updates || !word.equals(UPDATE_LOCK)).forEach(words::add);
    if (session().json()) {
      words.add("--json");
    }
    words.add("--");
    words.addAll(command);
    return words.toArray(String[]::new);
  }

  /// Returns the options that were given for the command `sandbox`, each as one word.
  private List<String> options() {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : passed) {
      if (option.arity().max() == 0) {
        if (Boolean.TRUE.equals(option.getValue())) {
          words.add(option.longestName());
        }
      } else {
        option.originalStringValues().forEach(v -> words.add(option.longestName() + "=" + v));
      }
    }
    return words;
  }
}
