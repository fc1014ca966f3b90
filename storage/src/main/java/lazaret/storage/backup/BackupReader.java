package lazaret.storage.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.text.Coded;

/// The import of a backup into an empty store, with a check of its completeness. It checks the
/// digest of each file, the checksum of each record and the SHA-256 of each artifact. It follows
/// the chain of the ledger up to the entry that the manifest names. At the end, the store must have
/// that entry as its last one, and as many rows as the backup. If it fails, the caller must discard
/// the store. Not thread-safe; blocks on the disk.
public final class BackupReader {
  private static final int MAX_BATCH_WRITES = 500;
  private static final long MAX_BATCH_BYTES = 8L << 20;

  private final Path backup;
  private final Store store;
  private final List<Batch.Write> batch = new ArrayList<>();
  private final List<LedgerEntry> expected = new ArrayList<>();
  private final Map<BackupFrameKind, Long> frames = new EnumMap<>(BackupFrameKind.class);
  private long batchBytes;
  private final RunningOperation operation = RunningOperation.current();
  private long done;
  private long sequence;
  private Sha256 hash = LedgerEntry.GENESIS;

  /// The folder of the files of a backup; that of an archive if the backup is a state of one.
  private Path folder;

  /// The form of the backup.
  private BackupManifest.Form form = BackupManifest.Form.FOLDER;

  private BackupReader(Path backup, Store store) {
    this.backup = backup;
    this.store = store;
    this.folder = backup;
  }

