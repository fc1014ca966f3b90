package lazaret.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;

/// A gate with the documentation of a crate, which rustdoc made in the sandbox of this machine. The
/// comments of the crate contain HTML that attacks its readers.
final class RustdocScene implements AutoCloseable {
  /// Raw HTML of a comment is a part of the page. OUTSIDE is the address of another server, DESK
  /// that of the gate.
  private static final String LIBRARY =
      """
      //! Answers to questions.
      //!
      //! <script>window.hit = 1; fetch('OUTSIDE/inline')</script>
      //! <script src="OUTSIDE/script.js"></script>
      //! <img src="OUTSIDE/image.png" onerror="window.hit = 1">
      //! <iframe src="DESK/desk/people/me"></iframe>
      //! <link rel="stylesheet" href="OUTSIDE/style.css">
      //! <form id="order" method="post" action="DESK/desk/v1/tokens"><button>x</button></form>
      //! <a id="desk" href="DESK/desk/queue" target="_top">the desk</a>
      #![doc(html_logo_url = "OUTSIDE/logo.png", html_favicon_url = "OUTSIDE/icon.png")]
      #![doc(html_playground_url = "OUTSIDE/")]

      /// Returns the answer.
      ///
      /// <svg onload="window.hit = 1"></svg>
      pub fn answer() -> u32 {
          42
      }

      /// A question.
      pub struct Question;
      """;

  private final SandboxScene scene;
  private final Process service;
  private final String outside;

  private RustdocScene(SandboxScene scene, Process service, String outside) {
    this.scene = scene;
    this.service = service;
    this.outside = outside;
  }

  /// Starts the gate and builds the documentation of `alpha 1.0.0`, or skips the test with the
  /// reason if this machine does not support the sandbox.
  static RustdocScene start() {
    var _ = SandboxScene.sandbox();
    var _ = SandboxScene.toolchain();
    String outside = "http://127.0.0.1:" + Machine.freePort();
    String listen = "127.0.0.1:" + Machine.freePort();
    String library = LIBRARY.replace("OUTSIDE", outside).replace("DESK", "http://" + listen);
    Path socket = WorkFolder.folder("rustdoc").resolve("s");
    FixtureRegistry registry =
        Crates.aged(CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", library));
    GateScene gate =
        GateScene.of(
            registry,
            settings ->
                settings.argument("--listen", listen).set("detonation.socket", socket.toString()));
    RustdocScene made = null;
    try {
      made =
          new RustdocScene(
              new SandboxScene(gate, WorkFolder.folder("cache")), serve(gate, socket), outside);
      GateScene.await("the service listens", () -> Files.exists(socket));
      made.scene.cli("prefetch", "alpha@1.0.0").ok();
      made.scene.cli("documentation", "build", "alpha@1.0.0").ok();
      made.scene.cli("documentation", "open", "alpha@1.0.0").ok();
      return made;
    } catch (RuntimeException | AssertionError e) {
      if (made == null) {
        gate.close();
      } else {
        made.close();
      }
      throw e;
    }
  }

  private static Process serve(GateScene gate, Path socket) {
    try {
      return CliProcess.beside(gate.gate())
          .start(
              "sandbox",
              "serve",
              "--user",
              Files.getOwner(Path.of("/proc/self")).getName(),
              "--socket",
              socket.toString(),
              "--cache",
              WorkFolder.folder("service-cache").toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the sandbox service", e);
    }
  }

  /// Returns the gate.
  GateProcess gate() {
    return scene.gate();
  }

  /// Returns the address of another server, which the test starts.
  String outside() {
    return outside;
  }

  @Override
  public void close() {
    service.destroy();
    scene.close();
  }
}
