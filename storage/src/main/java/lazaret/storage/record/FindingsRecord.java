package lazaret.storage.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Problem;
import lazaret.vetting.inspect.ProblemCode;

/// [Findings] as they are stored.
public final class FindingsRecord {
  private FindingsRecord() {}

  /// Encodes findings.
  public static byte[] encode(Findings findings) {
    var writer = new RecordWriter(Format.FINDINGS, 96);
    writer.sha256(findings.sha256()).number(findings.inspectorVersion());
    writer.number(findings.problems().size());
    for (Problem problem : findings.problems()) {
      writer.text(problem.code().code()).text(problem.path()).text(problem.detail());
    }
    CrateFacts facts = findings.facts();
    return writer
        .flag(facts.buildScript())
        .flag(facts.procMacro())
        .maybe(facts.licence(), RecordWriter::text)
        .maybe(facts.links(), RecordWriter::text)
        .number(facts.unpackedBytes())
        .number(facts.entries())
        .finish();
  }

  /// Decodes findings; empty where they name a problem that this program does not know: they are
  /// another inspector's, and leaving the problem out would make a hostile archive look clean.
  ///
  /// @throws lazaret.vetting.desk.StoreException with code `store-corrupt` if the record is damaged
  public static Optional<Findings> decode(byte[] data) {
    return RecordReader.read(
        "findings", Format.FINDINGS, data, data.length, FindingsRecord::fields);
  }

  private static Optional<Findings> fields(RecordReader reader) {
    Sha256 sha256 = reader.sha256();
    int version = Math.toIntExact(reader.number());
    List<Optional<Problem>> problems = reader.list(FindingsRecord::problem);
    var facts =
        new CrateFacts(
            reader.flag(),
            reader.flag(),
            reader.maybe(RecordReader::text),
            reader.maybe(RecordReader::text),
            reader.number(),
            Math.toIntExact(reader.number()));
    List<Problem> known = new ArrayList<>();
    problems.forEach(problem -> problem.ifPresent(known::add));
    return known.size() == problems.size()
        ? Optional.of(new Findings(sha256, version, known, facts))
        : Optional.empty();
  }

  private static Optional<Problem> problem(RecordReader reader) {
    String code = reader.text();
    String path = reader.text();
    String detail = reader.text();
    return ProblemCode.find(code).map(known -> new Problem(known, path, detail));
  }
}
