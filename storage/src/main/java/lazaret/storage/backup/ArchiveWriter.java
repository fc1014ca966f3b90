package lazaret.storage.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A writer of a state of an archive. Records are cut into parts where their own bytes say so: a
/// changed record changes its part, and the parts before and after it are those of the last state.
/// An end without [#finish] leaves files that the next state uses, or [BackupArchive#prune]
/// removes.
final class ArchiveWriter extends BackupWriter {
  /// The least size of a part that is followed by another one of its kind.
  private static final int LEAST_PART = 64 << 10;

  /// The size from which on a part ends in any case.
  private static final int MOST_PART = 4 << 20;

  /// The binary logarithm of the mean size of a part beyond the least one. A frame ends a part with
  /// a probability of its length divided by that size, so that parts of long records have few.
  private static final int MEAN_BITS = 16;

  private final LockedArchive archive;
  private final Instant created;
  private final List<BackupManifest.Part> parts = new ArrayList<>();
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(part);
  private @Nullable BackupFrameKind kind;

  ArchiveWriter(LockedArchive archive, Instant created) {
    super(archive.folder());
    this.archive = archive;
    this.created = created;
  }

  @Override
  boolean has(Sha256 cksum, long length) throws IOException {
    return archive.hasObject(cksum, length);
  }

  @Override
  void write(BackupFrame frame) throws IOException {
    // A part has frames of one kind, so that it need not be read to know of artifacts.
    if (frame.kind() != kind) {
      endPart();
      kind = frame.kind();
    }
    frame.writeTo(out);
    if (part.size() >= MOST_PART || (part.size() >= LEAST_PART && ends(frame))) {
      endPart();
    }
  }

  private static boolean ends(BackupFrame frame) {
    return frame.checksum() < frame.length() << (Integer.SIZE - MEAN_BITS);
  }

  @Override
  void writeArtifact(StoredArtifact artifact, Bytes bytes) throws IOException {
    if (bytes.length() > 0) {
      archive.putObject(artifact.id().cksum(), bytes);
    }
    write(new BackupFrame(BackupFrameKind.ARTIFACT, artifact.encode(), Bytes.EMPTY.array()));
  }

  private void endPart() throws IOException {
    if (part.size() == 0) {
      return;
    }
    Bytes content = Bytes.of(part.toByteArray());
    part.reset();
    Sha256 sha256 = Sha256.of(content);
    archive.putPart(sha256, content);
    parts.add(new BackupManifest.Part(sha256.hex(), content.length(), sha256));
  }

  @Override
  void writeManifest(long ledgerSequence, Sha256 ledgerHash) throws IOException {
    endPart();
    archive.putState(
        new BackupManifest(
            BackupManifest.Form.ARCHIVE, created, ledgerSequence, ledgerHash, parts));
  }

  @Override
  public void close() {
    archive.close();
  }
}
