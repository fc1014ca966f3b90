package lazaret.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import org.jspecify.annotations.Nullable;

/// A machine that has nothing but an unpacked release: its programs, and its gate with a data
/// folder.
final class ReleaseScene implements AutoCloseable {
  private final Path home;
  private final GateSettings settings;
  private @Nullable GateProcess gate;

  /// Creates the machine, on which no gate runs yet.
  ///
  /// @param home the folder of the release
  ReleaseScene(Path home, Path data) {
    this.home = home;
    this.settings = GateSettings.ofRelease(home, data).argument("--offline");
  }

  /// Returns the command line of the release.
  CliProcess cli() {
    return CliProcess.ofRelease(home, settings.data());
  }

  /// Returns the gate, which was started.
  GateProcess gate() {
    GateProcess running = gate;
    if (running == null) {
      throw new IllegalStateException("the gate was not started");
    }
    return running;
  }

  /// Starts the gate of the release.
  ///
  /// @param results the folder with the keys of inspection results that the gate uses unchecked
  void start(Path results) {
    gate =
        GateProcess.start(
            settings.set("results.keys", results.toString()).set("results.verify-percent", "0"));
  }

  /// Starts the gate again with a clock that begins at a given time.
  void restartAt(Instant moment) {
    gate().stop();
    gate = GateProcess.start(settings.clock(moment));
  }

  /// Returns the runtime of the release.
  Path java() throws IOException {
    return home.resolve("runtime/bin/java").toRealPath();
  }

  /// Returns the program that the process of the gate executes.
  Path program() {
    return ProcessHandle.of(gate().pid())
        .flatMap(process -> process.info().command())
        .map(Path::of)
        .orElseThrow();
  }

  @Override
  public void close() {
    if (gate != null) {
      gate.close();
    }
  }
}
