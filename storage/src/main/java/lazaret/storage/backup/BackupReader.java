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
import java.util.List;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LedgerCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
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
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.text.Coded;

/// The import of a backup into an empty store, with a check of its completeness. It checks the
/// digest of each file, the checksum of each record and the SHA-256 of each artifact. It follows
/// the chain of the ledger up to the entry that the manifest names. If it fails, the caller must
/// discard the store. Not thread-safe; blocks on the disk.
public final class BackupReader {
  private static final int MAX_KEY = 64 << 10;
  private static final int MAX_BATCH_WRITES = 500;
  private static final long MAX_BATCH_BYTES = 8L << 20;

  private final Path folder;
  private final Store store;
  private final List<Batch.Write> batch = new ArrayList<>();
  private final List<LedgerEntry> expected = new ArrayList<>();
  private long batchBytes;
  private final RunningOperation operation = RunningOperation.current();
  private long done;
  private long sequence;
  private Sha256 hash = LedgerEntry.GENESIS;

  private BackupReader(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
  }

  /// Reads a whole backup into a store; no other data is written to it. Its bytes are steps of the
  /// operation of this thread.
  ///
  /// @param store empty
  /// @throws StoreException with code `store-corrupt` if the backup is torn or damaged, or as the
  ///   store throws it
  public static void restore(Path folder, Store store) {
    try {
      new BackupReader(folder, store).restore();
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot read the backup in '" + folder + "': " + PrivateFiles.describe(e),
          e);
    } catch (MalformedException | BufferUnderflowException e) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          "cannot restore the backup in '"
              + folder
              + "': "
              + e.getMessage()
              + "; use another backup",
          e);
    }
  }

  private void restore() throws IOException {
    Path file = folder.resolve(BackupManifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw new MalformedException(
          "it has no manifest '" + BackupManifest.FILE + "': it was not finished");
    }
    if (Files.size(file) > BackupManifest.MAX_BYTES) {
      throw new MalformedException("its manifest is too long");
    }
    var manifest = BackupManifest.parse(Bytes.of(Files.readAllBytes(file)).text());
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
  }

  private void read(BackupManifest.Part part) throws IOException {
    Path file = folder.resolve(part.name());
    if (!Files.isRegularFile(file) || Files.size(file) != part.bytes()) {
      throw new MalformedException("'" + part.name() + "' is missing or not as long as it was");
    }
    var hasher = new Sha256.Hasher();
    try (var in =
        new DataInputStream(
            new BufferedInputStream(new Hashing(Files.newInputStream(file), hasher), 1 << 20))) {
      long left = part.bytes();
      while (left > 0) {
        long length = frame(in, left);
        left -= length;
        done += length;
        operation.reach(done);
      }
    }
    if (!hasher.finish().equals(part.sha256())) {
      throw new MalformedException("'" + part.name() + "' does not have its SHA-256");
    }
  }

  private long frame(DataInputStream in, long left) throws IOException {
    if (left < 9) {
      throw new MalformedException("a frame is cut off");
    }
    int code = in.readUnsignedByte();
    int keyLength = in.readInt();
    int valueLength = in.readInt();
    BackupFrameKind kind = BackupFrameKind.of(code);
    // No memory is allocated for lengths that exceed the file.
    if (kind == null
        || keyLength < 0
        || keyLength > MAX_KEY
        || valueLength < 0
        || 9L + keyLength + valueLength > left) {
      throw new MalformedException("a frame is damaged");
    }
    byte[] key = in.readNBytes(keyLength);
    byte[] value = in.readNBytes(valueLength);
    if (key.length != keyLength || value.length != valueLength) {
      throw new MalformedException("a frame is cut off");
    }
    take(kind, key, value);
    return 9L + keyLength + valueLength;
  }

  private void take(BackupFrameKind kind, byte[] key, byte[] value) {
    switch (kind) {
      case META -> add(new Batch.Write.PutMeta(Bytes.of(key).text(), MetaCodec.decode(value)));
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
      case SNAPSHOT -> add(new Batch.Write.PutSnapshot(SnapshotCodec.decode(value)));
      case SNAPSHOT_CRATE ->
          add(
              new Batch.Write.PutSnapshotCrate(
                  ByteBuffer.wrap(key).getLong(), SnapshotCrateCodec.decode(value)));
      case ARTIFACT -> artifact(StoredArtifact.decode(key), Bytes.of(value));
    }
    batchBytes += value.length;
    if (batch.size() >= MAX_BATCH_WRITES || batchBytes >= MAX_BATCH_BYTES) {
      flush();
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
