package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPathTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final LockedArtifact SERDE = new LockedArtifact("serde", "1.0.9", SHA);

  @ParameterizedTest
  @ValueSource(strings = {"1/a", "2/ab", "3/a/abc", "se/rd/serde", "a_/-b/a_-b9"})
  void everyFormOfIndexPathIsRead(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);

    assertThat(RegistryPath.of("/index/" + path)).contains(new RegistryPath.IndexFile(name));
  }

  @Test
  void configAndArtifactsAreRead() {
    assertThat(RegistryPath.of("/index/config.json")).contains(new RegistryPath.Config(""));
    assertThat(RegistryPath.of("/dl/serde/1.0.9/" + SHA))
        .contains(new RegistryPath.Artifact(SERDE));
    assertThat(RegistryPath.of("/dl/Inflector/1.0.0-rc.1+meta-2/" + SHA))
        .contains(
            new RegistryPath.Artifact(new LockedArtifact("Inflector", "1.0.0-rc.1+meta-2", SHA)));
  }

  /// A crate of the private registry is the same object: its name decides which registry has it.
  @Test
  void pathsOfThePrivateRegistryAreRead() {
    assertThat(RegistryPath.of("/private/index/config.json"))
        .contains(new RegistryPath.Config(RegistryPath.PRIVATE));
    assertThat(RegistryPath.of("/private/index/ac/me/acme-core"))
        .contains(new RegistryPath.IndexFile("acme-core"));
    assertThat(RegistryPath.of("/private/dl/serde/1.0.9/" + SHA))
        .contains(new RegistryPath.Artifact(SERDE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/private",
        "/private/",
        "/private/private/index/config.json",
        "/private/api/v1/crates/new",
        "/private/me",
        "/privateindex/config.json",
        "/",
        "/index/",
        "/index/se/rd/serde?token=x",
        "/index/se/rd/serde#x",
        "/index/se/rd/Serde",
        "/index/SE/RD/serde",
        "/index/se/rd/serde/",
        "/index//se/rd/serde",
        "/index/se/re/serde",
        "/index/se/rd/../../config.json",
        "/index/se/rd/ser%64e",
        "/index/1/9",
        "/index/config.json?x",
        "/INDEX/config.json",
        "/desk/v1/queue",
        "/dl/serde/1.0.9/download",
        "/dl/serde/1.0.9/"
            + "0123456789ABCDEF"
            + "0123456789abcdef0123456789abcdef0123456789abcdef",
        "/dl/serde/../" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "/dl/serde/1.0.9%2Bx/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "http://gate.invalid/index/config.json"
      })
  void nothingElseIsAPath(String target) {
    assertThat(RegistryPath.of(target)).isEmpty();
  }

  @Test
  void namesAndTargetsHaveAnEnd() {
    String longest = "a".repeat(64);

    assertThat(RegistryPath.of("/index/aa/aa/" + longest)).isPresent();
    assertThat(RegistryPath.of("/index/aa/aa/a" + longest)).isEmpty();
    assertThat(RegistryPath.of("/dl/a/1.0.0-" + "x".repeat(300) + "/" + SHA)).isEmpty();
  }

  @Test
  void closureHoldsWhatTheLockNamesAndNothingElse() {
    RelayScope closure = RelayScope.closure(List.of(new LockedArtifact("Inflector", "1.0.9", SHA)));

    assertThat(held("/index/in/fl/inflector", closure)).isTrue();
    assertThat(held("/index/config.json", closure)).isTrue();
    assertThat(held("/dl/Inflector/1.0.9/" + SHA, closure)).isTrue();
    assertThat(held("/dl/inflector/1.0.9/" + SHA, closure)).isFalse();
    assertThat(held("/dl/Inflector/1.0.8/" + SHA, closure)).isFalse();
    assertThat(held("/dl/Inflector/1.0.9/" + "0".repeat(64), closure)).isFalse();
    assertThat(held("/index/se/rd/serde", closure)).isFalse();
    assertThat(held("/index/se/rd/serde", new RelayScope.Resolution())).isTrue();
  }

  private static boolean held(String target, RelayScope scope) {
    return RegistryPath.of(target).orElseThrow().isWithin(scope);
  }

  /// An accepted path contains only a name, a version and a checksum.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatPassesIsSpelledInOneWay(long seed) {
    Mutator mutator = new Mutator(seed);
    List<String> good = List.of("/index/se/rd/serde", "/dl/serde/1.0.9/" + SHA);
    for (int i = 0; i < Mutator.rounds(20_000); i++) {
      byte[] bytes = good.get(i % 2).getBytes(StandardCharsets.ISO_8859_1);
      String target = new String(mutator.mutate(bytes), StandardCharsets.ISO_8859_1);

      RegistryPath.of(target).ifPresent(path -> assertThat(spelled(path)).isEqualTo(target));
    }
  }

  private static String spelled(RegistryPath path) {
    return switch (path) {
      case RegistryPath.Config(String prefix) -> prefix + "/index/config.json";
      case RegistryPath.Artifact(LockedArtifact id) ->
          "/dl/%s/%s/%s".formatted(id.name(), id.version(), id.sha256());
      case RegistryPath.IndexFile(String name) -> {
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
        yield switch (name.length()) {
          case 1 -> "/index/1/" + name;
          case 2 -> "/index/2/" + name;
          case 3 -> "/index/3/%s/%s".formatted(name.charAt(0), name);
          default -> "/index/%s/%s/%s".formatted(name.substring(0, 2), name.substring(2, 4), name);
        };
      }
    };
  }
}
