package lazaret.storage.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupManifestTest {
  private static final Sha256 SHA256 = Sha256.of(Bytes.utf8("records"));

  @TempDir Path folder;

  private static BackupManifest of(int files) {
    var part = new BackupManifest.Part(SHA256.hex(), 1 << 17, SHA256);
    return new BackupManifest(
        BackupManifest.Form.ARCHIVE,
        Instant.parse("2026-11-24T12:00:00Z"),
        7,
        SHA256,
        Collections.nCopies(files, part));
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("manifest"), text);
  }

  private void refused(String text, String why) throws IOException {
    Path file = written(text);
    assertThatThrownBy(() -> BackupManifest.read(BackupManifest.Form.ARCHIVE, file))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void readsWhatItWrites() throws IOException {
    for (BackupManifest manifest : List.of(of(0), of(3))) {
      assertThat(BackupManifest.read(BackupManifest.Form.ARCHIVE, written(manifest.text())))
          .isEqualTo(manifest);
    }
  }

  @Test
  void readsAListOfManyFiles() throws IOException {
    Path file = written(of(130_000).text());

    assertThat(Files.size(file)).isGreaterThan(16 << 20);
    assertThat(BackupManifest.read(BackupManifest.Form.ARCHIVE, file).parts()).hasSize(130_000);
  }

  @Test
  void refusesDamage() throws IOException {
    String text = of(2).text();
    String other = "its manifest does not begin with 'lazaret archive, form 1'";

    refused("", other);
    refused("lazaret archive", other);
    refused(text.replace("archive", "backup"), other);
    refused("lazaret archive, form 1\n", "its manifest is damaged");
    refused(text.replace(" 131072 ", " 131073 "), "its manifest is damaged");
    refused(text + '\n', "its manifest is damaged");
    refused(text.substring(0, text.length() - 1), "its manifest is damaged");
    String empty = "lazaret archive, form 1\n";
    refused(empty + "end " + Sha256.of(Bytes.utf8(empty)) + '\n', "its manifest ");
  }

  @Test
  void refusesToWriteWhatCannotBeRead() throws IOException {
    Path archive = folder.resolve("a.archive");
    try (BackupWriter writer = BackupWriter.begin(archive, Instant.EPOCH)) {
      writer.finish(0, LedgerEntry.GENESIS);
    }

    try (LockedArchive locked = LockedArchive.lock(archive)) {
      assertThatThrownBy(() -> locked.putState(of(2_000_000)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("expected a manifest of at most 268435456 bytes, found 2")
          .hasMessageEndingWith(
              "; write to a new folder whose name does not end with '.archive', which has fewer"
                  + " files");
    }
    assertThat(BackupArchive.states(archive)).hasSize(1);
  }
}
