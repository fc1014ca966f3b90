package lazaret.storage.record;

import static lazaret.vetting.gate.fixture.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.StoreContract;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.OmissionReason;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.ledger.EventCodec;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged records, which are distinguished from good ones and do no other harm.
class RecordFuzzTest {
  private static final int ROUNDS = Boolean.getBoolean("lazaret.all") ? 200_000 : 5_000;

  /// One kind of record.
  record Kind(String name, Bytes bytes, Function<byte[], Object> decode) {
    Kind(String name, byte[] record, Function<byte[], Object> decode) {
      this(name, Bytes.of(record), decode);
    }

    byte[] record() {
      return bytes.array();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static StoredCrate crate() {
    StoredCrate plain = StoreSamples.held("serde", "1.0.0", "1.0.1+x");
    return new StoredCrate(
        plain.name(),
        plain.lines(),
        List.of(new OmittedLine(OmissionReason.NOT_JSON, 4, "1.0.2", "<html>")));
  }

  private static Stream<Kind> kinds() {
    var cksum = id("serde", "1.0.0").cksum();
    var entry =
        LedgerEntry.link(1, LedgerEntry.GENESIS, StoreSamples.approval(id("serde", "1.0.0"), 1));
    return Stream.of(
        new Kind("crate", StoredCrateCodec.encode(crate()), StoredCrateCodec::decode),
        new Kind(
            "freshness",
            FreshnessCodec.encode(StoreSamples.freshness("\"1\"")),
            FreshnessCodec::decode),
        new Kind(
            "view",
            ViewCodec.encode(StoreSamples.view("{}\n")),
            data -> ViewCodec.decode(data, data.length)),
        new Kind(
            "findings", FindingsCodec.encode(StoreSamples.findings(cksum)), FindingsCodec::decode),
        new Kind(
            "request",
            RequestCodec.encode(StoreSamples.request(id("serde", "1.0.0"), 7)),
            RequestCodec::decode),
        new Kind(
            "access",
            DownloadRecordCodec.encode(
                StoreSamples.access(StoreContract.DAY, id("serde", "1.0.0"), "ci", 3)),
            DownloadRecordCodec::decode),
        new Kind("feed", FeedCodec.encode(StoreSamples.feed("osv")), FeedCodec::decode),
        new Kind(
            "verdict",
            VerdictCodec.encode(StoreSamples.verdict(id("serde", "1.0.0"), 3)),
            VerdictCodec::decode),
        new Kind(
            "lockfile",
            LockfileCodec.encode(StoreSamples.lockfile("text", "app/Cargo.lock", 3)),
            LockfileCodec::decode),
        new Kind("token", TokenCodec.encode(StoreSamples.token("ci")), TokenCodec::decode),
        new Kind("ledger", LedgerCodec.encode(entry), LedgerCodec::decode),
        new Kind(
            "decision",
            LedgerCodec.encodeDecision(EventCodec.encode(entry.event())),
            LedgerCodec::decodeDecision),
        new Kind(
            "held",
            new StoredArtifact(id("serde", "1.0.0"), 4711, 0xE3069283L).encode(),
            StoredArtifact::decode),
        new Kind(
            "use",
            ArtifactUseCodec.encode(new ArtifactUse(cksum, StoreContract.DAY)),
            ArtifactUseCodec::decode),
        new Kind(
            "removed",
            RemovedArtifactCodec.encode(StoreSamples.removed(id("serde", "1.0.0"))),
            RemovedArtifactCodec::decode),
        new Kind("meta", MetaCodec.encode(Bytes.utf8("2026-11-24")), MetaCodec::decode));
  }

  private static void assertCorrupt(Kind kind, byte[] damaged) {
    assertThatThrownBy(() -> kind.decode().apply(damaged))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot read the stored ")
        .extracting(e -> ((StoreException) e).code())
        .isEqualTo(ErrorCode.STORE_CORRUPT);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void findsEveryFlippedBit(Kind kind) {
    for (int bit = 0; bit < 8 * kind.record().length; bit++) {
      byte[] damaged = kind.record().clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertCorrupt(kind, damaged);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void findsEveryMissingOrAddedByte(Kind kind) {
    for (int length = 0; length < kind.record().length; length++) {
      assertCorrupt(kind, Arrays.copyOf(kind.record(), length));
    }
    assertCorrupt(kind, Arrays.copyOf(kind.record(), kind.record().length + 1));
  }

  /// Records that are damaged but have a good checksum. A defect of the program or a person who
  /// changes stored bytes wrote them; they must do no harm either.
  @ParameterizedTest
  @MethodSource("kinds")
  void survivesEveryRecordWithAGoodChecksum(Kind kind) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] damaged = damage(kind.record(), new SplittableRandom(seed));
      try {
        assertThat(kind.decode().apply(damaged)).isNotNull();
      } catch (StoreException e) {
        assertThat(e.code()).as("seed " + seed).isEqualTo(ErrorCode.STORE_CORRUPT);
      } catch (RuntimeException e) {
        throw new AssertionError(kind + ", seed " + seed, e);
      }
    }
  }

  private static byte[] damage(byte[] record, SplittableRandom random) {
    int body = record.length - RecordWriter.CHECKSUM;
    byte[] damaged = Arrays.copyOf(record, 1 + random.nextInt(body - 1) + RecordWriter.CHECKSUM);
    if (random.nextBoolean()) {
      damaged = record.clone();
    }
    int end = damaged.length - RecordWriter.CHECKSUM;
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      damaged[1 + random.nextInt(Math.max(1, end - 1))] =
          (byte)
              switch (random.nextInt(4)) {
                case 0 -> 0xFF;
                case 1 -> 0x80;
                case 2 -> 0;
                default -> random.nextInt(256);
              };
    }
    var crc = new CRC32C();
    crc.update(damaged, 0, end);
    for (int i = 0; i < RecordWriter.CHECKSUM; i++) {
      damaged[end + i] = (byte) (crc.getValue() >>> (8 * i));
    }
    return damaged;
  }
}
