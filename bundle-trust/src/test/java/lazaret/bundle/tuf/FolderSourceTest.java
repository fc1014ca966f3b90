package lazaret.bundle.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeOne() throws IOException {
    Files.writeString(folder.resolve("1.root.json"), "{}");
  }

  private void refuses(BundleCode code, String message) {
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> FolderMetadataSource.read(folder));
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.reason()).isEqualTo(code);
  }

  @Test
  void readsEachFileOnce() throws IOException {
    FolderMetadataSource source = FolderMetadataSource.read(folder);
    Files.writeString(folder.resolve("1.root.json"), "changed");

    assertThat(source.names()).containsExactly("1.root.json");
    assertThat(source.fetch("1.root.json", 2)).contains(Bytes.utf8("{}"));
    assertThat(source.fetch("2.root.json", 2)).isEmpty();
  }

  @Test
  void followsNoLink() throws IOException {
    Files.createSymbolicLink(folder.resolve("2.root.json"), folder.resolve("1.root.json"));

    refuses(BundleCode.UNEXPECTED_FILE, "'2.root.json' is not a plain file");
  }

  @Test
  void refusesAFileOfAnotherName() throws IOException {
    Files.writeString(folder.resolve("README"), "");

    refuses(BundleCode.UNEXPECTED_FILE, "'README' does not have the name of a metadata file");
  }

  @Test
  @Attack(23)
  void refusesALargeFile() throws IOException {
    Files.write(folder.resolve("timestamp.json"), new byte[FolderMetadataSource.MOST_SNAPSHOT + 1]);

    refuses(BundleCode.LIMIT_EXCEEDED, "'timestamp.json': more than 65536 bytes");
  }

  @Test
  @Attack(23)
  void refusesTenThousandRoots() {
    Map<String, Bytes> roots = new HashMap<>();
    IntStream.rangeClosed(1, 10_000).forEach(n -> roots.put(n + ".root.json", Bytes.EMPTY));

    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> FolderMetadataSource.of(roots));

    assertThat(refusal.reason()).isEqualTo(BundleCode.LIMIT_EXCEEDED);
  }

  @Test
  void saysThatThereIsNoFolder() throws IOException {
    Files.delete(folder.resolve("1.root.json"));
    Files.delete(folder);

    refuses(BundleCode.METADATA_MISSING, "there is no folder");
    Files.createDirectory(folder);
  }
}
