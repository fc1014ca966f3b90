package lazaret.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicFilesTest {
  @TempDir Path folder;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatWasMadeUnderAClosedUmaskIsReadByAllAndWrittenByItsOwner() throws IOException {
    Path tree = folder.resolve("bundle");
    PrivateFiles.createFolders(tree.resolve("metadata"));
    PrivateFiles.create(tree.resolve("metadata/1.root.json")).close();
    assertThat(rights(tree.resolve("metadata/1.root.json"))).isEqualTo("rw-------");

    PublicFiles.openTree(tree);

    assertThat(rights(tree)).isEqualTo("rwxr-xr-x");
    assertThat(rights(tree.resolve("metadata"))).isEqualTo("rwxr-xr-x");
    assertThat(rights(tree.resolve("metadata/1.root.json"))).isEqualTo("rw-r--r--");
  }

  @Test
  void whatIsOpenFurtherStaysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("shared"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    PublicFiles.open(file);

    assertThat(rights(file)).isEqualTo("rw-rw-r--");
  }
}
