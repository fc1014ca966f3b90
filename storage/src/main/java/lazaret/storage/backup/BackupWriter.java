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
import java.util.stream.Stream;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// A writer of a backup into a new or empty folder. Its files are removed again unless [#finish]
/// succeeds, so that a second attempt finds the folder empty. Not thread-safe; blocks on the disk.
public final class BackupWriter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BackupWriter.class.getName());
  private static final long PART_BYTES = 1L << 30;
  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final Instant created;
  private final List<BackupManifest.Part> parts = new ArrayList<>();
  private @Nullable OpenPart part;
  private boolean finished;

  private BackupWriter(Path folder, Instant created) {
    this.folder = folder;
    this.created = created;
  }

  /// Starts a backup.
  ///
  /// @param folder created as private if it is missing
  /// @param created the date in the manifest
  /// @throws MalformedException if the folder is a file or is not empty
  /// @throws StoreException if it cannot be created
  public static BackupWriter begin(Path folder, Instant created) {
    try {
      if (!Files.exists(folder)) {
        PrivateFiles.createFolders(folder);
      }
      if (!Files.isDirectory(folder)) {
        throw new MalformedException(
            "cannot write a backup to '" + folder + "': it is not a folder; name a new folder");
      }
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new MalformedException(
              "cannot write a backup to '" + folder + "': it is not empty; name a new folder");
        }
      }
      return new BackupWriter(folder, created);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Writes one frame.
  ///
  /// @param kind the kind of the frame
  /// @param key the key of the kind; empty if it has none
  /// @param value a record of `lazaret.storage.record`, or the bytes of an artifact
  /// @throws StoreException if it cannot be written
  public void put(BackupFrameKind kind, byte[] key, byte[] value) {
    try {
      OpenPart to = part();
      to.out.writeByte(kind.code());
      to.out.writeInt(key.length);
      to.out.writeInt(value.length);
      to.out.write(key);
      to.out.write(value);
      to.bytes += 9L + key.length + value.length;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Writes an artifact, unless its stored bytes are corrupt. Leaving those out loses no data,
  /// because missing artifacts are fetched again; corrupt bytes would make the backup unusable.
  ///
  /// @throws StoreException if it cannot be written
  public void putArtifact(CrateId id, Bytes bytes) {
    if (Sha256.of(bytes).equals(id.cksum())) {
      put(BackupFrameKind.ARTIFACT, new StoredArtifact(id, bytes.length()).encode(), bytes.array());
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "omitted from the backup: the stored bytes of {0} are corrupt; run ''vetting-cli fsck''",
          id);
    }
  }

  /// Syncs all files to the disk, the manifest last.
  ///
  /// @param ledgerSequence sequence of the last ledger entry, 0 if there is none
  /// @param ledgerHash hash of that entry, or [lazaret.vetting.ledger.LedgerEntry#GENESIS]
  /// @throws StoreException if it cannot be written
  public void finish(long ledgerSequence, Sha256 ledgerHash) {
    try {
      endPart();
      var manifest = new BackupManifest(created, ledgerSequence, ledgerHash, parts);
      PrivateFiles.syncFolder(folder);
      PrivateFiles.write(folder.resolve(BackupManifest.FILE), manifest.text());
      finished = true;
    } catch (IOException e) {
      throw failed(folder, e);
    }
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

  private static StoreException failed(Path folder, IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot write a backup to '" + folder + "': " + PrivateFiles.describe(e),
        e);
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
