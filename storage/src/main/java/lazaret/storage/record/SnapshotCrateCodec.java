package lazaret.storage.record;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.jspecify.annotations.Nullable;

/// The codec of a [SnapshotCrate] in the store: the raw lines in the form of an index file, and the
/// statement of each. The leaf is a record of its own, so that a state root is computed without
/// reading lines.
public final class SnapshotCrateCodec {
  private SnapshotCrateCodec() {}

  /// Encodes a crate of a snapshot.
  public static byte[] encode(SnapshotCrate crate) {
    int body = 0;
    int rest = 128;
    for (SnapshotLine line : crate.lines()) {
      body += line.entry().raw().length() + 1;
      rest += line.statement().payload().length() + 8;
    }
    var writer = new RecordWriter(RecordFormat.SNAPSHOT_CRATE, body + rest);
    writer.text(crate.name().published()).number(body);
    for (SnapshotLine line : crate.lines()) {
      Bytes raw = line.entry().raw();
      writer.raw(raw.array(), 0, raw.length()).u8('\n');
    }
    writer.number(crate.lines().size());
    crate.lines().forEach(line -> writer.bytes(line.statement().payload()));
    return writer.finish();
  }

  /// Decodes a crate of a snapshot.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static SnapshotCrate decode(byte[] data) {
    return RecordReader.read(
        "crate of a snapshot",
        RecordFormat.SNAPSHOT_CRATE,
        data,
        data.length,
        SnapshotCrateCodec::fields);
  }

  private static SnapshotCrate fields(RecordReader reader) {
    CrateName name = CrateName.parse(reader.text());
    Bytes body = reader.bytes();
    List<Bytes> statements = reader.list(RecordReader::bytes);
    List<IndexEntry> entries =
        statements.isEmpty() ? List.of() : StoredCrateCodec.entries(name, body);
    if (entries.size() != statements.size()) {
      throw new MalformedException(
          "expected %d lines of %s, found %d".formatted(statements.size(), name, entries.size()));
    }
    List<SnapshotLine> lines = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      lines.add(new SnapshotLine(entries.get(i), VerificationStatement.parse(statements.get(i))));
    }
    return new SnapshotCrate(name, lines);
  }

  /// Encodes the leaf of a crate.
  public static byte[] encodeLeaf(SnapshotCrate crate) {
    return new RecordWriter(RecordFormat.SNAPSHOT_LEAF, 40)
        .maybe(crate.gone() ? null : crate.leaf(), RecordWriter::sha256)
        .finish();
  }

  /// Decodes a leaf; null if the crate is gone.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static @Nullable Sha256 decodeLeaf(byte[] data) {
    record Found(@Nullable Sha256 leaf) {}
    return RecordReader.read(
            "leaf of a snapshot",
            RecordFormat.SNAPSHOT_LEAF,
            data,
            data.length,
            reader -> new Found(reader.maybe(RecordReader::sha256)))
        .leaf();
  }
}
