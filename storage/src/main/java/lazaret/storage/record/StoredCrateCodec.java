package lazaret.storage.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;

/// The codec of a [StoredCrate] in the store: the raw lines, in the form of an index file, and the
/// gate's data about each. The parsed form is not stored. It is made again from the raw lines, so
/// that it can never contradict them.
public final class StoredCrateCodec {
  /// Limits that are several times those for upstream. Lines that are gone upstream stay stored,
  /// and a limit that is lowered later must not make stored lines unreadable.
  private static final IndexLimits LIMITS =
      new IndexLimits(512 << 20, 1_000_000, 1_000_000, 16 << 20, 100_000, 1_000_000, 128);

  private StoredCrateCodec() {}

  /// Encodes a stored crate.
  public static byte[] encode(StoredCrate crate) {
    long raw = crate.lines().stream().mapToLong(l -> l.entry().raw().length() + 32L).sum();
    var writer = new RecordWriter(RecordFormat.CRATE, (int) Math.min(raw + 128, 1 << 30));
    writer.text(crate.name().published()).number(bodyLength(crate.lines()));
    for (StoredLine line : crate.lines()) {
      Bytes bytes = line.entry().raw();
      writer.raw(bytes.array(), 0, bytes.length()).u8('\n');
    }
    writer.number(crate.lines().size());
    crate.lines().forEach(line -> writeLine(writer, line));
    writer.number(crate.omitted().size());
    crate.omitted().forEach(line -> writeLeftOut(writer, line));
    return writer.finish();
  }

  private static long bodyLength(List<StoredLine> lines) {
    return lines.stream().mapToLong(line -> line.entry().raw().length() + 1L).sum();
  }

  private static void writeLine(RecordWriter writer, StoredLine line) {
    writer
        .instant(line.firstSeen())
        .maybe(line.ageFloor(), RecordWriter::instant)
        .maybe(line.yankedSince(), RecordWriter::instant)
        .maybe(line.removedSince(), RecordWriter::instant)
        .maybe(line.changedCksum(), RecordWriter::sha256)
        .maybe(line.unyanked(), RecordWriter::bytes)
        .maybe(line.missingSince(), RecordWriter::instant)
        .maybe(line.refused(), StoredCrateCodec::writeRefused);
  }

  private static void writeRefused(RecordWriter writer, RefusedLine refused) {
    writer.sha256(refused.digest()).instant(refused.since()).text(refused.what());
  }

  private static RefusedLine readRefused(RecordReader reader) {
    return new RefusedLine(reader.sha256(), reader.instant(), reader.text());
  }

  private static void writeLeftOut(RecordWriter writer, OmittedLine line) {
    writer
        .text(StoredWords.LEFT_OUT_REASON.of(line.reason()))
        .number(line.line())
        .maybe(line.version(), RecordWriter::text)
        .text(line.excerpt());
  }

  /// Decodes a stored crate.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static StoredCrate decode(byte[] data) {
    return decode(data, StoredCrateCodec::held);
  }

  /// Decodes a stored crate from another source than the own store. Every line is checked as if it
  /// came from upstream.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static StoredCrate decodeForeign(byte[] data) {
    return decode(data, StoredCrateCodec::entries);
  }

  private static StoredCrate decode(
      byte[] data, BiFunction<CrateName, Bytes, List<IndexEntry>> lines) {
    int first = data.length > 0 ? data[0] & 0xFF : RecordFormat.CRATE;
    int format =
        first == RecordFormat.CRATE_WITHOUT_MISSING || first == RecordFormat.CRATE_WITHOUT_REFUSED
            ? first
            : RecordFormat.CRATE;
    return RecordReader.read(
        "index file", format, data, data.length, reader -> fields(reader, lines, format));
  }

  private static StoredCrate fields(
      RecordReader reader, BiFunction<CrateName, Bytes, List<IndexEntry>> read, int format) {
    CrateName name = CrateName.parse(reader.text());
    Bytes body = reader.bytes();
    int count = reader.count();
    List<IndexEntry> entries = count == 0 ? List.of() : read.apply(name, body);
    if (count != entries.size()) {
      throw new MalformedException(
          "expected " + count + " lines of " + name + ", found " + entries.size());
    }
    List<StoredLine> lines = new ArrayList<>(count);
    for (IndexEntry entry : entries) {
      lines.add(readLine(reader, entry, format));
    }
    return new StoredCrate(name, lines, reader.list(StoredCrateCodec::readLeftOut));
  }

  private static List<IndexEntry> held(CrateName name, Bytes body) {
    return IndexFile.stored(name, body).orElseGet(() -> entries(name, body));
  }

  static List<IndexEntry> entries(CrateName name, Bytes body) {
    IndexFile file = parse(name, body);
    if (file.omitted().isEmpty()) {
      return file.entries();
    }
    // Stored lines arrived at different times. A fault in relation to other lines, such as another
    // spelling of the name, does not make them unreadable.
    List<IndexEntry> entries = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < body.length(); at++) {
      if (body.at(at) == '\n') {
        entries.addAll(parse(name, Bytes.copyOf(body.array(), start, at - start)).entries());
        start = at + 1;
      }
    }
    return entries;
  }

  private static IndexFile parse(CrateName name, Bytes lines) {
    return IndexFile.parse(name, lines, LIMITS);
  }

  private static StoredLine readLine(RecordReader reader, IndexEntry entry, int format) {
    var firstSeen = reader.instant();
    var ageFloor = reader.maybe(RecordReader::instant);
    var yankedSince = reader.maybe(RecordReader::instant);
    var goneSince = reader.maybe(RecordReader::instant);
    var changedCksum = reader.maybe(RecordReader::sha256);
    var unyanked = reader.maybe(RecordReader::bytes);
    var missingSince =
        format == RecordFormat.CRATE_WITHOUT_MISSING ? null : reader.maybe(RecordReader::instant);
    var refused = format == RecordFormat.CRATE ? reader.maybe(StoredCrateCodec::readRefused) : null;
    return new StoredLine(
        entry,
        unyanked,
        firstSeen,
        ageFloor,
        yankedSince,
        goneSince,
        changedCksum,
        missingSince,
        refused);
  }

  private static OmittedLine readLeftOut(RecordReader reader) {
    return new OmittedLine(
        StoredWords.LEFT_OUT_REASON.parse(reader.text()),
        Math.toIntExact(reader.number()),
        reader.maybe(RecordReader::text),
        reader.text());
  }
}