  /// Reads a whole backup into a store; no other data is written to it. Its bytes are steps of the
  /// operation of this thread.
  ///
  /// @param backup the folder of a backup; an archive, of which the newest state is read; or the
  ///   manifest of a state of an archive
  /// @param store empty
  /// @throws StoreException with code `store-corrupt` if the backup is torn or damaged, or if the
  ///   store does not have at the end what was written to it; or as the store throws it
  public static void restore(Path backup, Store store) {
    try {
      new BackupReader(backup, store).restore();
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot read the backup in '" + backup + "': " + PrivateFiles.describe(e),
          e);
    } catch (MalformedException | BufferUnderflowException e) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          "cannot restore the backup in '"
              + backup
              + "': "
              + e.getMessage()
              + "; use another backup",
          e);
    }
  }

  private void restore() throws IOException {
    BackupManifest manifest = manifest();
    long total = manifest.parts().stream().mapToLong(BackupManifest.Part::bytes).sum();
    operation.begin("records", total, "bytes");
    for (BackupManifest.Part part : manifest.parts()) {
      read(part);
    }
    flush();
    if (sequence != manifest.ledgerSequence() || !hash.equals(manifest.ledgerHash())) {
      throw new MalformedException(
          "its ledger ends with entry %d, its manifest says %d"
              .formatted(sequence, manifest.ledgerSequence()));
    }
    requireStored();
  }

  /// Compares the store with what was read from the backup.
  private void requireStored() {
    Optional<LedgerEntry> head = store.ledgerHead();
    if (head.map(LedgerEntry::sequence).orElse(0L) != sequence
        || !head.map(LedgerEntry::hash).orElse(LedgerEntry.GENESIS).equals(hash)) {
      throw new MalformedException("the ledger of the store does not end with its last entry");
    }
    requireRows(BackupFrameKind.CRATE, store.crates());
    requireRows(BackupFrameKind.REQUEST, store.requests());
    requireRows(BackupFrameKind.ACCESS, store.accesses());
    requireRows(BackupFrameKind.ARTIFACT, store.artifacts());
    requireRows(BackupFrameKind.FEED, store.feeds().stream());
    requireRows(BackupFrameKind.VERDICT, store.verdicts());
    requireRows(BackupFrameKind.LOCKFILE, store.lockfiles());
    requireRows(BackupFrameKind.ARTIFACT_USE, store.artifactUses());
    requireRows(BackupFrameKind.REMOVED_ARTIFACT, store.removedArtifacts());
    requireRows(BackupFrameKind.SNAPSHOT, store.snapshots().all().stream());
    requireRows(BackupFrameKind.SNAPSHOT_CRATE, store.snapshots().rows());
  }

  private void requireRows(BackupFrameKind kind, Stream<?> rows) {
    long read = frames.getOrDefault(kind, 0L);
    long found;
    try (rows) {
      found = rows.count();
    }
    if (found != read) {
      throw new MalformedException(
          "it has %d rows of the kind '%s', the restored store has %d"
              .formatted(read, kind.name().toLowerCase(Locale.ROOT), found));
    }
  }

  private BackupManifest manifest() throws IOException {
    Optional<Path> archive = BackupArchive.of(backup);
    if (archive.isPresent()) {
      return state(archive.get(), backup);
    }
    if (BackupArchive.is(backup)) {
      List<Path> states = BackupArchive.manifests(backup);
      if (states.isEmpty()) {
        throw new MalformedException("it has no state: no backup into it was finished");
      }
      return state(backup, states.getLast());
    }
    Path file = folder.resolve(BackupManifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw new MalformedException(
          "it has no manifest '" + BackupManifest.FILE + "': it was not finished");
    }
    return BackupManifest.read(form, file);
  }

  private BackupManifest state(Path archive, Path manifest) throws IOException {
    folder = archive;
    form = BackupManifest.Form.ARCHIVE;
    return BackupArchive.read(manifest);
  }

  private Path file(BackupManifest.Part part) {
    return switch (form) {
      case FOLDER -> folder.resolve(part.name());
      case ARCHIVE -> BackupArchive.part(folder, part.sha256());
    };
  }

  private void read(BackupManifest.Part part) throws IOException {
    Path file = file(part);
    if (!Files.isRegularFile(file) || Files.size(file) != part.bytes()) {
      throw new MalformedException("'" + part.name() + "' is missing or not as long as it was");
    }
    var hasher = new Sha256.Hasher();
    try (var in =
        new DataInputStream(
            new BufferedInputStream(new Hashing(Files.newInputStream(file), hasher), 1 << 20))) {
      long left = part.bytes();
      while (left > 0) {
        BackupFrame frame = BackupFrame.read(in, left);
        take(frame.kind(), frame.key(), frame.value());
        left -= frame.length();
        done += frame.length();
        operation.reach(done);
      }
    }
    if (!hasher.finish().equals(part.sha256())) {
      throw new MalformedException("'" + part.name() + "' does not have its SHA-256");
    }
  }

  private void take(BackupFrameKind kind, byte[] key, byte[] value) throws IOException {
    var _ = frames.merge(kind, 1L, Long::sum);
    switch (kind) {
      case META -> meta(Bytes.of(key).text(), MetaCodec.decode(value));
      case CRATE -> add(new Batch.Write.PutCrate(StoredCrateCodec.decodeForeign(value)));
      case FRESHNESS -> add(new Batch.Write.PutFreshness(name(key), FreshnessCodec.decode(value)));
      case VIEW -> add(new Batch.Write.PutView(name(key), ViewCodec.decode(value, value.length)));
      case FINDINGS ->
          FindingsCodec.decode(value).ifPresent(found -> add(new Batch.Write.PutFindings(found)));
      case LEDGER -> link(LedgerCodec.decode(value));
      case REQUEST -> add(new Batch.Write.PutRequest(RequestCodec.decode(value)));
      case ACCESS -> add(new Batch.Write.AddDownload(DownloadRecordCodec.decode(value)));
      case FEED -> add(new Batch.Write.PutFeed(FeedCodec.decode(value)));
      case VERDICT -> add(new Batch.Write.PutVerdict(VerdictCodec.decode(value)));
      case DESK -> desk(Bytes.of(key).text(), MetaCodec.decode(value));
      case LOCKFILE -> add(new Batch.Write.PutLockfile(LockfileCodec.decode(value)));
      case ARTIFACT_USE -> add(new Batch.Write.PutUse(ArtifactUseCodec.decode(value)));
      case REMOVED_ARTIFACT -> add(new Batch.Write.PutRemoved(RemovedArtifactCodec.decode(value)));
      case SNAPSHOT -> add(new Batch.Write.PutSnapshot(SnapshotCodec.decode(value)));
      case SNAPSHOT_CRATE ->
          add(
              new Batch.Write.PutSnapshotCrate(
                  ByteBuffer.wrap(key).getLong(), SnapshotCrateCodec.decode(value)));
      case ARTIFACT -> {
        StoredArtifact artifact = StoredArtifact.decode(key);
        Bytes bytes = bytes(artifact, value);
        artifact(artifact, bytes);
        batchBytes += bytes.length() - value.length;
      }
    }
    batchBytes += value.length;
    if (batch.size() >= MAX_BATCH_WRITES || batchBytes >= MAX_BATCH_BYTES) {
      flush();
    }
  }

  private void meta(String name, Bytes value) {
    // The progress of a conversion is that of another store.
    if (!name.equals(MetaKey.CONVERSION.code())) {
      add(new Batch.Write.PutMeta(name, value));
    }
  }

  private void desk(String key, Bytes value) {
    int end = key.indexOf('\0');
    DeskTable table =
        Coded.find(DeskTable.class, key.substring(0, Math.max(0, end)))
            .filter(DeskTable::isBackedUp)
            .orElseThrow(() -> new MalformedException("a frame names no table of the desk"));
    add(new Batch.Write.PutDeskRow(new DeskRow(table, key.substring(end + 1), value)));
  }

  private static CrateName name(byte[] key) {
    return CrateName.parse(Bytes.of(key).text());
  }

  private void add(Batch.Write write) {
    batch.add(write);
  }

  private Bytes bytes(StoredArtifact artifact, byte[] value) throws IOException {
    if (form == BackupManifest.Form.FOLDER) {
      return Bytes.of(value);
    }
    Path file = BackupArchive.object(folder, artifact.id().cksum());
    if (!Files.isRegularFile(file) || Files.size(file) != artifact.bytes()) {
      throw new MalformedException(
          "the bytes of " + artifact.id() + " are missing or not as long as they were");
    }
    return Bytes.of(Files.readAllBytes(file));
  }

  private void artifact(StoredArtifact held, Bytes bytes) {
    switch (new UnverifiedCrate(bytes).verify(held.id())) {
      case Verification.Match(var crate) -> add(new Batch.Write.PutArtifact(crate));
      case Verification.Mismatch _ ->
          throw new MalformedException("the bytes of " + held.id() + " do not have its SHA-256");
    }
  }

  private void link(LedgerEntry entry) {
    if (entry.sequence() != sequence + 1 || !entry.previous().equals(hash) || !entry.intact()) {
      throw new MalformedException("its ledger breaks after entry " + sequence);
    }
    sequence = entry.sequence();
    hash = entry.hash();
    expected.add(entry);
    add(new Batch.Write.Append(entry.event()));
  }

  private void flush() {
    List<LedgerEntry> appended = store.commit(Batch.relaxed(batch));
    if (!appended.equals(expected)) {
      throw new MalformedException("its ledger has another form when it is written again");
    }
    batch.clear();
    expected.clear();
    batchBytes = 0;
  }

  /// An input stream that hashes the bytes that pass through it.
  private static final class Hashing extends InputStream {
    private final InputStream in;
    private final Sha256.Hasher hasher;

    Hashing(InputStream in, Sha256.Hasher hasher) {
      this.in = in;
      this.hasher = hasher;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] data, int from, int count) throws IOException {
      int read = in.read(data, from, count);
      if (read > 0) {
        hasher.update(data, from, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
