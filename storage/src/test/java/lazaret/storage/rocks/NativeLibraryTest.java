package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

class NativeLibraryTest {
  private static final String NAME = "librocksdbjni-linux64.so";

  private static NativeLibrary.Pinned pinned() {
    return Objects.requireNonNull(NativeLibrary.PINNED.get(NAME));
  }

  private static byte[] inJar() throws IOException {
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + NAME)) {
      return in.readAllBytes();
    }
  }

  private static Path library(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void pinsWhatIsInTheJar() throws IOException {
    byte[] bytes = inJar();
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);

    assertThat(pinned())
        .isEqualTo(
            new NativeLibrary.Pinned(
                bytes.length, (int) crc.getValue(), Sha256.of(bytes, 0, bytes.length).hex()));
  }

  @Test
  void unpacksOnceIntoAPrivateFolder(@TempDir Path temp) throws IOException {
    Path folder = NativeLibrary.unpacked(temp.resolve("cache"), NAME, pinned());
    Path library = library(folder);
    var when = Files.getLastModifiedTime(library);

    assertThat(NativeLibrary.unpacked(temp.resolve("cache"), NAME, pinned())).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(when);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesAPlantedTornOrLinkedLibrary(@TempDir Path temp) throws IOException {
    Path cache = temp.resolve("cache");
    Path library = library(NativeLibrary.unpacked(cache, NAME, pinned()));
    byte[] good = Files.readAllBytes(library);

    byte[] planted = good.clone();
    planted[5000] ^= 1;
    Files.write(library, planted);
    NativeLibrary.unpacked(cache, NAME, pinned());
    assertThat(Files.readAllBytes(library)).isEqualTo(good);

    Files.write(library, Arrays.copyOf(good, 100));
    NativeLibrary.unpacked(cache, NAME, pinned());
    assertThat(Files.readAllBytes(library)).isEqualTo(good);

    Path elsewhere = Files.write(temp.resolve("elsewhere"), good);
    Files.delete(library);
    Files.createSymbolicLink(library, elsewhere);
    NativeLibrary.unpacked(cache, NAME, pinned());
    assertThat(Files.isSymbolicLink(library)).isFalse();

    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
    NativeLibrary.unpacked(cache, NAME, pinned());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .isEqualTo("rw-------");
  }

  @Test
  void usesNoFolderThatOthersMayWriteTo(@TempDir Path temp) throws IOException {
    Path cache = temp.resolve("cache");
    Path folder = NativeLibrary.unpacked(cache, NAME, pinned());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> NativeLibrary.unpacked(cache, NAME, pinned()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("it is open to other users (rwxrwxrwx)");
  }

  @Test
  void refusesALibraryThatIsNotThePinnedOne(@TempDir Path temp) {
    var other = new NativeLibrary.Pinned(pinned().bytes(), 1, "ab".repeat(32));

    assertThatThrownBy(() -> NativeLibrary.unpacked(temp.resolve("cache"), NAME, other))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot load RocksDB: " + NAME + " in its jar has SHA-256 ");
  }
}
