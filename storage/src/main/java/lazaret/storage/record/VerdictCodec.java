package lazaret.storage.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// The codec of a [RecordedVerdict] in the store.
public final class VerdictCodec {
  private VerdictCodec() {}

  /// Encodes a recorded verdict.
  public static byte[] encode(RecordedVerdict recorded) {
    var writer = new RecordWriter(RecordFormat.VERDICT, 256);
    CrateIdCodec.write(writer, recorded.id());
    writer.instant(recorded.at()).flag(recorded.served());
    Verdict verdict = recorded.verdict();
    switch (verdict) {
      case Verdict.Allow _ -> writer.u8(0);
      case Verdict.Hold hold -> writer.u8(1).instant(hold.until());
      case Verdict.Review _ -> writer.u8(2);
      case Verdict.Deny _ -> writer.u8(3);
    }
    writer.number(verdict.reasons().size());
    verdict.reasons().forEach(r -> writer.text(r.code().code()).text(r.detail()));
    DecisionContext context = recorded.context();
    return writer
        .maybe(context.token(), RecordWriter::text)
        .text(context.policy())
        .number(context.inspector())
        .texts(context.feeds())
        .texts(context.advisories())
        .finish();
  }

  /// Decodes a recorded verdict; a reason of a kind that this program does not know is left out.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static RecordedVerdict decode(byte[] data) {
    return RecordReader.read(
        "verdict", RecordFormat.VERDICT, data, data.length, VerdictCodec::fields);
  }

  private static RecordedVerdict fields(RecordReader reader) {
    CrateId id = CrateIdCodec.read(reader);
    Instant at = reader.instant();
    boolean served = reader.flag();
    Verdict verdict = verdict(reader);
    DecisionContext context =
        new DecisionContext(
            reader.maybe(RecordReader::text),
            reader.text(),
            Math.toIntExact(reader.number()),
            reader.texts(),
            reader.texts());
    return new RecordedVerdict(id, at, served, verdict, context);
  }

  private static Verdict verdict(RecordReader reader) {
    int kind = reader.u8();
    return switch (kind) {
      case 0 -> new Verdict.Allow(reasons(reader));
      case 1 -> new Verdict.Hold(reader.instant(), reasons(reader));
      case 2 -> new Verdict.Review(reasons(reader));
      case 3 -> new Verdict.Deny(reasons(reader));
      default -> throw new IllegalArgumentException("a verdict is " + kind);
    };
  }

  private static List<Reason> reasons(RecordReader reader) {
    return reader.list(VerdictCodec::reason).stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Reason> reason(RecordReader reader) {
    String code = reader.text();
    String detail = reader.text();
    return Reason.Code.find(code).map(known -> new Reason(known, detail));
  }
}
