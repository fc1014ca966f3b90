package lazaret.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import lazaret.mirror.config.CommandLine;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.KeyTable;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.Settings;
import lazaret.mirror.http.Listener;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// Starts the gate. Standard output carries one line, once it answers; everything for people goes
/// to standard error. Exit codes: 0 stopped on request or printed what was asked, 2 a mistake in
/// options or configuration, 3 anything else.
public final class Main {
  private static final String CLOCK = "lazaret.clock";

  private Main() {}

  /// Runs the server until it is told to stop.
  ///
  /// @param arguments see `--help`
  public static void main(String[] arguments) {
    int code = run(List.of(arguments), System.out, System.err);
    System.out.flush();
    System.exit(code);
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      quieten();
      CommandLine line = CommandLine.parse(arguments);
      switch (line.asked()) {
        case HELP -> out.print(KeyTable.help());
        case VERSION -> out.println("lazaret " + Wiring.version());
        case PRINT_CONFIG -> out.print(settings(line).print());
        case SERVE -> serve(MirrorConfig.of(settings(line)), out, err);
      }
      return 0;
    } catch (ConfigException e) {
      err.println("mirror-server: cannot start, the configuration has mistakes:");
      e.mistakes().forEach(mistake -> err.println("  " + mistake));
      return 2;
    } catch (LazaretException e) {
      err.println("mirror-server: " + e.code().code() + ": " + e.getMessage());
      return e.code() == ErrorCode.CONFIG_INVALID ? 2 : 3;
    } catch (IOException | UncheckedIOException e) {
      err.println("mirror-server: " + e.getMessage());
      return 3;
    }
  }

  /// One line per event, and of the web server's own only what a person should see.
  private static void quieten() throws IOException {
    String settings =
        """
        handlers=java.util.logging.ConsoleHandler
        java.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %3$s: %5$s%6$s%n
        io.helidon.level=WARNING
        """;
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Settings settings(CommandLine line) {
    return Settings.read(new Settings.Sources(line, System.getenv(), Path.of("").toAbsolutePath()));
  }

  private static void serve(MirrorConfig config, PrintStream out, PrintStream err) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Wiring wiring = Wiring.open(config, clock())) {
      AdminToken admin = AdminToken.ensure(config.dataDir(), wiring.desk().tokens());
      try (Listener listener = Listener.start(wiring.serverParts(), openApi())) {
        wiring.gate().start();
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform()
                    .name("stop")
                    .unstarted(
                        () -> {
                          stop.countDown();
                          await(stopped);
                        }));
        ServerPlace.write(config.dataDir(), listener.url());
        welcome(err, listener, config, admin);
        out.println("listening on " + listener.url() + "/");
        out.flush();
        await(stop);
        err.println("mirror-server: stopping");
      } finally {
        ServerPlace.remove(config.dataDir());
      }
    } finally {
      stopped.countDown();
    }
  }

  private static void welcome(
      PrintStream err, Listener listener, MirrorConfig config, AdminToken admin) {
    err.println(
        """
        Lazaret %s keeps its store in %s.
        Admin token: %s%s
        Next: in a Rust project, 'vetting-cli cargo-config >> .cargo/config.toml', then 'cargo build'.
        Look at %s/ for more; stop with Ctrl-C."""
            .formatted(
                Wiring.version(),
                config.dataDir(),
                admin.file(),
                admin.fresh() ? " (new)" : "",
                listener.url()));
  }

  private static Bytes openApi() {
    try (InputStream in = Main.class.getResourceAsStream("/lazaret/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the program was built without lazaret/openapi.json");
      }
      return Bytes.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the program's own files cannot be read", e);
    }
  }

  /// The system's clock, or, for tests and rehearsals, one that begins at the instant of the system
  /// property `lazaret.clock` and goes on from there.
  static Clock clock() {
    String fixed = System.getProperty(CLOCK);
    Clock system = Clock.system(ZoneOffset.UTC);
    return fixed == null
        ? system
        : Clock.offset(system, Duration.between(system.instant(), Instant.parse(fixed)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
