package lazaret.e2e.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.sandbox.cargo.RustToolchain;
import lazaret.testkit.FixtureRegistry;

/// A gate, and a package cache for builds in the sandbox on its machine.
///
/// @param scene the scene with the gate
/// @param cache the package cache of all projects
public record SandboxScene(GateScene scene, Path cache) implements AutoCloseable {
  /// Starts the gate. If this machine does not support the sandbox, the test is skipped with the
  /// reason, and fails in CI. The same applies to the other parts of a build.
  public static SandboxScene of(FixtureRegistry registry) {
    sandbox();
    toolchain();
    return new SandboxScene(GateScene.of(registry), WorkFolder.folder("cache"));
  }

  /// Returns the sandbox of this machine, or skips the test with the reason if there is none.
  public static BubblewrapSandbox sandbox() {
    return orSkip(() -> BubblewrapSandbox.of(System.getenv("PATH")));
  }

  /// Returns the toolchain of this machine, or skips the test with the reason if there is none.
  public static RustToolchain toolchain() {
    return orSkip(
        () -> RustToolchain.find(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  private static <T> T orSkip(Supplier<T> part) {
    try {
      return part.get();
    } catch (SandboxException e) {
      Machine.needs(false, "no sandbox on this machine: " + e.getMessage());
      throw e;
    }
  }

  /// Returns the gate.
  public GateProcess gate() {
    return scene.gate();
  }

  /// Runs a verb that builds.
  ///
  /// @param folder the working folder
  public ProgramResult builds(Path folder, String verb, String... words) {
    return builds(cache, folder, verb, words);
  }

  /// Runs a verb that builds with its own package cache.
  public ProgramResult builds(Path packages, Path folder, String verb, String... words) {
    return cli(
        folder,
        Stream.concat(Stream.of(verb, "--cache", packages.toString()), Stream.of(words)).toList());
  }

  /// Runs a verb.
  public ProgramResult cli(String... words) {
    return CliProcess.beside(gate()).run(words);
  }

  private ProgramResult cli(Path folder, List<String> words) {
    return CliProcess.beside(gate()).in(folder).run(words.toArray(String[]::new));
  }

  @Override
  public void close() {
    scene.close();
  }
}
