package lazaret.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  private static final Bytes TEXT = Bytes.utf8("text");

  @TempDir Path folder;

  @Test
  void createsAFileWithTheAccessThatIsAsked() throws IOException {
    NewFile.create(folder.resolve("own"), TEXT, FileAccess.PRIVATE);
    NewFile.create(folder.resolve("open"), TEXT, FileAccess.PUBLIC);

    assertThat(folder.resolve("own")).hasContent("text");
    assertThat(rights("own")).isEqualTo("rw-------");
    assertThat(rights("open")).isEqualTo("rw-r--r--");
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void neverOverwrites() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(() -> NewFile.create(file, TEXT, FileAccess.PRIVATE))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void doesNotWriteThroughALink() throws IOException {
    Path target = folder.resolve("target");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    assertThatThrownBy(() -> NewFile.create(link, TEXT, FileAccess.PRIVATE))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(target).doesNotExist();
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
