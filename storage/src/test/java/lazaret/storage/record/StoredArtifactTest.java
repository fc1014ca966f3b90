package lazaret.storage.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.StoreSamples;
import org.junit.jupiter.api.Test;

class StoredArtifactTest {
  private static final CrateId ID = StoreSamples.id("serde", "1.0.0");

  /// The check value of CRC-32C for the digits 1 to 9.
  private static final long CHECK = 0xE3069283L;

  private static final long MOST = 0xFFFF_FFFFL;

  @Test
  void hasTheCrcOfTheAdmittedBytes() {
    assertThat(StoredArtifact.of(ID, Bytes.utf8("123456789")))
        .isEqualTo(new StoredArtifact(ID, 9, CHECK));
  }

  @Test
  void describesTheAdmittedBytesOnly() {
    var held = new StoredArtifact(ID, 9, CHECK);

    assertThat(held.describes("123456789".getBytes(US_ASCII))).isTrue();
    assertThat(held.describes("123456788".getBytes(US_ASCII))).isFalse();
    assertThat(held.describes("12345678".getBytes(US_ASCII))).isFalse();
    assertThat(new StoredArtifact(ID, 8, CHECK).describes("123456789".getBytes(US_ASCII)))
        .isFalse();
  }

  /// The CRC-32C of no bytes is 0, the number that stands for an unknown one.
  @Test
  void describesNothingWithoutCrc() {
    assertThat(new StoredArtifact(ID, 9).describes("123456789".getBytes(US_ASCII))).isFalse();
    assertThat(StoredArtifact.of(ID, Bytes.EMPTY).describes(new byte[0])).isFalse();
  }

  @Test
  void keepsSizeAndCrcApart() {
    for (long bytes : new long[] {0, 1, MOST}) {
      for (long crc32c : new long[] {0, 1, 1L << 31, MOST}) {
        var held = new StoredArtifact(ID, bytes, crc32c);

        assertThat(StoredArtifact.decode(held.encode())).isEqualTo(held);
      }
    }
  }

  /// The reader of the builds before the CRC-32C. They use the identity alone.
  @Test
  void isReadByEarlierBuilds() {
    byte[] record = new StoredArtifact(ID, MOST, MOST).encode();

    CrateId found =
        RecordReader.read(
            "note of an artifact",
            0xA1,
            record,
            record.length,
            reader -> {
              CrateId id = CrateIdCodec.read(reader);
              var _ = reader.number();
              return id;
            });

    assertThat(found).isEqualTo(ID);
  }

  @Test
  void refusesNumbersOutsideOf32Bits() {
    assertThatThrownBy(() -> new StoredArtifact(ID, 9, 1L << 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a CRC-32C is 4294967296");
    assertThatThrownBy(() -> new StoredArtifact(ID, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an artifact has -1 bytes");
  }
}
