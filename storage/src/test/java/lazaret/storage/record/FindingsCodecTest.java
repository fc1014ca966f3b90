package lazaret.storage.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.SignalCode;
import org.junit.jupiter.api.Test;

class FindingsCodecTest {
  private static final Sha256 DIGEST = Sha256.of(Bytes.utf8("x"));

  @Test
  void keepsEverything() {
    Findings findings = StoreSamples.findings(DIGEST);

    assertThat(FindingsCodec.decode(FindingsCodec.encode(findings))).contains(findings);
  }

  @Test
  void givesNothingForFindingsFromBeforeSignals() {
    byte[] old = before(true);

    assertThat(FindingsCodec.decode(old)).isEmpty();
  }

  @Test
  void givesNothingForFindingsFromBeforePlacesOfCapabilities() {
    var writer = new RecordWriter(RecordFormat.FINDINGS_WITHOUT_PLACES, 96);
    writer.sha256(DIGEST).number(2).number(0).flag(true).flag(false);
    writer.maybe("MIT", RecordWriter::text).maybe(null, RecordWriter::text).number(4711);
    writer.number(12).number(1).text("build-network").text("high").text("build.rs").number(3);
    writer.text("connect()").number(1).text("build").text("network").number(4);

    byte[] old = writer.maybe(DIGEST, RecordWriter::sha256).number(7).finish();

    assertThat(FindingsCodec.decode(old)).isEmpty();
  }

  @Test
  void givesNothingForFindingsFromBeforeParticulars() {
    var writer = new RecordWriter(RecordFormat.FINDINGS_WITHOUT_PARTICULARS, 96);
    writer.sha256(DIGEST).number(7).number(0).flag(true).flag(false);
    writer.maybe("MIT", RecordWriter::text).maybe(null, RecordWriter::text).number(4711);
    writer.number(12).number(1).text("build-network").text("high").text("build.rs").number(3);
    writer.text("connect()").number(1).text("build").text("network").number(4);
    writer.text("build.rs").number(3).maybe(DIGEST, RecordWriter::sha256).number(7);

    byte[] old = writer.number(2).number(4).number(5).finish();

    assertThat(FindingsCodec.decode(old)).isEmpty();
  }

  @Test
  void noticesDamageInAnOldRecordToo() {
    byte[] old = before(false);

    assertThatThrownBy(() -> FindingsCodec.decode(old))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot read the stored findings");
  }

  @Test
  void givesNothingForASignalOfAnotherInspector() {
    byte[] record = FindingsCodec.encode(StoreSamples.findings(DIGEST));
    String text = new String(record, StandardCharsets.ISO_8859_1);
    String other = text.replace(SignalCode.BUILD_NETWORK.code(), "build-netwrok");
    int length = record.length - RecordWriter.CHECKSUM;

    byte[] resealed =
        new RecordWriter(record[0] & 0xFF, length)
            .raw(other.getBytes(StandardCharsets.ISO_8859_1), 1, length - 1)
            .finish();

    assertThat(other).hasSameSizeAs(text).isNotEqualTo(text);
    assertThat(FindingsCodec.decode(resealed)).isEmpty();
  }

  /// Returns findings in the form before signals.
  private static byte[] before(boolean whole) {
    var writer = new RecordWriter(RecordFormat.FINDINGS_WITHOUT_SIGNALS, 96);
    writer.sha256(DIGEST).number(1).number(0).flag(true).flag(false);
    writer.maybe("MIT", RecordWriter::text).maybe(null, RecordWriter::text).number(4711);
    return (whole ? writer.number(12) : writer).finish();
  }
}
