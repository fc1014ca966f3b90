package lazaret.storage.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
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

/// A writer of a backup: into a new or empty folder, or as one more state into an archive. An
/// archive has what did not change already. Not thread-safe; blocks on the disk.
public abstract sealed class BackupWriter implements AutoCloseable
    permits FolderBackupWriter, ArchiveWriter {
  private static final System.Logger LOG = System.getLogger(BackupWriter.class.getName());

  /// The number of artifacts in a row that the store does not give, after which none is read.
  private static final int MOST_UNREAD = 20;

  private final Path folder;
  private long omitted;
  private int unread;

  BackupWriter(Path folder) {
    this.folder = folder;
  }

  /// Starts a backup.
  ///
  /// @param folder created as private if it is missing. If it is an archive, or is new or empty and
  ///   has the name of one ([BackupArchive#isNamed]), the backup becomes a state of the archive
  /// @param created the date in the manifest
  /// @throws MalformedException if the folder is a file, or is neither empty nor an archive
  /// @throws StoreException if it cannot be created, or another backup into the archive runs
  public static BackupWriter begin(Path folder, Instant created) {
    try {
      if (!Files.exists(folder)) {
        PrivateFiles.createFolders(folder);
      }
      if (!Files.isDirectory(folder)) {
        throw new MalformedException(
            "cannot write a backup to '" + folder + "': it is not a folder; name a new folder");
      }
      if (!BackupArchive.is(folder)) {
        requireEmpty(folder);
        if (!BackupArchive.isNamed(folder)) {
          return new FolderBackupWriter(folder, created);
        }
      }
      return new ArchiveWriter(LockedArchive.lock(folder), created);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new MalformedException(
            "cannot write a backup to '" + folder + "': it is not empty; name a new folder");
      }
    }
  }

  /// Writes one frame.
  ///
  /// @param kind the kind of the frame
  /// @param key the key of the kind; empty if it has none
  /// @param value a record of `lazaret.storage.record`
  /// @throws StoreException if it cannot be written
  public final void put(BackupFrameKind kind, byte[] key, byte[] value) {
    try {
      write(new BackupFrame(kind, key, value));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Writes an artifact, unless it was removed since, or its stored bytes cannot be read or are
  /// corrupt. The latter is counted and loses no record: missing artifacts are fetched again. After
  /// 20 in a row that the store does not give, no further one is read.
  ///
  /// @param artifact the artifact as the store describes it
  /// @param bytes reads its bytes; not called if the backup has them. Empty if it was removed
  /// @throws StoreException if it cannot be written, or as `bytes` throws it with another code than
  ///   `store-corrupt` and `store-unavailable`
  public final void putArtifact(StoredArtifact artifact, Supplier<Optional<Bytes>> bytes) {
    CrateId id = artifact.id();
    try {
      if (has(id.cksum(), artifact.bytes())) {
        writeArtifact(new StoredArtifact(id, artifact.bytes()), Bytes.EMPTY);
        return;
      }
      Bytes found = read(id, bytes);
      if (found != null) {
        writeArtifact(new StoredArtifact(id, found.length()), found);
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /// Returns the bytes of an artifact; null if it is left out.
  private @Nullable Bytes read(CrateId id, Supplier<Optional<Bytes>> bytes) {
    if (unread == MOST_UNREAD) {
      omitted++;
      return null;
    }
    Bytes found;
    try {
      found = bytes.get().orElse(null);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT && e.code() != ErrorCode.STORE_UNAVAILABLE) {
        throw e;
      }
      unread = e.code() == ErrorCode.STORE_UNAVAILABLE ? unread + 1 : 0;
      omit(id, e.getMessage());
      return null;
    }
    unread = 0;
    if (found != null && !Sha256.of(found).equals(id.cksum())) {
      omit(id, "its stored bytes are corrupt; run 'vetting-cli fsck'");
      return null;
    }
    return found;
  }

  private void omit(CrateId id, @Nullable String why) {
    omitted++;
    LOG.log(System.Logger.Level.WARNING, "omitted from the backup: {0}: {1}", id, why);
  }

  /// Returns the number of artifacts that were left out, since they could not be read or are
  /// corrupt. The next backup adds those that can be read again.
  public final long omitted() {
    return omitted;
  }

  /// Returns whether the bytes of an artifact need not be written again.
  abstract boolean has(Sha256 cksum, long length) throws IOException;

  /// Writes a frame.
  abstract void write(BackupFrame frame) throws IOException;

  /// Writes an artifact.
  ///
  /// @param bytes its bytes; empty if [#has] returned true
  abstract void writeArtifact(StoredArtifact artifact, Bytes bytes) throws IOException;

  /// Writes the manifest after all other files are on the disk.
  abstract void writeManifest(long ledgerSequence, Sha256 ledgerHash) throws IOException;

  /// Syncs all files to the disk, the manifest last.
  ///
  /// @param ledgerSequence sequence of the last ledger entry, 0 if there is none
  /// @param ledgerHash hash of that entry, or [lazaret.vetting.ledger.LedgerEntry#GENESIS]
  /// @throws StoreException if it cannot be written
  public final void finish(long ledgerSequence, Sha256 ledgerHash) {
    try {
      writeManifest(ledgerSequence, ledgerHash);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static StoreException failed(Path folder, IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot write a backup to '" + folder + "': " + PrivateFiles.describe(e),
        e);
  }

  /// Ends the backup. Without [#finish] it is incomplete, and a second attempt can be made.
  @Override
  public abstract void close();
}
