package lazaret.storage.record;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.Capabilities.Entry;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.inspect.SourceProfile;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.inspect.source.Capability;

/// The codec of [Findings] in the store.
public final class FindingsCodec {
  private FindingsCodec() {}

  /// Encodes findings.
  public static byte[] encode(Findings findings) {
    var writer = new RecordWriter(RecordFormat.FINDINGS, 160);
    writer.sha256(findings.sha256()).number(findings.inspectorVersion());
    writer.number(findings.problems().size());
    for (ArchiveProblem problem : findings.problems()) {
      writer.text(problem.code().code()).text(problem.path()).text(problem.detail());
    }
    CrateFacts facts = findings.facts();
    writer
        .flag(facts.buildScript())
        .flag(facts.procMacro())
        .maybe(facts.license(), RecordWriter::text)
        .maybe(facts.links(), RecordWriter::text)
        .number(facts.unpackedBytes())
        .number(facts.entries());
    writer.number(findings.signals().size());
    for (Signal signal : findings.signals()) {
      writer.text(signal.code().code()).text(signal.weight().code());
      writer.text(signal.path()).number(signal.line()).text(signal.excerpt());
    }
    writer.number(findings.capabilities().stored().size());
    for (Entry held : findings.capabilities().stored()) {
      writer.text(held.where().code()).text(held.what().code()).number(held.count());
      writer.text(held.path()).number(held.line());
    }
    SourceProfile trace = findings.trace();
    writer.maybe(trace.buildScript(), RecordWriter::sha256).number(trace.sources());
    writer.number(trace.sketch().hashes().size());
    trace.sketch().hashes().forEach(hash -> writer.number(Integer.toUnsignedLong(hash)));
    Particulars particulars = trace.particulars();
    writer.number(Integer.toUnsignedLong((int) (particulars.code() >>> 32)));
    writer.number(Integer.toUnsignedLong((int) particulars.code()));
    writer.number(particulars.all().size());
    for (Particular one : particulars.all()) {
      writer.text(one.kind().code()).text(one.text()).text(one.path()).number(one.line());
    }
    return writer.finish();
  }

  /// Decodes findings; empty if they come from another inspector and cannot be read completely.
  /// That is a form from before signals, places of capabilities or particulars, or one with a
  /// problem, signal or capability that this program does not know. Omitting it would make a
  /// hostile archive look clean, so that the artifact is inspected again.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static Optional<Findings> decode(byte[] data) {
    int form = data.length > 0 ? data[0] & 0xFF : RecordFormat.FINDINGS;
    return switch (form) {
      case RecordFormat.FINDINGS_WITHOUT_SIGNALS -> read(form, data, FindingsCodec::withoutSignals);
      case RecordFormat.FINDINGS_WITHOUT_PLACES ->
          read(form, data, FindingsCodec::withoutLocations);
      case RecordFormat.FINDINGS_WITHOUT_PARTICULARS ->
          read(form, data, FindingsCodec::withoutParticulars);
      default -> read(RecordFormat.FINDINGS, data, FindingsCodec::fields);
    };
  }

  private static Optional<Findings> read(
      int form, byte[] data, Function<RecordReader, Optional<Findings>> fields) {
    return RecordReader.read("findings", form, data, data.length, fields);
  }

  /// Reads an old record to its end, so that damage is still found, and returns empty.
  private static Optional<Findings> withoutSignals(RecordReader reader) {
    var _ = head(reader);
    return Optional.empty();
  }

  private static Optional<Findings> withoutLocations(RecordReader reader) {
    var _ = head(reader);
    var _ = reader.list(FindingsCodec::signal);
    var _ =
        reader.list(
            capability -> {
              String what = capability.text() + capability.text();
              return what + capability.number();
            });
    var _ = reader.maybe(RecordReader::sha256);
    var _ = reader.number();
    return Optional.empty();
  }

  private static Optional<Findings> withoutParticulars(RecordReader reader) {
    var _ = head(reader);
    var _ = reader.list(FindingsCodec::signal);
    var _ = reader.list(FindingsCodec::held);
    var _ = reader.maybe(RecordReader::sha256);
    var _ = reader.number();
    var _ = reader.list(hash -> (int) hash.number());
    return Optional.empty();
  }

  private static Optional<Findings> fields(RecordReader reader) {
    Head head = head(reader);
    List<Optional<Signal>> signals = reader.list(FindingsCodec::signal);
    List<Optional<Entry>> held = reader.list(FindingsCodec::held);
    Sha256 buildScript = reader.maybe(RecordReader::sha256);
    int sources = Math.toIntExact(reader.number());
    var sketch = new MinHashSketch(reader.list(hash -> (int) hash.number()));
    long code = reader.number() << 32 | reader.number();
    List<Optional<Particular>> particulars = reader.list(FindingsCodec::particular);
    boolean known =
        Stream.of(head.problems(), signals, held, particulars)
            .flatMap(List::stream)
            .allMatch(Optional::isPresent);
    return known
        ? Optional.of(
            new Findings(
                head.sha256(),
                head.version(),
                present(head.problems()),
                head.facts(),
                present(signals),
                new Capabilities(present(held)),
                new SourceProfile(
                    buildScript, sources, sketch, new Particulars(code, present(particulars)))))
        : Optional.empty();
  }

  /// The fields at the beginning of all forms.
  private record Head(
      Sha256 sha256, int version, List<Optional<ArchiveProblem>> problems, CrateFacts facts) {}

  private static Head head(RecordReader reader) {
    Sha256 sha256 = reader.sha256();
    int version = Math.toIntExact(reader.number());
    List<Optional<ArchiveProblem>> problems = reader.list(FindingsCodec::problem);
    var facts =
        new CrateFacts(
            reader.flag(),
            reader.flag(),
            reader.maybe(RecordReader::text),
            reader.maybe(RecordReader::text),
            reader.number(),
            Math.toIntExact(reader.number()));
    return new Head(sha256, version, problems, facts);
  }

  private static <T> List<T> present(List<Optional<T>> all) {
    return all.stream().flatMap(Optional::stream).toList();
  }

  private static Optional<ArchiveProblem> problem(RecordReader reader) {
    String code = reader.text();
    String path = reader.text();
    String detail = reader.text();
    return ArchiveProblemCode.find(code).map(known -> new ArchiveProblem(known, path, detail));
  }

  private static Optional<Signal> signal(RecordReader reader) {
    Optional<SignalCode> code = SignalCode.find(reader.text());
    Optional<SignalWeight> weight = SignalWeight.find(reader.text());
    String path = reader.text();
    int line = Math.toIntExact(reader.number());
    String excerpt = reader.text();
    return code.isPresent() && weight.isPresent()
        ? Optional.of(new Signal(code.get(), weight.get(), path, line, excerpt))
        : Optional.empty();
  }

  private static Optional<Entry> held(RecordReader reader) {
    Optional<ExecutionContext> where = ExecutionContext.find(reader.text());
    Optional<Capability> what = Capability.find(reader.text());
    int count = Math.toIntExact(reader.number());
    String path = reader.text();
    int line = Math.toIntExact(reader.number());
    return where.isPresent() && what.isPresent()
        ? Optional.of(new Entry(where.get(), what.get(), count, path, line))
        : Optional.empty();
  }

  private static Optional<Particular> particular(RecordReader reader) {
    Optional<ParticularKind> kind = ParticularKind.find(reader.text());
    String text = reader.text();
    String path = reader.text();
    int line = Math.toIntExact(reader.number());
    return kind.map(known -> new Particular(known, text, path, line));
  }
}
