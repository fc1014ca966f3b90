package lazaret.bundle.exporting;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RunningOperation;
import org.jspecify.annotations.Nullable;

/// The writer of the parts and of the table of artifacts. A separate thread reads and checks
/// artifacts while the previous ones are hashed and written. Not thread-safe.
final class PartWriter {
  /// The number of artifact bytes that are read ahead; one longer artifact is allowed.
  private static final int AHEAD = 8 << 20;

  private final SnapshotSource source;
  private final TargetsFolder targets;
  private final long partSize;
  private final RunningOperation operation = RunningOperation.current();
  private int part;
  private long mostBlob;
  private long bytes;
  private final Semaphore ahead = new Semaphore(AHEAD);
  private @Nullable OutputStream out;
  private @Nullable UstarWriter archive;

  PartWriter(SnapshotSource source, TargetsFolder targets, long partSize) {
    this.source = source;
    this.targets = targets;
    this.partSize = partSize;
  }

  private sealed interface Read {
    record Artifact(CrateId id, Bytes bytes) implements Read {
      int weight() {
        return Math.min(bytes.length(), AHEAD);
      }
    }

    record End() implements Read {}

    record Failed(Exception why) implements Read {}
  }

  /// Returns the number of parts.
  int count() {
    return part;
  }

  /// Returns the length of the largest artifact in bytes.
  long mostBlob() {
    return mostBlob;
  }

  /// Returns the total length of all artifacts in bytes.
  long bytes() {
    return bytes;
  }

  void write(ExternalDigestSort blobs) throws IOException {
    BlockingQueue<Read> read = new LinkedBlockingQueue<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("lazaret-export-reader")
            .start(() -> readAhead(blobs, read));
    try (OutputStream table = targets.create(BundleTarget.BLOBS.path())) {
      while (true) {
        switch (read.take()) {
          case Read.Artifact artifact -> {
            BlobTable.line(add(artifact.id(), artifact.bytes())).writeTo(table);
            operation.step();
            ahead.release(artifact.weight());
          }
          case Read.End() -> {
            finishPart();
            return;
          }
          case Read.Failed(RuntimeException e) -> throw e;
          case Read.Failed(Exception e) -> throw new IOException(e.getMessage(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the export was canceled", e);
    } finally {
      reader.interrupt();
    }
  }

  private void readAhead(ExternalDigestSort blobs, BlockingQueue<Read> read) {
    try {
      try {
        blobs.forEach(id -> put(read, new Read.Artifact(id, artifact(id))));
        read.put(new Read.End());
      } catch (IOException | RuntimeException e) {
        read.put(new Read.Failed(e));
      }
    } catch (InterruptedException _) {
      // The export was cancelled, so the queue is not read any more.
    }
  }

  private void put(BlockingQueue<Read> read, Read.Artifact item) throws IOException {
    try {
      ahead.acquire(item.weight());
      read.put(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the export was canceled", e);
    }
  }

  private Bytes artifact(CrateId id) {
    Bytes bytes =
        source
            .artifact(id.cksum())
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.BLOB_MISSING,
                        "cannot export %s: its bytes are not stored; fetch it once, or deny it"
                            .formatted(id)));
    Sha256 found = Sha256.of(bytes);
    if (!found.equals(id.cksum())) {
      throw new BundleException(
          BundleCode.BLOB_DIGEST_MISMATCH,
          "cannot export %s: the stored bytes have the sha256 %s; run fsck".formatted(id, found));
    }
    return bytes;
  }

  private Blob add(CrateId id, Bytes bytes) throws IOException {
    UstarWriter to = archive;
    if (to != null && to.position() + Ustar.length(bytes.length()) + UstarWriter.END > partSize) {
      finishPart();
      to = null;
    }
    if (to == null) {
      to = nextPart();
    }
    long offset = to.add(id.cksum().hex(), bytes);
    mostBlob = Math.max(mostBlob, bytes.length());
    this.bytes += bytes.length();
    return new Blob(id.cksum(), bytes.length(), part, offset, id.name(), id.version());
  }

  private UstarWriter nextPart() throws IOException {
    part++;
    OutputStream file = targets.create(BundleTarget.part(part));
    var next = new UstarWriter(file);
    out = file;
    archive = next;
    return next;
  }

  private void finishPart() throws IOException {
    if (archive != null && out != null) {
      archive.finish();
      out.close();
      archive = null;
      out = null;
    }
  }
}
