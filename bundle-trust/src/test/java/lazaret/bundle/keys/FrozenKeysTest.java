package lazaret.bundle.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningKey;
import lazaret.testkit.FrozenBuild;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The key files, public files and roots of earlier builds are read, open, and are written with the
/// same bytes.
class FrozenKeysTest {
  static final List<FrozenBuild> BUILDS = FrozenBuild.ALL;

  /// The words of `testkit/frozen/make-frozen-build.py`.
  private static final String PASSPHRASE = "frozen build of the tests";

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("BUILDS")
  void keysOpenAndAreWrittenWithTheSameBytes(FrozenBuild build) throws IOException {
    Path keys = build.unpack("bundles", folder).resolve("keys");

    for (String name : List.of("me", KeyFile.DECISIONS)) {
      Path path = keys.resolve(name + ".key.json");
      KeyFile file = KeyFile.read(path);

      assertThat(file.name()).isEqualTo(name);
      assertThat(file.file()).isEqualTo(read(path));
      assertThat(file.publicFile()).isEqualTo(read(keys.resolve(name + ".pub.json")));
      Bytes message = Bytes.utf8("message");
      List<SigningKey> open = file.open(_ -> PASSPHRASE.toCharArray());
      assertThat(open).hasSameSizeAs(file.publicKeys());
      for (int i = 0; i < open.size(); i++) {
        assertThat(file.publicKeys().get(i).verifies(message, open.get(i).sign(message))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("BUILDS")
  void rootAndMetadataAreWrittenWithTheSameBytes(FrozenBuild build) throws IOException {
    build.unpack("bundles", folder);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(f -> f.toString().matches(".*/(metadata|roots)/[^/]*\\.json")).toList();
    }

    assertThat(files).hasSize(13);
    for (Path file : files) {
      SignedMetadata<? extends Metadata> signed = signed(file);
      Bytes again =
          MetadataWriter.file(MetadataWriter.signed(signed.content()), signed.signatures());
      assertThat(again).as(file.toString()).isEqualTo(read(file));
    }
    Bytes root = read(folder.resolve("keys/roots/1.root.json"));
    assertThat(RootPolicy.of(MetadataReader.root(root).content()).epoch()).isEqualTo(1);
    assertThat(root.text())
        .contains(
            "\"x-lazaret\":{\"decisionKeys\":[{\"keytype\":\"ed25519\"",
            "\"epoch\":1,\"minPairs\":{\"root\":1,\"snapshot\":1,\"targets\":1,\"timestamp\":1}",
            "\"pairs\":{\"me\":[\"",
            "\"stream\":{\"name\":\"prod\",\"uuid\":\"");
  }

  private static SignedMetadata<? extends Metadata> signed(Path file) throws IOException {
    Bytes bytes = read(file);
    String name = file.getFileName().toString();
    return switch (name.substring(name.indexOf('.') + 1)) {
      case "root.json" -> MetadataReader.root(bytes);
      case "snapshot.json" -> MetadataReader.snapshot(bytes);
      case "targets.json" -> MetadataReader.targets(bytes, "targets");
      default -> MetadataReader.timestamp(bytes);
    };
  }

  /// A key that a program holds has a file of another form.
  @Test
  void keyOfAProgramIsWrittenWithTheSameBytes() throws IOException {
    FrozenBuild.ALL.getLast().unpack("bundles", folder);
    String secret = read(folder.resolve("keys/decisions.key.json")).text();
    String file =
        "{\"command\":[\"/usr/local/bin/sign\",\"slot 1\"],"
            + secret.substring(1, secret.indexOf(",\"secret\""))
            + ",\"timeout_seconds\":60}";

    KeyFile key = KeyFile.parse(Bytes.utf8(file), "decisions.key.json");

    assertThat(key.isElsewhere()).isTrue();
    assertThat(key.file().text()).isEqualTo(file);
  }

  private static Bytes read(Path file) throws IOException {
    return Bytes.of(Files.readAllBytes(file));
  }
}
