package lazaret.storage.record;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.storage.StoredGoldenFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.OmissionReason;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The words by which records name the constants of enums. A word of `golden/stored-words.txt` may
/// never be lost: a record that holds it must be read, and written with the same word. A constant
/// that is new gets a word there.
class StoredWordsTest {
  private static final StoredGoldenFiles GOLDEN = StoredGoldenFiles.of("stored-words.txt");
  private static final CrateId ID = id("serde", "1.0.0");

  /// An enum whose words are stored.
  ///
  /// @param name of its line in the file
  /// @param record a record with one of the words, once
  /// @param word that word
  /// @param read decodes a record and returns the constant that it names
  /// @param again decodes a record and encodes it
  record Words<E extends Enum<E>>(
      String name,
      Class<E> constants,
      Bytes record,
      String word,
      Function<byte[], E> read,
      Function<byte[], byte[]> again) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Words<?>> words() {
    return Stream.of(feed(), findings(), others()).<Words<?>>flatMap(List::stream).toList();
  }

  private static List<Words<?>> feed() {
    Bytes feed = Bytes.of(FeedCodec.encode(StoreSamples.feed("osv")));
    Function<byte[], byte[]> again = record -> FeedCodec.encode(FeedCodec.decode(record));
    return List.of(
        new Words<>(
            "feed-format",
            FeedFormat.class,
            feed,
            "OSV",
            record -> FeedCodec.decode(record).feed().info().format(),
            again),
        new Words<>(
            "advisory-kind",
            AdvisoryKind.class,
            feed,
            "MALWARE",
            record -> first(FeedCodec.decode(record)).kind(),
            again),
        new Words<>(
            "severity",
            Severity.class,
            feed,
            "HIGH",
            record -> first(FeedCodec.decode(record)).rating().severity(),
            again),
        new Words<>(
            "indicator-kind",
            Ioc.Kind.class,
            feed,
            "DOMAIN",
            record -> first(FeedCodec.decode(record)).iocs().getFirst().kind(),
            again));
  }

  private static Advisory first(StoredFeed feed) {
    return feed.feed().advisories().getFirst();
  }

  private static List<Words<?>> findings() {
    Bytes findings = Bytes.of(FindingsCodec.encode(sample()));
    Function<byte[], byte[]> again = record -> FindingsCodec.encode(findings(record));
    return List.of(
        new Words<>(
            "problem",
            ArchiveProblemCode.class,
            findings,
            "path-traversal",
            record -> findings(record).problems().getFirst().code(),
            again),
        new Words<>(
            "signal",
            SignalCode.class,
            findings,
            "build-network",
            record -> findings(record).signals().getFirst().code(),
            again),
        new Words<>(
            "signal-weight",
            SignalWeight.class,
            findings,
            "high",
            record -> findings(record).signals().getFirst().weight(),
            again),
        new Words<>(
            "place",
            ExecutionContext.class,
            findings,
            "runtime",
            record -> findings(record).capabilities().stored().getFirst().where(),
            again),
        new Words<>(
            "capability",
            Capability.class,
            findings,
            "unsafe",
            record -> findings(record).capabilities().stored().getFirst().what(),
            again),
        new Words<>(
            "particular",
            ParticularKind.class,
            findings,
            "address",
            record -> findings(record).trace().particulars().all().getFirst().kind(),
            again));
  }

  private static Findings sample() {
    Findings all = StoreSamples.findings(ID.cksum());
    var one =
        new Capabilities.Entry(ExecutionContext.RUNTIME, Capability.UNSAFE, 7, "src/lib.rs", 7);
    return new Findings(
        all.sha256(),
        all.inspectorVersion(),
        all.problems(),
        all.facts(),
        all.signals(),
        new Capabilities(List.of(one)),
        all.trace());
  }

  private static Findings findings(byte[] record) {
    return FindingsCodec.decode(record).orElseThrow();
  }

  private static List<Words<?>> others() {
    StoredCrate held = StoreSamples.held("serde", "1.0.0");
    var crate =
        new StoredCrate(
            held.name(),
            held.lines(),
            List.of(new OmittedLine(OmissionReason.NOT_JSON, 4, null, "x")));
    SnapshotInfo snapshot = StoreSamples.snapshot(1);
    return List.of(
        new Words<>(
            "left-out",
            OmissionReason.class,
            Bytes.of(StoredCrateCodec.encode(crate)),
            "NOT_JSON",
            record -> StoredCrateCodec.decode(record).omitted().getFirst().reason(),
            record -> StoredCrateCodec.encode(StoredCrateCodec.decode(record))),
        new Words<>(
            "snapshot-kind",
            SnapshotKind.class,
            Bytes.of(SnapshotCodec.encode(snapshot)),
            "FULL",
            record -> SnapshotCodec.decode(record).kind(),
            record -> SnapshotCodec.encode(SnapshotCodec.decode(record))),
        new Words<>(
            "reason",
            Reason.Code.class,
            Bytes.of(VerdictCodec.encode(StoreSamples.verdict(ID, 3))),
            "cooldown",
            record -> VerdictCodec.decode(record).verdict().reasons().getFirst().code(),
            record -> VerdictCodec.encode(VerdictCodec.decode(record))));
  }

  @ParameterizedTest
  @MethodSource("words")
  <E extends Enum<E>> void eachWordNamesOneConstantAndIsWrittenForIt(Words<E> words) {
    Set<E> named = new LinkedHashSet<>();
    for (String word : GOLDEN.text(words.name()).split(" ", -1)) {
      byte[] record = exchanged(words.record().array(), words.word(), word);

      assertThat(named.add(words.read().apply(record))).as(word).isTrue();
      assertThat(hex(words.again().apply(record))).as(word).isEqualTo(hex(record));
    }
    assertThat(named)
        .as("constants with a word in golden/stored-words.txt")
        .containsExactlyInAnyOrder(words.constants().getEnumConstants());
  }

  @Test
  void formerWordsAreReadAndWrittenAsTheWordsOfToday() {
    Words<?> reasons =
        words().stream().filter(w -> w.name().equals("reason")).findFirst().orElseThrow();
    assertThat(Reason.Code.byFormerCode().keySet())
        .containsExactlyInAnyOrder(GOLDEN.text("reason-former").split(" ", -1));
    Reason.Code.byFormerCode()
        .forEach(
            (former, code) -> {
              byte[] record = exchanged(reasons.record().array(), reasons.word(), former);

              assertThat(reasons.read().apply(record)).isEqualTo(code);
              assertThat(hex(reasons.again().apply(record)))
                  .isEqualTo(hex(exchanged(reasons.record().array(), reasons.word(), code.code())));
            });
  }

  /// Returns a record with another word in the place of the first one like it.
  private static byte[] exchanged(byte[] record, String before, String after) {
    byte[] wanted = before.getBytes(StandardCharsets.US_ASCII);
    int length = record.length - RecordWriter.CHECKSUM;
    int at = 1;
    while (record[at] != wanted.length
        || !Arrays.equals(record, at + 1, at + 1 + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    int rest = at + 1 + wanted.length;
    return new RecordWriter(record[0] & 0xFF, length)
        .raw(record, 1, at - 1)
        .text(after)
        .raw(record, rest, length - rest)
        .finish();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
