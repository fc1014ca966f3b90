package lazaret.storage.backup;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A writer of a backup into an empty folder. Its files are removed again unless [#finish]
/// succeeds, so that a second attempt finds the folder empty.
final class FolderBackupWriter extends BackupWriter {
  private static final System.Logger LOG = System.getLogger(FolderBackupWriter.class.getName());
  private static final long PART_BYTES = 1L << 30;
  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final Instant created;
  private final List<BackupManifest.Part> parts = new ArrayList<>();
  private @Nullable OpenPart part;
  private boolean finished;

  FolderBackupWriter(Path folder, Instant created) {
    super(folder);
    this.folder = folder;
    this.created = created;
  }

  @Override
  boolean has(Sha256 cksum, long length) {
    return false;
  }

  @Override
  void write(BackupFrame frame) throws IOException {
    OpenPart to = part();
    frame.writeTo(to.out);
    to.bytes += frame.length();
  }

  @Override
  void writeArtifact(StoredArtifact artifact, Bytes bytes) throws IOException {
    write(new BackupFrame(BackupFrameKind.ARTIFACT, artifact.encode(), bytes.array()));
  }

  @Override
  void writeManifest(long ledgerSequence, Sha256 ledgerHash) throws IOException {
    endPart();
    var manifest =
        new BackupManifest(BackupManifest.Form.FOLDER, created, ledgerSequence, ledgerHash, parts);
    PrivateFiles.syncFolder(folder);
    PrivateFiles.write(folder.resolve(BackupManifest.FILE), manifest.text());
    finished = true;
  }

  private OpenPart part() throws IOException {
    if (part != null && part.bytes >= PART_BYTES) {
      endPart();
    }
    if (part == null) {
      part = new OpenPart(folder.resolve(BackupManifest.Part.name(parts.size() + 1)));
    }
    return part;
  }

  private void endPart() throws IOException {
    if (part != null) {
      parts.add(part.end(BackupManifest.Part.name(parts.size() + 1)));
      part = null;
    }
  }

  /// Removes the files, unless the backup was finished.
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      if (part != null) {
        part.file.close();
        part = null;
      }
      for (int number = 1; number <= parts.size() + 1; number++) {
        Files.deleteIfExists(folder.resolve(BackupManifest.Part.name(number)));
      }
      Files.deleteIfExists(folder.resolve(BackupManifest.FILE + ".new"));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "an unfinished backup stays in " + folder, e);
    }
  }

  /// The file that is currently written.
  private static final class OpenPart {
    private final FileChannel file;
    private final Sha256.Hasher hasher = new Sha256.Hasher();
    private final DataOutputStream out;
    private long bytes;

    OpenPart(Path path) throws IOException {
      file = PrivateFiles.create(path);
      out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new Hashing(Channels.newOutputStream(file), hasher), BUFFER));
    }

    BackupManifest.Part end(String name) throws IOException {
      out.flush();
      file.force(true);
      file.close();
      return new BackupManifest.Part(name, bytes, hasher.finish());
    }
  }

  /// An output stream that hashes the bytes that pass through it.
  private static final class Hashing extends OutputStream {
    private final OutputStream out;
    private final Sha256.Hasher hasher;

    Hashing(OutputStream out, Sha256.Hasher hasher) {
      this.out = out;
      this.hasher = hasher;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
      hasher.update(data, from, count);
      out.write(data, from, count);
    }
  }
}
