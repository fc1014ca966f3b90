package lazaret.e2e.harness;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.RecordedRequest;

/// A gate with private and reserved names, a person who publishes, and an upstream that records all
/// requests.
///
/// @param site the gate
/// @param secret the token of the person
public record PrivateNamesScene(PrivateScene site, String secret) implements AutoCloseable {
  /// The names of which no request to upstream may have one. Two exist, two are reserved.
  public static final Set<String> NAMES =
      Set.of("acme-core", "acme-app", "acme-future", "internal-x");

  /// Starts a gate that confirms every index file at each request.
  ///
  /// @param registry the content of upstream
  /// @param settings further lines of the configuration, first of the table `[private]`
  public static PrivateNamesScene of(FixtureRegistry registry, String settings) {
    PrivateScene site =
        PrivateScene.of(
            registry,
            "acme-*",
            "hold = \"none\"\n",
            """
            reserved = ["internal-x"]
            %s

            [cache]
            index-ttl = "0"
            absent-ttl = "0"

            [gate]
            retry-pause = "100ms"
            """
                .formatted(settings));
    try {
      return new PrivateNamesScene(
          site, site.token("ada-laptop", "ada", "reader", "publish-new", "publish-update", "yank"));
    } catch (RuntimeException | AssertionError e) {
      site.close();
      throw e;
    }
  }

  /// Stops the gate and starts it again with the same store.
  public PrivateNamesScene restarted() {
    return new PrivateNamesScene(new PrivateScene(site.scene().restarted(), site.signer()), secret);
  }

  /// Returns the gate with its upstream.
  public GateScene scene() {
    return site.scene();
  }

  /// Returns the gate.
  public GateProcess gate() {
    return scene().gate();
  }

  /// Returns a cargo with a new home that uses both registries.
  public Cargo cargo() {
    return site.cargo(secret);
  }

  /// Publishes a version.
  ///
  /// @param dependencies lines of the manifest
  public ProgramResult publish(String name, String version, String... dependencies) {
    return cargo()
        .run(
            PrivateScene.pack(name, version, dependencies).folder(),
            "publish",
            "--registry",
            PrivateScene.REGISTRY,
            "--no-verify",
            "--allow-dirty");
  }

  /// Returns the private and reserved names in the requests to upstream, in any spelling.
  public static Set<String> revealed(GateScene scene) {
    return revealed(scene.upstream().requests().stream().map(PrivateNamesScene::text));
  }

  /// Returns the private and reserved names in some texts, in any spelling.
  public static Set<String> revealed(Stream<String> texts) {
    Set<String> found = new TreeSet<>();
    texts
        .map(PrivateNamesScene::folded)
        .forEach(
            text -> NAMES.stream().filter(name -> text.contains(folded(name))).forEach(found::add));
    return found;
  }

  private static String text(RecordedRequest request) {
    return request.target() + "\n" + request.headers();
  }

  private static String folded(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replace('-', '_');
    return plain.replace("%2d", "_").replace("%5f", "_");
  }

  @Override
  public void close() {
    site.close();
  }
}
