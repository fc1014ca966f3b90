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

class NewFolderTest {
  @TempDir Path folder;

  @Test
  void hasItsNameOnlyWhenItIsComplete() throws IOException {
    Path made = folder.resolve("bundle");
    Files.createDirectories(folder.resolve("bundle.part/remains"));

    Path seen =
        NewFolder.create(
            made,
            FileAccess.PUBLIC,
            part -> {
              assertThat(made).doesNotExist();
              assertThat(part).isEmptyDirectory();
              PrivateFiles.createFolders(part.resolve("inner"));
              PrivateFiles.create(part.resolve("inner/file"), Bytes.utf8("text"));
              return part;
            });

    assertThat(seen).doesNotExist();
    assertThat(made.resolve("inner/file")).hasContent("text");
    assertThat(rights(made)).isEqualTo("rwxr-xr-x");
    assertThat(rights(made.resolve("inner/file"))).isEqualTo("rw-r--r--");
  }

  @Test
  void isRemovedIfItsWriterFails() {
    assertThatThrownBy(
            () ->
                NewFolder.create(
                    folder.resolve("bundle"),
                    FileAccess.PRIVATE,
                    part -> {
                      PrivateFiles.create(part.resolve("file"), Bytes.utf8("text"));
                      throw new IOException("no space");
                    }))
        .hasMessage("no space");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void neverReplaces() throws IOException {
    Path made = Files.createDirectory(folder.resolve("bundle"));

    assertThatThrownBy(() -> NewFolder.create(made, FileAccess.PRIVATE, part -> part))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void deletionFollowsNoLinks() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "text");
    Path tree = Files.createDirectories(folder.resolve("tree/inner"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("up"), folder);

    FileTrees.delete(folder.resolve("tree"));
    FileTrees.delete(folder.resolve("missing"));

    assertThat(folder.resolve("tree")).doesNotExist();
    assertThat(outside).exists();
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
