package lazaret.mirror;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigKeyTable;
import lazaret.mirror.config.ConfigSettings;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.ServerCommandLine;
import lazaret.mirror.server.HttpServer;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.ProductVersion;

/// The entry point of the server. Standard output carries one line, written once the server
/// answers; messages for people go to standard error. Exit codes: 0 stopped on request or printed
/// the requested text, 2 a mistake in options or configuration, 3 any other failure.
public final class Main {
  private static final int MISCONFIGURED = 2;
  private static final int FAILED = 3;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs the server until it is stopped, and ends the process with the exit code.
  ///
  /// @param arguments see `--help`
  public static void main(String[] arguments) {
    int code = new Main(System.out, System.err).run(List.of(arguments));
    System.out.flush();
    System.exit(code);
  }

  private int run(List<String> arguments) {
    try {
      ServerCommandLine line = ServerCommandLine.parse(arguments);
      switch (line.asked()) {
        case HELP -> out.print(ConfigKeyTable.help());
        case VERSION -> out.println("lazaret " + ProductVersion.of(Main.class));
        case PRINT_CONFIG -> out.print(settings(line).print());
        case SERVE -> {
          ConfigSettings settings = settings(line);
          LogSetup.apply(MirrorConfig.logFormat(settings));
          AotCacheCheck.trouble()
              .ifPresent(t -> System.getLogger(Main.class.getName()).log(Level.WARNING, t));
          serve(MirrorConfig.of(settings));
        }
      }
      return 0;
    } catch (ConfigException e) {
      err.println("mirror-server: cannot start, the configuration has mistakes:");
      e.mistakes().forEach(mistake -> err.println("  " + mistake));
      return MISCONFIGURED;
    } catch (LazaretException e) {
      err.println("mirror-server: " + e.code().code() + ": " + e.getMessage());
      return e.code() == ErrorCode.CONFIG_INVALID ? MISCONFIGURED : FAILED;
    }
  }

  private ConfigSettings settings(ServerCommandLine line) {
    ConfigSettings settings =
        ConfigSettings.read(
            new ConfigSettings.Sources(line, System.getenv(), Path.of("").toAbsolutePath()));
    settings.warnings().forEach(warning -> err.println("mirror-server: " + warning));
    return settings;
  }

  private void serve(MirrorConfig config) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger(FAILED);
    stopOnSignal(stop, stopped, code, config.server().connections().stopTimeout());
    try (ServerFolderLock _ = ServerFolderLock.take(config);
        Wiring wiring = Wiring.open(config, ProgramClock.ofProperty())) {
      boolean inOrder = CleanStopFile.take(config.dataDir());
      try {
        serve(config, wiring, inOrder, stop);
      } finally {
        CleanStopFile.put(config.dataDir());
      }
      code.set(0);
    } finally {
      stopped.countDown();
    }
  }

  private void serve(MirrorConfig config, Wiring wiring, boolean inOrder, CountDownLatch stop) {
    AdminTokenFile admin = AdminTokenFile.ensure(config, wiring.desk().tokens(), inOrder);
    try (HttpServer listener = wiring.listen()) {
      ServerAddressFile.write(config.dataDir(), listener);
      welcome(listener, config, admin);
      wiring
          .upstreamTrouble()
          .ifPresent(
              trouble ->
                  err.println(
                      "Upstream: %s (%s); only stored versions are served until it responds."
                          .formatted(trouble, config.fetch().location())));
      out.println("listening on " + listener.url() + "/");
      out.flush();
      listener.collectWhenIdle();
      await(stop);
      err.println("mirror-server: stopping");
    } finally {
      ServerAddressFile.remove(config.dataDir());
    }
  }

  /// Stops the server on SIGTERM and SIGINT: requests in progress are finished and all data is
  /// written. The exit code is that of a normal end, not that of the signal.
  private static void stopOnSignal(
      CountDownLatch stop, CountDownLatch stopped, AtomicInteger code, Duration patience) {
    Runnable hook =
        () -> {
          stop.countDown();
          try {
            boolean done =
                stopped.await(patience.plusSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
            if (code.get() != FAILED || !done) {
              Runtime.getRuntime().halt(done ? code.get() : FAILED);
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(hook));
  }

  private void welcome(HttpServer listener, MirrorConfig config, AdminTokenFile admin) {
    err.println(
        """
        Lazaret %s keeps its store in %s.
        Admin token: %s%s
        Next: '%svetting-cli cargo-config --home', then 'cargo build' in a Rust project.
        Look at %s/ for more; stop with Ctrl-C.\
        """
            .formatted(
                ProductVersion.of(Main.class),
                config.dataDir(),
                admin.file(),
                admin.fresh() ? " (new)" : "",
                where(config.dataDir()),
                listener.url()));
    ProgramClock.start()
        .ifPresent(start -> err.println("The clock was set to " + start + ": for tests only."));
  }

  /// Returns the prefix with which a command finds a server whose data folder is not the usual one.
  /// The address and the token are in that folder.
  private static String where(Path dataDir) {
    boolean usual = UserFolders.of(System.getenv()).data().filter(dataDir::equals).isPresent();
    return usual ? "" : "LAZARET_DATA_DIR=%s ".formatted(dataDir);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
